"""Where demo data may be loaded and shown: never in a production, never among real accounts."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from accounts.models import Account
from vecozo_portal.demo.cast import CAST, LISTED, Person


class NoDemoHere(Exception):
    """Demo data are not for this deployment; the text says why, for who typed the command."""


def see_that_demo_is_allowed() -> None:
    """Raises NoDemoHere in a production, and where PORTAL_DEMO is off."""
    if settings.PORTAL_ENVIRONMENT == "production":
        raise NoDemoHere("This is a production (PORTAL_ENVIRONMENT): demo people are never loaded or shown here.")
    if not settings.PORTAL_DEMO:
        raise NoDemoHere("This deployment has no demo (PORTAL_DEMO is off).")


def see_that_nobody_is_real() -> None:
    """Raises NoDemoHere where accounts stand and none of them is a demo person.

    Accounts that were made later, in a portal that began as a demo, are part of the demo.
    """
    if Account.objects.exists() and not anybody_is_loaded():
        raise NoDemoHere("The database holds real accounts, so demo people are not loaded into it.")


def anybody_is_loaded() -> bool:
    return Account.objects.filter(user_number__in=[person.user_number for person in CAST]).exists()


def listed_people() -> Sequence[Person]:
    """The people who can act, most useful first. Raises NoDemoHere where they are not."""
    see_that_demo_is_allowed()
    if not anybody_is_loaded():
        raise NoDemoHere("No demo is loaded in this database; `make run` or `manage.py load_demo` loads it.")
    return LISTED
