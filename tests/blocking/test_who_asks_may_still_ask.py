"""A case is granted for who may ask at that moment, not for who could when it was filed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Mandate
from blocking import refusals
from blocking.choices import BlockReason
from blocking.models import Block, CallerCode
from blocking.services import check_caller_by_code, file_case, issue_caller_code, place_support_block, take_case
from tests import factories
from tests.cases import CONTACT_PERSON, a_case, checked, granted
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def quota_block(noord_software, a_service):
    return factories.block(noord_software, BlockReason.QUOTA, service=a_service)


@pytest.fixture
def filed(anja, sanne, quota_block):
    """By Anja, and handled by Sanne."""
    case = file_case(quota_block, by=by(anja), at=timezone.now())
    return take_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen)


def end_mandate(person):
    Mandate.objects.filter(account=person).update(valid_until=timezone.now() - timedelta(seconds=1))


def block_by_support(person, support):
    place_support_block(person, by=by(support), at=timezone.now(), reason="sleutel gestolen")


def code_of(person):
    return issue_caller_code(by=by(person).acting_for(person.organisation), at=timezone.now())


def refused_grant(refusal, case, support, block):
    with pytest.raises(refusal) as caught:
        granted(case, support)
    block.refresh_from_db()
    assert block.is_open
    refused = AuditEvent.objects.get(slug="account:case_act:refused")
    assert (refused.actor, refused.parameters) == (support, {"code": caught.value.code})
    return caught.value


def test_it_is_granted_to_who_may_ask(sanne, filed):
    assert granted(filed, sanne).state == "granted"


def test_not_to_who_is_no_contact_person_any_more(sanne, anja, filed, quota_block):
    end_mandate(anja)
    refusal = refused_grant(refusals.CallerHasNoMandate, filed, sanne, quota_block)
    assert "geen contactpersoon van de organisatie meer" in refusal.sentence


def test_not_to_whom_support_blocked_meanwhile(sanne, anja, filed, quota_block):
    block_by_support(anja, sanne)
    refusal = refused_grant(refusals.CallerBlocked, filed, sanne, quota_block)
    assert "geblokkeerd" in refusal.sentence


def test_a_blocked_password_is_no_reason(sanne, anja, filed):
    factories.block(anja)
    assert granted(filed, sanne).state == "granted"


def test_a_colleague_who_was_rung_back_asks_instead(sanne, anja, filed):
    """Support vouches for whom it spoke."""
    end_mandate(anja)
    case = checked(filed, sanne, spoken_to=CONTACT_PERSON)
    assert granted(case, sanne).state == "granted"


def test_who_read_out_a_code_and_was_blocked_then_asks_nothing(sanne, bram, quota_block):
    case = a_case(quota_block, sanne)
    case = check_caller_by_code(case, code=code_of(bram), by=by(sanne), at=timezone.now(), seen=case.as_seen)
    block_by_support(bram, sanne)
    refused_grant(refusals.CallerBlocked, case, sanne, quota_block)


def test_whom_support_blocked_gets_no_code(sanne, bram):
    block_by_support(bram, sanne)
    with pytest.raises(refusals.CallerBlocked):
        code_of(bram)
    assert not CallerCode.objects.exists()
    refused = AuditEvent.objects.get(slug="account:caller_code:refused")
    assert refused.parameters == {"code": "caller_blocked"}


def test_a_code_of_before_the_block_is_not_accepted(sanne, bram, quota_block):
    code = code_of(bram)
    block_by_support(bram, sanne)
    case = a_case(quota_block, sanne)
    with pytest.raises(refusals.CallerCodeWrong):
        check_caller_by_code(case, code=code, by=by(sanne), at=timezone.now(), seen=case.as_seen)
    case.refresh_from_db()
    assert not case.is_caller_checked


def test_a_block_of_support_that_was_lifted_counts_no_more(sanne, teun, anja, filed):
    block_by_support(anja, teun)
    Block.objects.filter(account=anja).update(lifted_at=timezone.now(), lift_channel="phone")
    assert granted(filed, sanne).state == "granted"
