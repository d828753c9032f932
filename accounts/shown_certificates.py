"""A client certificate that came with a request, passed on by a named proxy, and the floor that knows what it is worth.

`accounts` never learns what a certificate is. The floor that knows registers here, as in `accounts.refusal_additions`.
A certificate is never enough by itself: it is looked at after the right password, or where one is signed in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from accounts.actors import Actor
    from accounts.models import Account

# Where the roof leaves it: as the proxy wrote it, or, from who is no proxy of ours, only to be told of.
SHOWN: Final = "portal.client_certificate"
IGNORED: Final = "portal.client_certificate_ignored"


class Judge(Protocol):
    """What the floor that knows certificates answers."""

    def insist_on_own_certificate(self, account: Account, shown: str, at: datetime) -> None:
        """Returns where it is this account's own and good at that moment; otherwise raises a FactorRefused."""

    def is_asked_for(self, account: Account, at: datetime) -> bool:
        """Is a certificate a factor of this person: a linked card, or one that was shown before and is in force?"""

    def vouch_for_certificate(self, account: Account, shown: str, *, by: Actor, at: datetime) -> None:
        """It was a second factor, or was shown together with one: from now on it is one. Not for anybody else's."""


_judges: list[Judge] = []


def judge_certificates(judge: Judge) -> None:
    _judges.append(judge)


def insist_on_certificate(account: Account, shown: str, at: datetime) -> None:
    """Raises the FactorRefused of whoever judges."""
    [judge] = _judges
    judge.insist_on_own_certificate(account, shown, at)


def must_show_certificate(account: Account, at: datetime) -> bool:
    """Is a certificate somebody's factor, so that the password alone is not enough, nor links an app?"""
    return counts_here() and any(judge.is_asked_for(account, at) for judge in _judges)


def vouch_for_certificate(account: Account, shown: str, *, by: Actor, at: datetime) -> None:
    for judge in _judges:
        judge.vouch_for_certificate(account, shown, by=by, at=at)


def counts_here() -> bool:
    return str(settings.PORTAL_CERTIFICATE_SIGN_IN) != "off"


def certificate_shown(request: HttpRequest) -> str:
    """What was passed on with this very request; empty where there is nothing, or nobody signs in with it here."""
    return str(request.META.get(SHOWN, "")) if counts_here() else ""


def shown_with_password(request: HttpRequest) -> str:
    """The same, where a certificate may be shown together with the password."""
    return certificate_shown(request) if settings.PORTAL_CERTIFICATE_SIGN_IN == "first_factor" else ""


def is_ignored(request: HttpRequest) -> bool:
    """Did somebody who is no named proxy write such a header?"""
    return IGNORED in request.META
