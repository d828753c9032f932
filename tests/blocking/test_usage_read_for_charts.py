"""What was used and what is allowed, read in a fixed number of statements, on Amsterdam days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.actors import PORTAL
from accounts.choices import AccountKind, LegalBasis
from accounts.models import Service
from accounts.services import authorise
from blocking.choices import BlockReason, QuotaWindow
from blocking.queries.block_charts import opened_per_day
from blocking.queries.usage_charts import usage_around, usage_of
from blocking.services.quota import set_quota
from blocking.windows import AMSTERDAM
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=AMSTERDAM)


def allow(service, window, limit, kind=AccountKind.SYSTEM):
    set_quota(service, kind=kind, window=window, limit=limit, by=PORTAL, at=NOW)


@pytest.fixture
def authorised(noord_software, a_service):
    authorise(noord_software, service=a_service, by=PORTAL, at=NOW)
    return noord_software


def test_this_hour_and_today_are_added_up_beside_their_quotas(authorised, a_service):
    for window, limit in ((QuotaWindow.MINUTE, 5), (QuotaWindow.HOUR, 50), (QuotaWindow.DAY, 100)):
        allow(a_service, window, limit)
    for hour, client, queries in ((0, "a", 20), (14, "a", 30), (14, "b", 10)):
        factories.used(authorised, a_service, queries, hour=NOW.replace(hour=hour, minute=0), client=client)
    factories.used(authorised, a_service, 1000, hour=NOW.replace(hour=0) - timedelta(hours=1), client="a")
    [usage] = usage_of(authorised, at=NOW)
    told = [(each.window, each.limit, each.used, each.percent) for each in usage.allowances]
    assert told == [("minute", 5, None, None), ("hour", 50, 40, 80), ("day", 100, 60, 60)]
    assert [(use.client, use.queries) for use in usage.clients] == [("a", 1050), ("b", 10)]


def test_a_quota_of_another_kind_of_account_is_none_of_this_one(authorised, a_service):
    allow(a_service, QuotaWindow.DAY, 7, kind=AccountKind.PERSONAL)
    [usage] = usage_of(authorised, at=NOW)
    assert [each.limit for each in usage.allowances] == [None, None]
    assert usage.facts.per_day is None


def test_midnight_is_amsterdams(authorised, a_service):
    in_utc = datetime(2026, 11, 23, 23, tzinfo=UTC)
    factories.used(authorised, a_service, 3, hour=in_utc)
    factories.used(authorised, a_service, 5, hour=in_utc - timedelta(hours=1))
    [usage] = usage_of(authorised, at=NOW)
    assert usage.allowances[-1].used == 3


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ],
)
def test_a_day_on_which_clocks_change_is_counted_whole(authorised, a_service, day, begins):
    end = datetime.combine(day, time(23, 30), AMSTERDAM)
    hours = int((end.astimezone(UTC) - begins).total_seconds() // 3600) + 1
    assert hours in {23, 25}
    for n in range(-1, hours):
        factories.used(authorised, a_service, 1, hour=begins + timedelta(hours=n))
    [usage] = usage_of(authorised, at=end)
    assert usage.allowances[-1].used == hours


def test_only_what_the_account_may_query_is_told(authorised, a_service, anna):
    other = Service.objects.create(code="x", name="Andere", legal_basis=LegalBasis.ZVW)
    factories.used(authorised, other, 3, hour=NOW)
    factories.used(anna, a_service, 9, hour=NOW)
    [usage] = usage_of(authorised, at=NOW)
    assert (usage.service, usage.is_used) == (a_service, False)


def test_however_many_services_it_costs_the_same(authorised, a_service, query_counter):
    def measured():
        with query_counter() as queries:
            usage_of(authorised, at=NOW)
        return len(queries)

    before = measured()
    for number in range(20):
        service = Service.objects.create(code=f"s{number}", name=f"Dienst {number}", legal_basis=LegalBasis.ZVW)
        authorise(authorised, service=service, by=PORTAL, at=NOW)
        factories.used(authorised, service, 3, hour=NOW, client="a")
        allow(service, QuotaWindow.DAY, 5)
    assert measured() == before == 5


def test_around_a_block_is_its_day_and_the_day_before(noord_software, a_service, query_counter):
    allow(a_service, QuotaWindow.DAY, 100)
    block = factories.block(noord_software, BlockReason.QUOTA, service=a_service, opened_at=NOW)
    factories.used(noord_software, a_service, 100, hour=NOW, client="a")
    with query_counter() as queries:
        usage = usage_around(block, at=NOW + timedelta(days=9))
    assert len(queries) == 4
    assert usage is not None
    assert (usage.facts.since.isoformat(), usage.facts.until.isoformat()) == (
        "2026-11-23T00:00:00+01:00",
        "2026-11-25T00:00:00+01:00",
    )
    assert usage.facts.crossings == [NOW]
    assert usage.facts.is_over
    assert len(usage.chart.panels) == 2


def test_around_another_block_there_is_nothing(anna):
    assert usage_around(factories.block(anna), at=NOW) is None


def test_blocks_are_counted_per_amsterdam_day_and_reason(anna, anja, query_counter):
    just_after_midnight = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)
    factories.block(anna, opened_at=just_after_midnight)
    factories.block(anja, opened_at=just_after_midnight - timedelta(hours=1))
    factories.block(anna, BlockReason.PIN, opened_at=NOW - timedelta(days=40))
    with query_counter() as queries:
        facts = opened_per_day(NOW)
    assert len(queries) == 1
    assert (len(facts.days), facts.days[-1]) == (30, NOW.date())
    counts = facts.by_reason["Wachtwoord geblokkeerd"]
    assert {day.isoformat(): count for day, count in counts.items()} == {"2026-11-23": 1, "2026-11-24": 1}
    assert facts.by_reason["Pincode geblokkeerd"] == {}
