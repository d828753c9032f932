"""A press with half of the form missing: who may act is asked again, who may not is refused and written down."""

import pytest

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from tests import factories
from tests.cases import HOLDER, a_case, checked

pytestmark = pytest.mark.django_db

WITH_A_FORM_TO_FILL = ("toekennen", "afwijzen", "intrekken", "overdragen", "controle", "code")


def pressed(browser, case, act, **typed):
    case.refresh_from_db()
    return browser.post(f"/beheer/blocking/supportcase/{case.pk}/{act}/", {"seen": case.as_seen} | typed)


def refusals():
    events = AuditEvent.objects.filter(outcome="refused").order_by("pk")
    return [(event.slug, event.parameters["code"], str(event.actor)) for event in events]


@pytest.mark.parametrize("act", WITH_A_FORM_TO_FILL)
def test_who_may_act_is_asked_again_and_nothing_is_written_down(support, sanne, anna, act):
    case = checked(a_case(factories.block(anna), sanne), sanne)
    assert pressed(support, case, act).status_code == 200
    assert refusals() == []


@pytest.mark.parametrize("act", WITH_A_FORM_TO_FILL)
def test_a_colleagues_case_is_refused_and_written_down(support, teun, anna, act):
    case = checked(a_case(factories.block(anna), teun), teun)
    answer = pressed(support, case, act)
    assert answer.status_code == 409
    assert 'class="vp-form"' not in answer.text
    assert refusals() == [("account:case_act:refused", "not_assignee", "Sanne Support")]


def test_the_own_case_is_refused_and_written_down(support, sanne, teun):
    case = checked(a_case(factories.block(sanne), teun), teun)
    assert pressed(support, case, "nemen").status_code == 403
    assert pressed(support, case, "afwijzen").status_code == 403
    assert {code for _, code, _ in refusals()} == {"own_case"}


def test_a_lift_that_this_caller_may_not_ask_is_written_down_as_a_lift(support, sanne, anna):
    case = checked(a_case(factories.block(anna, BlockReason.PIN), sanne, HOLDER), sanne)
    assert pressed(support, case, "toekennen").status_code == 403
    assert refusals() == [("account:block_lift:refused", "caller_not_entitled", "Sanne Support")]


def test_looking_is_no_press(support, teun, anna):
    case = checked(a_case(factories.block(anna), teun), teun)
    for act in WITH_A_FORM_TO_FILL:
        assert support.get(f"/beheer/blocking/supportcase/{case.pk}/{act}/").status_code == 200
    assert refusals() == []


def test_blocking_oneself_without_a_reason_is_refused_and_written_down(support, sanne, anna):
    address = "/beheer/blocking/block/plaatsen/?account={}"
    assert support.post(address.format(anna.pk), {}).status_code == 200
    assert refusals() == []
    assert support.post(address.format(sanne.pk), {}).status_code == 403
    assert refusals() == [("account:support_block:refused", "not_yourself_to_block", "Sanne Support")]
