"""What happened to one person, told through the services, so that counts, blocks, messages, mails and log agree.

Each step looks first whether it was taken already: a loading that was cut off goes on where it stopped.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.actors import PORTAL, Actor, Keepsake
from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from accounts.policy.factors import code_of_step, step_at
from accounts.services import complete_sign_in, enrol_app, issue_pin, remove_account, set_password
from vecozo_portal.demo.beginnings import BEGINNING, begin
from vecozo_portal.demo.cast import ANJA, Person
from vecozo_portal.demo.episodes import live_through
from vecozo_portal.demo.story import FIREFOX, hours
from vecozo_portal.demo.values import password_of, pin_of, totp_key_of

SECRETS_GIVEN_AGO = timedelta(days=390)
SIGNED_IN_BEFORE_A_BLOCK = hours(20)


def tell(person: Person, *, at: datetime) -> None:
    """Secrets, sign-ins and blocks of one person. `at` is the moment of loading; call it outside a transaction."""
    account = Account.objects.select_related("organisation").get(user_number=person.user_number)
    _give_secrets(account, person, at - SECRETS_GIVEN_AGO)
    begin(account, person, at=at)
    if account.last_sign_in_at is None and _has_signed_in(person):
        _sign_in(account, person, _first_sign_in(person, at))
    for earlier, episode in enumerate(person.story):
        live_through(episode, person, account, earlier=earlier, at=at)
    if person.state == AccountState.REMOVAL_PENDING:
        _remove(account, at)


def _remove(account: Account, at: datetime) -> None:
    """By the first contact person, once; half an hour after loading it is final."""
    if not AuditEvent.objects.filter(account=account, slug="account:removal:asked").exists():
        remover = Account.objects.get(organisation=account.organisation, name=ANJA)
        remove_account(account, by=Actor(account=remover, source_address="192.0.2.11", user_agent=FIREFOX), at=at)


def _give_secrets(account: Account, person: Person, given_at: datetime) -> None:
    password, pin = password_of(person), pin_of(person)
    if password and account.password_set_at is None:
        set_password(account, new_password=password, by=PORTAL, at=given_at)
    if pin and account.pin_set_at is None and person.state not in BEGINNING:
        issue_pin(account, pin=pin, by=PORTAL, at=given_at)
    _link_app(account, person, given_at)


def _link_app(account: Account, person: Person, linked_at: datetime) -> None:
    """Once: whoever lost it in the portal, or linked another one, finds it as they left it."""
    key = totp_key_of(person)
    if key and not AuditEvent.objects.filter(account=account, slug="account:factor:added").exists():
        enrol_app(account, key=key, code=code_of_step(key, step_at(linked_at)), by=PORTAL, at=linked_at)


def _has_signed_in(person: Person) -> bool:
    return password_of(person) is not None and person.state == AccountState.ACTIVE


def _sign_in(account: Account, person: Person, signed_in_at: datetime) -> None:
    keepsake = Keepsake() if person.is_known_there else None
    by = Actor(source_address="192.0.2.11", user_agent=FIREFOX, keepsake=keepsake)
    complete_sign_in(account, by=by, at=signed_in_at)


def _first_sign_in(person: Person, at: datetime) -> datetime:
    """Before the first block; of who never had one, it lies between minutes and weeks ago."""
    if person.story:
        return at - person.story[0].ago - SIGNED_IN_BEFORE_A_BLOCK
    return at - hours(person.place**2 % 17 * person.place / 3 + 0.2)
