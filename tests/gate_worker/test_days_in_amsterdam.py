"""What was used today is counted from midnight in Amsterdam, on days of 23 and of 25 hours too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Account, Service
from blocking.models import UsageHour
from gate.projection import Meter
from gate.queries.projection import meters_of

pytestmark = pytest.mark.django_db

# The clock goes forward on the last Sunday of March, back on the last one of October; midnights in UTC around them.
SPRING = (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC))
AUTUMN = (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))


@pytest.fixture
def one_query_an_hour(software: Account, a_service: Service) -> None:
    """Three days around both changes of the clock."""
    for midnight, _ in (SPRING, AUTUMN):
        first = midnight - timedelta(days=1)
        hours = [first + timedelta(hours=hour) for hour in range(72)]
        rows = [UsageHour(hour=hour, account=software, service=a_service, client="one", queries=1) for hour in hours]
        UsageHour.objects.bulk_create(rows)


def day_meter(account: Account, at: datetime) -> Meter:
    (meter,) = [meter for meter in meters_of(account.pk, at) if meter.window == "day"]
    return meter


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)], ids=["23 hours", "25 hours"])
def test_the_whole_day_and_nothing_of_its_neighbours(
    software: Account, one_query_an_hour: None, day: tuple[datetime, datetime], hours: int
) -> None:
    midnight, next_midnight = day
    assert next_midnight - midnight == timedelta(hours=hours)
    begun = day_meter(software, midnight)
    assert begun == Meter("cov", "day", int(midnight.timestamp()), begun.count)
    journalled_since = UsageHour.objects.filter(hour__gte=midnight).count()
    assert begun.count == journalled_since
    next_day = day_meter(software, next_midnight)
    assert next_day.start == int(next_midnight.timestamp())
    assert begun.count - next_day.count == hours


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["23 hours", "25 hours"])
def test_a_moment_before_midnight_belongs_to_the_day_before(
    software: Account, one_query_an_hour: None, day: tuple[datetime, datetime]
) -> None:
    midnight, next_midnight = day
    a_moment = timedelta(microseconds=1)
    assert day_meter(software, next_midnight - a_moment).start == int(midnight.timestamp())
    assert day_meter(software, midnight - a_moment).start == int((midnight - timedelta(days=1)).timestamp())
