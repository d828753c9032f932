"""Remembering the browsers on which somebody completed a sign-in, and forgetting them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import end_sessions, record, record_refusal
from blocking.device_cookie import cookie_with, hash_of, new_token, tokens_in
from blocking.models import KnownBrowser
from blocking.queries.browsers import browser_at_hand, known_browsers_of
from blocking.refusals import NotYourBrowser
from blocking.services.notices import tell_new_browser

# behaviour.md, section 3: the newest ten count.
BROWSERS_PER_ACCOUNT: Final = 10


def remember_browser(account: Account, *, by: Actor, at: datetime) -> KnownBrowser | None:
    """Know this browser from now on, under a new name, which `by.keepsake` is to keep; None where there is no browser.

    In the transaction that completes the sign-in, the account locked. The rightful user hears of a browser that joins
    others; the eldest beyond BROWSERS_PER_ACCOUNT is forgotten.
    """
    if by.keepsake is None:
        return None
    token = new_token()
    known = browser_at_hand(account, by=by, at=at)
    others = _others_on(known, by)
    browser = _rename(known, token) if known else _new(account, token, by=by, at=at)
    browser.last_seen_at, browser.source_address, browser.user_agent = at, by.source_address, by.user_agent
    browser.save()
    _forget_eldest(account)
    by.keepsake.to_keep = cookie_with(token, before=others)
    return browser


def forget_browser(browser: KnownBrowser, *, by: Actor, at: datetime) -> None:
    """From now on this browser is a stranger. Audited. Raises NotYourBrowser, audited too."""
    if by.account is None or by.account.pk != browser.account_id:
        refusal = NotYourBrowser()
        record_refusal("account:browser_forgetting:refused", refusal, by=by, at=at, account=browser.account)
        raise refusal
    with transaction.atomic():
        if KnownBrowser.objects.filter(pk=browser.pk).delete()[0]:
            record("account:browser:forgotten", by=by, at=at, account=browser.account)


def forget_all_browsers(account: Account, *, by: Actor, at: datetime) -> None:
    """Nobody knows any more which of them are the rightful user's. In the caller's transaction; audited."""
    if KnownBrowser.objects.filter(account=account).delete()[0]:
        record("account:browsers:forgotten", by=by, at=at, account=account)


def forget_other_browsers(account: Account, *, by: Actor, at: datetime) -> None:
    """All but the one that somebody acts from, where the account knows it. In the caller's transaction; audited."""
    here = browser_at_hand(account, by=by, at=at)
    if here is None:
        forget_all_browsers(account, by=by, at=at)
    elif KnownBrowser.objects.filter(account=account).exclude(pk=here.pk).delete()[0]:
        record("account:other_browsers:forgotten", by=by, at=at, account=account)


@transaction.atomic
def leave_everywhere(account: Account, *, by: Actor, at: datetime) -> None:
    """End every session and know no browser any more but this one: what somebody does who lost a telephone."""
    end_sessions(account, by=by, at=at)
    forget_other_browsers(account, by=by, at=at)


def _rename(browser: KnownBrowser, token: str) -> KnownBrowser:
    browser.token_hash_before, browser.token_hash = browser.token_hash, hash_of(token)
    return browser


def _new(account: Account, token: str, *, by: Actor, at: datetime) -> KnownBrowser:
    if known_browsers_of(account, at).exists():
        tell_new_browser(account, by=by, at=at)
    record("account:browser:remembered", by=by.known_as(account), at=at, account=account)
    return KnownBrowser(account=account, token_hash=hash_of(token), first_seen_at=at)


def _forget_eldest(account: Account) -> None:
    newest = KnownBrowser.objects.filter(account=account)[:BROWSERS_PER_ACCOUNT]
    KnownBrowser.objects.filter(account=account).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


def _others_on(known: KnownBrowser | None, by: Actor) -> list[str]:
    """The names that other accounts gave this browser."""
    own = {known.token_hash, known.token_hash_before} if known else set()
    return [token for token in tokens_in(by.keepsake.shown) if hash_of(token) not in own] if by.keepsake else []
