"""One source that tries three hundred user numbers is stopped after a handful of blocks: one episode, one alarm."""

import pytest
import time_machine
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import AccountKind, AccountState
from accounts.models import Account
from blocking.choices import Door
from blocking.models import Block, Episode
from blocking.refusals import SourceStopped, SourceThrottled
from blocking.services import Typed, check_secret, throttle
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from vecozo_portal.environment import Environment

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = 300


@pytest.fixture(autouse=True)
def as_it_comes(settings):
    settings.PORTAL_SOURCE_LIMIT = Environment.model_fields["source_limit"].default
    settings.PORTAL_SOURCE_NUMBERS_LIMIT = Environment.model_fields["source_numbers_limit"].default
    throttle._shared().storage.reset()
    # However long the machine takes: all of it happens within one moment.
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
        yield clock
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


def enter(account, password=WRONG_PASSWORD):
    """Whether the portal looked at the entry at all."""
    typed = Typed(Door.SIGN_IN, account.user_number, password)
    try:
        found = check_secret(typed, by=Actor(source_address="203.0.113.9"), at=timezone.now())
    except (SourceThrottled, SourceStopped):
        return False
    assert found == (account if password == PASSWORD else None)
    return True


def test_five_entries_each_block_eight_and_no_more(crowd):
    assert sum(enter(account) for account in crowd for _ in range(5)) == 40
    assert Block.objects.count() == 8
    assert Episode.objects.get().victims.count() == 8
    assert Delivery.objects.filter(template="episode_alarm").count() == 1


def test_who_comes_back_all_day_blocks_forty_and_no_more(crowd, as_it_comes):
    left = iter(crowd)
    for _ in range(23 * 6):
        for account in left:
            if not all(enter(account) for _ in range(5)):
                break
        as_it_comes.shift(600)
    assert Block.objects.count() == 40
    assert Episode.objects.count() == 1
    assert Delivery.objects.filter(template="episode_alarm").count() == 1


def test_one_entry_each_blocks_nobody(crowd):
    assert sum(enter(account) for account in crowd) == 60
    assert not Block.objects.exists()


def test_a_hospital_on_monday_morning_signs_in(crowd, as_it_comes):
    """Three hundred people behind one address within half an hour; one in five mistypes once, or thrice."""
    for number, account in enumerate(crowd):
        for _ in range({0: 1, 5: 3}.get(number % 10, 0)):
            assert enter(account)
        assert enter(account, PASSWORD)
        as_it_comes.shift(6)
    assert not Block.objects.exists()
