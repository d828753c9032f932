"""One source that tries its luck on three hundred user numbers is stopped after a handful of blocks."""

import pytest
from django.test import Client

from accounts.choices import AccountKind, AccountState
from accounts.models import Account
from blocking.models import Block
from blocking.services import throttle
from tests import factories
from tests.factories import WRONG_PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = 300


@pytest.fixture(autouse=True)
def as_it_comes(settings):
    settings.PORTAL_SOURCE_LIMIT = "60/minute"
    throttle._shared().storage.reset()
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
    browser = Client(REMOTE_ADDR="203.0.113.9")
    return browser.post("/inloggen/", {"user_number": account.user_number, "password": WRONG_PASSWORD}).status_code


def test_five_entries_each_block_twelve_at_most(crowd):
    answers = [enter(account) for account in crowd for _ in range(5)]
    assert answers.count(200) == 60
    assert answers.count(429) == len(answers) - 60
    assert Block.objects.count() == 12


def test_one_entry_each_blocks_nobody(crowd):
    answers = [enter(account) for account in crowd]
    assert answers.count(200) == 60
    assert not Block.objects.exists()
