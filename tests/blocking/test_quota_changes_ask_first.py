"""A quota is read as people write it, and is changed only after its effect was told: who would be over it now."""

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import ServiceQuota, UsageHour
from blocking.services.quota import set_quota
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/beheer/blocking/servicequota/"
NEW = f"{LIST}nieuw/"


def a_quota(service, window=QuotaWindow.DAY, limit=400):
    at = factories.a_moment_ago(days=2)
    return set_quota(service, kind=AccountKind.SYSTEM, window=window, limit=limit, by=PORTAL, at=at)


def used(account, service, queries):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    UsageHour.objects.create(account=account, service=service, hour=hour, queries=queries)


def asked(support, quota, limit):
    return support.post(f"{LIST}{quota.pk}/wijzigen/", {"limit": limit})


def held(page):
    return {field.html_name: field.value() for field in page.context["form"].hidden_fields()}


def limit_of(quota):
    return ServiceQuota.objects.get(pk=quota.pk).limit


@pytest.mark.parametrize(("typed", "meant"), [("1.000", 1000), (" 1.000.000 ", 1_000_000), ("1000", 1000)])
def test_a_dutch_thousands_point_is_read_as_people_mean_it(support, a_service, typed, meant):
    quota = a_quota(a_service)
    support.post(f"{LIST}{quota.pk}/wijzigen/", held(asked(support, quota, typed)))
    assert limit_of(quota) == meant


def test_a_new_quota_reads_the_point_as_well(support, a_service):
    typed = {"service": a_service.pk, "kind": "system", "window": "hour", "limit": "1.000"}
    support.post(NEW, held(support.post(NEW, typed)))
    assert ServiceQuota.objects.get().limit == 1000


def test_one_press_changes_nothing_and_tells_who_would_be_over(support, a_service, noord_software):
    quota = a_quota(a_service)
    used(noord_software, a_service, 50)
    page = asked(support, quota, "50")
    assert page.status_code == 200
    assert limit_of(quota) == 400
    assert "1 account heeft" in page.text
    assert "Koppeling Noord (50)" in page.text


def test_where_nobody_would_be_over_that_is_said(support, a_service, noord_software):
    quota = a_quota(a_service)
    used(noord_software, a_service, 49)
    assert "Geen enkel account heeft" in asked(support, quota, "50").text


def test_who_is_blocked_for_the_service_already_is_not_counted_again(support, a_service, noord_software):
    quota = a_quota(a_service)
    used(noord_software, a_service, 500)
    factories.block(noord_software, BlockReason.QUOTA, service=a_service)
    assert "Geen enkel account heeft" in asked(support, quota, "50").text


def test_accounts_of_another_kind_do_not_count(support, a_service, anna):
    quota = a_quota(a_service)
    used(anna, a_service, 500)
    assert "Geen enkel account heeft" in asked(support, quota, "50").text


def test_of_many_the_fullest_are_named_and_the_rest_counted(support, a_service, noord, zuid):
    quota = a_quota(a_service)
    for place in range(7):
        organisation = factories.organisation(f"Praktijk {place}")
        software = factories.account(organisation, f"Koppeling {place}", kind=AccountKind.SYSTEM, email="")
        used(software, a_service, 100 + place)
    page = asked(support, quota, "50").text
    assert "7 accounts hebben" in page
    assert "Koppeling 6 (106)" in page
    assert "en 2 andere" in page


def test_of_minutes_the_portal_does_not_say_what_it_does_not_know(support, a_service):
    quota = a_quota(a_service, QuotaWindow.MINUTE)
    page = asked(support, quota, "5").text
    assert "Geen enkel account" not in page
    assert "minuut" in page


def test_another_figure_is_asked_anew(support, a_service):
    quota = a_quota(a_service)
    kept = held(asked(support, quota, "50"))
    page = support.post(f"{LIST}{quota.pk}/wijzigen/", kept | {"limit": "5"})
    assert page.status_code == 200
    assert limit_of(quota) == 400


def test_the_same_figure_is_no_change(support, a_service):
    quota = a_quota(a_service)
    assert asked(support, quota, "400").status_code == 303
