"""Rows for tests, made through the services that make them in the portal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountKind, AccountState, MandateRank
from accounts.models import Account, Mandate, Organisation, Service
from accounts.services import create_account, grant_mandate, issue_pin, set_password
from blocking.choices import BlockReason
from blocking.models import Block, UsageHour

PASSWORD = "vier woorden achter elkaar"
PIN = "Kx7pRt4m"
WRONG_PASSWORD = "een heel ander wachtwoord"
WRONG_PIN = "kX7PrT4M"

_numbers = iter(range(20_000_001_000_001, 20_000_009_999_999))
_agb_codes = iter(range(1_234_001, 9_999_999))


def a_moment_ago(**ago: float) -> datetime:
    return timezone.now() - timedelta(**ago)


def organisation(name: str = "Zorggroep Noord", *, is_pgb_provider: bool = False) -> Organisation:
    return Organisation.objects.create(
        name=name,
        agb_code=f"{next(_agb_codes):08d}",
        email="praktijk@voorbeeld.test",
        phone="050 123 45 67",
        is_pgb_provider=is_pgb_provider,
        created_at=a_moment_ago(days=400),
    )


def account(
    of: Organisation | None,
    name: str = "Anna de Boer",
    *,
    kind: AccountKind = AccountKind.PERSONAL,
    state: AccountState = AccountState.ACTIVE,
    email: str | None = None,
    password: str | None = PASSWORD,
    pin: str | None = PIN,
) -> Account:
    """An account as it is after activation: with a password and a PIN."""
    at = a_moment_ago(days=90)
    is_pending = state == AccountState.REMOVAL_PENDING
    made = create_account(
        organisation=of,
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@voorbeeld.test" if email is None else email,
        kind=kind,
        state=AccountState.ACTIVE if is_pending else state,
        user_number=str(next(_numbers)),
        by=PORTAL,
        at=at,
    )
    if password and kind == AccountKind.PERSONAL:
        set_password(made, new_password=password, by=PORTAL, at=at)
    if pin:
        issue_pin(made, pin=pin, by=PORTAL, at=at)
    return put_in_state(made, state) if is_pending else made


def put_in_state(account: Account, state: AccountState) -> Account:
    """As if whatever leads there had happened."""
    is_pending = state == AccountState.REMOVAL_PENDING
    account.state = state
    account.state_before_removal = AccountState.ACTIVE if is_pending else ""
    account.removal_final_at = timezone.now() + timedelta(minutes=30) if is_pending else None
    account.save(update_fields=["state", "state_before_removal", "removal_final_at"])
    return account


def mandate(
    of: Account,
    rank: MandateRank = MandateRank.FIRST,
    *,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> Mandate:
    return grant_mandate(
        of,
        rank=rank,
        valid_from=valid_from or a_moment_ago(days=365),
        valid_until=valid_until,
        by=PORTAL,
        at=a_moment_ago(days=365),
    )


def block(
    of: Account,
    reason: BlockReason = BlockReason.PASSWORD,
    *,
    opened_at: datetime | None = None,
    **fields: object,
) -> Block:
    """An open block as it stands in the list, without the five entries before it."""
    return Block.objects.create(
        account=of,
        reason=reason,
        opened_at=opened_at or a_moment_ago(hours=1),
        evidence_count=5,
        source_address="192.0.2.7",
        user_agent="Firefox",
        **fields,
    )


def by(account: Account | None = None) -> Actor:
    """Somebody acting from a known address."""
    return Actor(account=account, source_address="192.0.2.1", user_agent="tests")


def used(
    account: Account, service: Service, queries: int, *, hour: datetime | None = None, client: str = ""
) -> UsageHour:
    """So many queries in an hour of the journal, this one unless another is given."""
    begun = (hour or timezone.now()).replace(minute=0, second=0, microsecond=0)
    return UsageHour.objects.create(account=account, service=service, hour=begun, client=client, queries=queries)
