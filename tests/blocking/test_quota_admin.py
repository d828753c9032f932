"""Support sets quotas: a list to read, and acts on pages of their own that are audited with the earlier value."""

import pytest

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import AuditEvent
from blocking.choices import QuotaWindow
from blocking.models import ServiceQuota
from blocking.services.quota import set_quota
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/beheer/blocking/servicequota/"
NEW = f"{LIST}nieuw/"


@pytest.fixture
def quota(a_service):
    at = factories.a_moment_ago(days=2)
    return set_quota(a_service, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=100, by=PORTAL, at=at)


@pytest.fixture
def typed(a_service):
    return {"service": a_service.pk, "kind": "system", "window": "hour", "limit": "1000"}


def address(quota, act):
    return f"{LIST}{quota.pk}/{act}/"


def logged(slug):
    return AuditEvent.objects.filter(slug=slug).order_by("-id").first()


def limit_of(quota):
    return ServiceQuota.objects.get(pk=quota.pk).limit


def test_the_list_tells_service_kind_window_and_limit(support, quota):
    page = support.get(LIST).text
    for told in ("Controle op verzekering", "Systeemaccount", "Per dag", "100", NEW):
        assert told in page


def pressed_twice(support, asked, typed, **how):
    """The first press is told its effect; what that page holds goes along with the second."""
    effect = support.post(asked, typed)
    assert effect.status_code == 200
    assert not effect.context["form"].errors
    held = {field.html_name: field.value() for field in effect.context["form"].hidden_fields()}
    return support.post(asked, held, **how)


def test_adding_asks_first_and_then_does_it(support, typed, sanne):
    assert support.get(NEW).status_code == 200
    assert not ServiceQuota.objects.exists()
    answer = pressed_twice(support, NEW, typed, follow=True)
    assert answer.redirect_chain == [(LIST, 303)]
    assert "Het quotum is toegevoegd" in answer.text
    made = ServiceQuota.objects.get()
    assert (made.kind, made.window, made.limit) == ("system", "hour", 1000)
    event = logged("account:quota:set")
    assert (event.actor, event.parameters["limit"], event.parameters["before"]) == (sanne, 1000, None)


def test_a_quota_that_is_there_is_not_overwritten_by_adding(support, quota, typed):
    answer = support.post(NEW, typed | {"window": "day", "limit": "5"})
    assert answer.status_code == 200
    assert "Dit quotum is er al" in answer.text
    assert limit_of(quota) == 100


def test_changing_keeps_the_earlier_value_in_the_log(support, quota):
    assert 'value="100"' in support.get(address(quota, "wijzigen")).text
    assert pressed_twice(support, address(quota, "wijzigen"), {"limit": "250"}).status_code == 303
    assert limit_of(quota) == 250
    event = logged("account:quota:changed")
    assert (event.parameters["before"], event.parameters["limit"]) == (100, 250)
    assert "eerder 100" in support.get(f"/beheer/accounts/auditevent/{event.pk}/change/").text


def test_dropping_asks_first_and_then_does_it(support, quota):
    support.get(address(quota, "vervallen"))
    assert ServiceQuota.objects.filter(pk=quota.pk).exists()
    assert support.post(address(quota, "vervallen")).status_code == 303
    assert not ServiceQuota.objects.exists()
    assert logged("account:quota:dropped").parameters["before"] == 100
    assert support.post(address(quota, "vervallen")).status_code == 404


@pytest.mark.parametrize(
    "limit",
    [
        "",
        "0",
        "-3",
        "veel",
        "1.5",
        "1.00",
        "10.00",
        ".000",
        "1000.000",
        "1,000",
        "1000.0",
        "1000000001",
        "9" * 400,
        "\x00",
    ],
)
def test_a_limit_that_is_none_is_told_at_its_field(support, quota, limit):
    answer = support.post(address(quota, "wijzigen"), {"limit": limit})
    assert answer.status_code == 200
    assert 'id="id_limit_error"' in answer.text
    assert limit_of(quota) == 100


@pytest.mark.parametrize("missing", ["service", "kind", "window", "limit"])
@pytest.mark.parametrize("value", ["", "x", "-1", "\x00"])
def test_what_is_missing_or_not_in_the_list_is_told_at_its_field(support, typed, missing, value):
    answer = support.post(NEW, typed | {missing: value})
    assert answer.status_code == 200
    assert f'id="id_{missing}_error"' in answer.text
    assert not ServiceQuota.objects.exists()


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
@pytest.mark.parametrize("act", ["nieuw", "wijzigen", "vervallen"])
def test_nobody_but_support_acts(client, request, quota, typed, who, act):
    client.force_login(request.getfixturevalue(who))
    asked = NEW if act == "nieuw" else address(quota, act)
    for answer in (client.get(asked), client.post(asked, typed)):
        assert answer.status_code == 403
    assert limit_of(quota) == 100
    assert ServiceQuota.objects.count() == 1
    assert AuditEvent.objects.filter(slug="account:page:refused", outcome="refused").exists()


@pytest.mark.parametrize("act", ["add", "change", "delete"])
def test_no_stock_form_edits_a_quota(support, quota, typed, act):
    stock = f"{LIST}add/" if act == "add" else f"{LIST}{quota.pk}/{act}/"
    assert support.post(stock, typed | {"post": "yes"}).status_code == 403
    assert limit_of(quota) == 100


def test_a_demo_says_that_its_figures_are_invented(support, quota, settings):
    settings.PORTAL_DEMO = False
    assert "quota zijn verzonnen" not in support.get(NEW).text
    settings.PORTAL_DEMO = True
    for page in (LIST, NEW, address(quota, "wijzigen")):
        assert "alle quota zijn verzonnen" in support.get(page).text


def test_a_services_page_tells_its_quotas_and_leads_to_them(support, quota, a_service):
    page = support.get(f"/beheer/accounts/service/{a_service.pk}/change/").text
    assert "Per dag" in page
    assert "Systeemaccount" in page
    assert f"{LIST}?service={a_service.pk}" in page
    assert support.get(LIST, {"service": a_service.pk}).context["cl"].result_count == 1
