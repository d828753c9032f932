"""The people whose entries are refused: enough of each kind that nobody is asked about twice."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState, Secret
from accounts.models import Account, Organisation
from accounts.services import create_account
from bench.kinds import ORDINARY, Kind
from blocking.choices import BlockReason
from blocking.models import Budget, Tally
from blocking.services import open_block

NOBODY = "9{:013d}"
BEFORE_THE_FIFTH = 4


def kinds_of_refused(samples: int, secret: str) -> list[Kind]:
    at_one = Organisation.objects.create(name="Weigerdam", agb_code=_agb_code(), created_at=timezone.now())
    encoded = make_password(str(uuid4()))
    people = _People(at_one, encoded, samples + 1)
    return [
        Kind(ORDINARY, people.of(lambda _: None)),
        Kind("unknown", NOBODY.format),
        Kind("blocked", people.of(_block)),
        Kind("inactive", people.of(lambda _: None, state=AccountState.EXPIRED)),
        Kind("the fifth", people.of(lambda account: _four_wrong(account, Secret(secret)))),
    ]


class _People:
    def __init__(self, organisation: Organisation, encoded: str, number: int) -> None:
        self.organisation, self.encoded, self.number = organisation, encoded, number

    def of(
        self, prepare: Callable[[Account], object], state: AccountState = AccountState.ACTIVE
    ) -> Callable[[int], str]:
        accounts = [self._somebody(state) for _ in range(self.number)]
        for account in accounts:
            prepare(account)
        return lambda nth: accounts[nth].user_number

    def _somebody(self, state: AccountState) -> Account:
        account = create_account(
            organisation=self.organisation, name="Iemand", state=state, by=PORTAL, at=timezone.now()
        )
        account.password = account.pin = self.encoded
        account.save(update_fields=["password", "pin"])
        return account


def _block(account: Account) -> None:
    open_block(account, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())


def _four_wrong(account: Account, secret: Secret) -> None:
    """As four wrong entries leave it."""
    for count in (Budget, Tally):
        count.objects.create(account=account, secret=secret, taken=BEFORE_THE_FIFTH, wrong=BEFORE_THE_FIFTH)


def _agb_code() -> str:
    return f"{Organisation.objects.count() + 2:08d}"
