"""Accounts that live for one round of the race, and the cookies of the browsers they sign in on."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind, AccountState, Means
from accounts.models import Account, OneTimeCodeDevice, Organisation
from accounts.policy.factors import code_of_step, step_at
from accounts.services import create_account, enrol_app, issue_pin, new_key, set_password
from bench.doors import SIGN_IN, SIGN_IN_FACTOR
from bench.storm import Answer, Guess, Visitor

PASSWORD = "vier woorden achter elkaar"  # noqa: S105  # of accounts that live for one round
PIN = "Kx7pRt4m"


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser keeps after signing in: the session, and the name by which the account knows it."""

    session: str
    known: str


def somebody(
    *, kind: AccountKind = AccountKind.PERSONAL, state: AccountState = AccountState.ACTIVE, has_password: bool = True
) -> Account:
    at = timezone.now()
    facts = {"name": "Stormpolder", "created_at": at}
    organisation = Organisation.objects.get_or_create(agb_code="00999999", defaults=facts)[0]
    account = create_account(organisation=organisation, name="Iemand", kind=kind, state=state, by=PORTAL, at=at)
    if has_password:
        set_password(account, new_password=PASSWORD, by=PORTAL, at=at)
    issue_pin(account, pin=PIN, by=PORTAL, at=at)
    return account


def link_app(account: Account) -> tuple[str, ...]:
    """The recovery codes that come with it."""
    key, at = new_key(), timezone.now()
    return enrol_app(account, key=key, code=code_of_step(key, step_at(at)), by=PORTAL, at=at)


def code_of(account: Account) -> str:
    """The code that the app shows now, as if none were used: who shows several would have to wait half a minute."""
    device = OneTimeCodeDevice.objects.get(user=account)
    OneTimeCodeDevice.objects.filter(pk=device.pk).update(last_step=-1)
    return code_of_step(device.key, step_at(timezone.now()))


def wrong_codes(account: Account, number: int) -> list[str]:
    """Of six digits, and of no step within reach."""
    key, now = OneTimeCodeDevice.objects.get(user=account).key, step_at(timezone.now())
    right = {code_of_step(key, now + off) for off in range(-3, 12)}
    return [code for code in (f"{n:06d}" for n in range(number + len(right))) if code not in right][:number]


def half_signed_in(base_url: str, account: Account) -> str:
    """The cookie of a session that still asks for the second factor."""
    answer = Visitor.at(base_url).enter(Guess(SIGN_IN, account.user_number, PASSWORD))
    return _cookie(answer, settings.SESSION_COOKIE_NAME)


def signed_in(base_url: str, account: Account) -> Browser:
    """On a browser that the account does not know yet, with the app where it has one."""
    visitor = Visitor.at(base_url)
    answer = visitor.enter(Guess(SIGN_IN, account.user_number, PASSWORD))
    if OneTimeCodeDevice.objects.filter(user=account).exists():
        half = _cookie(answer, settings.SESSION_COOKIE_NAME)
        answer = visitor.enter(shown(SIGN_IN_FACTOR, code_of(account), Means.ONE_TIME_CODE, cookie=half))
    names = (settings.SESSION_COOKIE_NAME, settings.PORTAL_BROWSER_COOKIE_NAME)
    return Browser(*(_cookie(answer, name) for name in names))


def shown(address: str, code: str, means: Means, *, cookie: str) -> Guess:
    return Guess(address, "", code, cookie=cookie, more={"means": means.value})


def _cookie(answer: Answer, name: str) -> str:
    if name not in answer.cookies:
        raise SystemExit(f"A right sign-in was answered {answer.status} without {name}.")
    return f"{name}={answer.cookies[name]}"
