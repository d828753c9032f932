"""A limit lowered while counts stand above it: the next entry draws the consequence, nobody is left in between."""

import pytest
from django.utils import timezone

from blocking.choices import Door
from blocking.models import Attempt, Block, Tally
from blocking.services import Typed, check_secret
from messagebox.models import Delivery
from tests.factories import PASSWORD, WRONG_PASSWORD, by

pytestmark = pytest.mark.django_db


def enter_password(account, password):
    return check_secret(Typed(Door.SIGN_IN, account.user_number, password), by=by(), at=timezone.now())


@pytest.fixture
def four_wrong(anna):
    for _ in range(4):
        enter_password(anna, WRONG_PASSWORD)


def test_a_lowered_limit_blocks_at_the_next_entry(anna, four_wrong, settings):
    settings.PORTAL_FAILURE_LIMIT = 3
    assert enter_password(anna, PASSWORD) is None
    assert Block.objects.open().get(account=anna).evidence_count == 4
    assert Attempt.objects.count() == 4


def test_a_lowered_cap_voids_at_the_next_entry(anna, four_wrong, settings):
    settings.PORTAL_CUMULATIVE_CAP = 3
    assert enter_password(anna, PASSWORD) is None
    assert Tally.objects.get(account=anna).voided_at
    assert Delivery.objects.filter(template="secret_voided", to_account=anna).count() == 1


def test_a_raised_cap_brings_no_void_secret_back(anna, four_wrong, settings, counted):
    """What was guessed too often is worth nothing any more, whatever is thought too often afterwards."""
    settings.PORTAL_CUMULATIVE_CAP = 3
    enter_password(anna, PASSWORD)
    settings.PORTAL_CUMULATIVE_CAP = 100
    before = counted("password")
    assert enter_password(anna, PASSWORD) is None
    assert counted("password") == before


def test_an_entry_that_the_cap_refused_takes_none_of_the_five(anna, four_wrong, settings):
    settings.PORTAL_FAILURE_LIMIT, settings.PORTAL_CUMULATIVE_CAP = 9, 3
    enter_password(anna, PASSWORD)
    assert anna.budgets.get().taken == 4
