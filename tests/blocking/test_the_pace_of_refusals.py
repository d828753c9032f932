"""All refusals take as long as the one that opens a block, however long that is at the moment."""

import pytest
from django.utils import timezone

from blocking.choices import Door
from blocking.services import Typed, check_secret, pace
from tests.factories import WRONG_PASSWORD, by


@pytest.fixture(autouse=True)
def _saw_none_yet(settings):
    settings.PORTAL_REFUSAL_FLOOR_MS = 1
    pace._openings.clear()
    yield
    pace._openings.clear()


def test_before_it_saw_one_the_setting_is_the_floor():
    assert pace.floor() == 0.001


@pytest.mark.django_db
def test_the_slowest_of_the_last_openings_is_the_floor(anna):
    for entered in range(5):
        assert len(pace._openings) == 0, entered
        check_secret(Typed(Door.SIGN_IN, anna.user_number, WRONG_PASSWORD), by=by(), at=timezone.now())
    assert len(pace._openings) == 1
    assert pace.floor() == max(0.001, min(0.01, pace._openings[0]))


def test_it_is_bounded_when_everything_is_slow():
    pace._openings.append(60.0)
    assert pace.floor() == 0.01


def test_old_openings_are_forgotten():
    pace._openings.extend([0.009, *[0.002] * pace.LAST])
    assert pace.floor() == 0.002


def test_nought_is_off_for_measurements(settings):
    settings.PORTAL_REFUSAL_FLOOR_MS = 0
    pace._openings.append(60.0)
    assert pace.floor() == 0
