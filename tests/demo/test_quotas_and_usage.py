"""The demo's quotas, addresses and usage: enough to see, and nothing in the way of who tries the gate today."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, RegisteredAddress, Service
from accounts.services import remove_address
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import Block, Crossing, ServiceQuota, UsageHour
from blocking.services.quota import set_quota
from blocking.windows import AMSTERDAM, forecast_at, window_end, window_start
from gate.queries.projection import meters_of
from vecozo_portal.demo.loading import load_demo
from vecozo_portal.demo.usage import tell_usage

pytestmark = pytest.mark.django_db


def software():
    return Account.objects.get(kind=AccountKind.SYSTEM)


def limit_of(code, kind, window):
    return ServiceQuota.objects.get(service__code=code, kind=kind, window=window).limit


def sums_by(window, rows):
    totals: Counter[datetime] = Counter()
    for hour, queries in rows.values_list("hour", "queries"):
        start = window_start(window, hour)
        totals[start] += queries
    return totals


def test_the_system_account_may_send_a_hundred_a_day_and_people_five_hundred(demo):
    assert limit_of("cov", AccountKind.SYSTEM, QuotaWindow.DAY) == 100
    assert limit_of("cov", AccountKind.PERSONAL, QuotaWindow.DAY) == 500
    assert {"minute", "hour", "day"} == set(ServiceQuota.objects.values_list("window", flat=True))


def test_the_system_account_may_call_from_this_machine(demo):
    registered = RegisteredAddress.objects.filter(account=software())
    assert sorted(registered.values_list("network", flat=True)) == ["127.0.0.1/32", "::1/128"]


def test_today_nothing_of_the_service_that_is_tried_is_used(demo):
    assert not [meter for meter in meters_of(software().pk, timezone.now()) if meter.service == "cov"]


@pytest.mark.parametrize("window", [QuotaWindow.HOUR, QuotaWindow.DAY])
def test_the_software_stayed_below_what_contact_persons_are_told_of(demo, window):
    for quota in ServiceQuota.objects.filter(kind=AccountKind.SYSTEM, window=window):
        totals = sums_by(window, UsageHour.objects.filter(account=software(), service=quota.service))
        assert totals
        assert max(totals.values()) < forecast_at(quota.limit, 80)


def test_the_last_two_days_have_something_to_show(demo):
    days = sums_by(QuotaWindow.DAY, UsageHour.objects.filter(account=software(), service__code="cov"))
    assert len(days) == 2
    assert min(days.values()) > 50
    assert UsageHour.objects.filter(account=software()).values("client").distinct().count() == 2


def test_no_usage_lies_in_the_future(demo):
    assert not UsageHour.objects.filter(hour__gt=demo).exists()


def test_a_block_for_a_quota_stands_on_what_was_journalled(demo):
    blocks = Block.objects.filter(reason=BlockReason.QUOTA)
    assert blocks.count() == 3
    for block in blocks:
        day = window_start(QuotaWindow.DAY, block.opened_at)
        rows = UsageHour.objects.filter(account=block.account, hour__gte=day, hour__lte=block.opened_at)
        assert rows.aggregate(sum=Sum("queries"))["sum"] == block.quota_limit == block.evidence_count - 1
        assert block.quota_window == QuotaWindow.DAY
        assert {block.client} == set(rows.values_list("client", flat=True))
        assert Crossing.objects.get(block=block).crossed_at == block.opened_at


# A day of 25 hours, one of 23, and the first minute of a day.
@pytest.mark.parametrize("moment", ["2026-10-25T12:00", "2026-03-29T12:00", "2026-05-05T00:00:30"])
def test_any_moment_of_the_year_will_do(demo, moment):
    UsageHour.objects.all().delete()
    at = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
    tell_usage(at=at)
    begin = window_start(QuotaWindow.DAY, at)
    rows = UsageHour.objects.filter(account=software())
    assert not rows.filter(hour__gte=window_end(QuotaWindow.HOUR, at)).exists()
    assert not rows.filter(service__code="cov", hour__gte=begin).exists()


def test_what_somebody_changed_in_the_portal_stays_so(demo):
    cov = Service.objects.get(code="cov")
    set_quota(cov, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=7, by=PORTAL, at=demo)
    for address in RegisteredAddress.objects.all():
        remove_address(address, by=PORTAL, at=demo)
    load_demo(at=timezone.now() + timedelta(days=1))
    assert limit_of("cov", AccountKind.SYSTEM, QuotaWindow.DAY) == 7
    assert not RegisteredAddress.objects.exists()
