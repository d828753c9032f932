"""One source that tries three hundred user numbers is stopped after a handful of blocks: one episode, one alarm."""

import pytest
import time_machine
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import AccountKind, AccountState
from accounts.models import Account
from blocking.choices import Door
from blocking.models import Block, Episode
from blocking.refusals import SourceThrottled
from blocking.services import Typed, check_secret, throttle
from messagebox.models import Delivery
from tests import factories
from tests.factories import WRONG_PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = 300


@pytest.fixture(autouse=True)
def as_it_comes(settings):
    settings.PORTAL_SOURCE_LIMIT = "60/minute"
    throttle._shared().storage.reset()
    # However long the machine takes: all of it happens within one moment.
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False):
        yield
    throttle._shared().storage.reset()


@pytest.fixture
def crowd(noord, anna):
    """Three hundred people with one and the same password hash, for hashing that many takes long."""
    people = [
        Account(
            organisation=noord,
            name=f"Iemand {number}",
            user_number=f"{30_000_001_000_001 + number}",
            kind=AccountKind.PERSONAL,
            state=AccountState.ACTIVE,
            password=anna.password,
            created_at=factories.a_moment_ago(days=9),
        )
        for number in range(NUMBERS)
    ]
    return Account.objects.bulk_create(people)


def enter(account):
    """Whether the portal looked at the entry at all."""
    typed = Typed(Door.SIGN_IN, account.user_number, WRONG_PASSWORD)
    try:
        assert check_secret(typed, by=Actor(source_address="203.0.113.9"), at=timezone.now()) is None
    except SourceThrottled:
        return False
    return True


def test_five_entries_each_block_twelve_at_most(crowd):
    assert sum(enter(account) for account in crowd for _ in range(5)) == 60
    assert Block.objects.count() == 12
    assert Episode.objects.get().victims.count() == 12
    assert Delivery.objects.filter(template="episode_alarm").count() == 1


def test_one_entry_each_blocks_nobody(crowd):
    assert sum(enter(account) for account in crowd) == 60
    assert not Block.objects.exists()
