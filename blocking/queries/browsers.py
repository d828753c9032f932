"""Which browsers an account knows, and whether this is one of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Account
from blocking.device_cookie import hash_of, tokens_in
from blocking.models import STRANGERS, KnownBrowser
from blocking.models.browser import KnownBrowserQuerySet


def known_browsers_of(account: Account, at: datetime) -> KnownBrowserQuerySet:
    """Newest first."""
    return KnownBrowser.objects.known(at).filter(account=account)


def known_browser_named(account: Account, public_id: UUID) -> KnownBrowser | None:
    """A browser of this account, or None: somebody else's looks like none."""
    return KnownBrowser.objects.filter(account=account, public_id=public_id).first()


def browser_at_hand(account: Account, *, by: Actor, at: datetime) -> KnownBrowser | None:
    """The browser that somebody acts from, where this account knows it."""
    hashes = hashes_shown(by)
    if not hashes:
        return None
    named = Q(token_hash__in=hashes) | Q(token_hash_before__in=hashes)
    return known_browsers_of(account, at).filter(named).first()


def budget_class_of(account: Account, *, by: Actor, at: datetime) -> str:
    browser = browser_at_hand(account, by=by, at=at)
    return browser.budget_class if browser else STRANGERS


def is_known_to(user_number: str | None, *, by: Actor, at: datetime) -> bool:
    """Does the account with this number, if there is one, know this browser? Asks nothing for who shows no cookie."""
    hashes = hashes_shown(by)
    if not hashes or user_number is None:
        return False
    named = Q(token_hash__in=hashes) | Q(token_hash_before__in=hashes)
    return KnownBrowser.objects.known(at).filter(named, account__user_number=user_number).exists()


def hashes_shown(by: Actor) -> frozenset[str]:
    """What the browser's cookie says, as the portal keeps it."""
    return frozenset(hash_of(token) for token in tokens_in(by.keepsake.shown)) if by.keepsake else frozenset()
