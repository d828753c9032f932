"""Who is on the telephone: the code from the message box says it, or Support rang back or had a mail."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import MandateRank
from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CallerCheck, CallerRole
from blocking.models import CallerCode
from blocking.services import CallerSaid, check_caller, check_caller_by_code, issue_caller_code
from tests import factories
from tests.cases import CONTACT_PERSON, HOLDER, a_case, checked, granted
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sanne, anna, a_service):
    return a_case(factories.block(anna, BlockReason.QUOTA, service=a_service), sanne)


def asked_for(person, *, at=None):
    return issue_caller_code(by=by(person).acting_for(person.organisation), at=at or timezone.now())


def typed(case, code, support, *, at=None):
    return check_caller_by_code(case, code=code, by=by(support), at=at or timezone.now(), seen=case.as_seen)


def refused(refusal, case, code, support, **how):
    with pytest.raises(refusal) as caught:
        typed(case, code, support, **how)
    event = AuditEvent.objects.filter(slug="account:case_act:refused").first()
    assert event is not None
    assert (event.actor, event.parameters) == (support, {"code": caught.value.code})
    case.refresh_from_db()
    assert not case.is_caller_checked


def wrong(code):
    return str((int(code) + 1) % 10**8).zfill(8)


def test_the_code_says_which_contact_person_it_is(sanne, anja, case):
    found = typed(case, asked_for(anja), sanne)
    assert (found.caller_check, found.caller_account, found.checked_by) == (CallerCheck.PORTAL_CODE, anja, sanne)
    assert (found.caller_role, found.caller_name) == (CallerRole.CONTACT_PERSON, "Anja Visser")
    assert AuditEvent.objects.filter(slug="account:case:caller_checked").count() == 1


def test_then_the_case_can_be_granted(sanne, anja, case):
    with pytest.raises(refusals.CallerNotChecked):
        granted(case, sanne)
    assert granted(typed(case, asked_for(anja), sanne), sanne).state == "granted"


def test_a_code_is_eight_digits_and_nothing_keeps_it(sanne, anja):
    code = asked_for(anja)
    assert re.fullmatch("[0-9]{8}", code)
    row = CallerCode.objects.values().get()
    assert code not in str(row)
    assert not AuditEvent.objects.filter(parameters__icontains=code).exists()
    assert AuditEvent.objects.get(slug="account:caller_code:issued").account == anja


def test_a_code_is_good_once(sanne, anja, anna, case, a_service):
    code = asked_for(anja)
    typed(case, code, sanne)
    second = a_case(factories.block(anna, BlockReason.PIN), sanne)
    refused(refusals.CallerCodeWrong, second, code, sanne)


def test_a_new_code_makes_the_one_before_worthless(sanne, anja, case):
    old, new = asked_for(anja), asked_for(anja)
    refused(refusals.CallerCodeWrong, case, old, sanne)
    assert typed(case, new, sanne).is_caller_checked


def test_after_ten_minutes_a_code_is_worthless(sanne, anja, case):
    at = timezone.now()
    code = asked_for(anja, at=at)
    refused(refusals.CallerCodeWrong, case, code, sanne, at=at + timedelta(minutes=10))
    assert typed(case, code, sanne, at=at + timedelta(minutes=9, seconds=59)).is_caller_checked


def test_five_wrong_entries_make_a_code_worthless(sanne, anja, case):
    code = asked_for(anja)
    for _ in range(4):
        refused(refusals.CallerCodeWrong, case, wrong(code), sanne)
    assert CallerCode.objects.get().wrong_entries == 4
    refused(refusals.CallerCodeWrong, case, wrong(code), sanne)
    refused(refusals.CallerCodeWrong, case, code, sanne)


def test_after_four_wrong_entries_the_right_one_is_in_time(sanne, anja, case):
    code = asked_for(anja)
    for _ in range(4):
        refused(refusals.CallerCodeWrong, case, wrong(code), sanne)
    assert typed(case, code, sanne).is_caller_checked


def test_a_code_of_another_organisation_is_worthless_here(sanne, chris, case):
    refused(refusals.CallerCodeWrong, case, asked_for(chris), sanne)


def test_a_code_of_somebody_whose_mandate_ended_meanwhile_is_worthless(sanne, noord, case):
    at, deputy = timezone.now(), factories.account(noord, "Frits Vos")
    factories.mandate(deputy, MandateRank.DEPUTY, valid_until=at + timedelta(minutes=2))
    code = asked_for(deputy, at=at)
    refused(refusals.CallerCodeWrong, case, code, sanne, at=at + timedelta(minutes=3))


def test_who_is_no_contact_person_gets_no_code(anna):
    with pytest.raises(refusals.NoMandateForCase):
        asked_for(anna)
    assert AuditEvent.objects.get(slug="account:caller_code:refused").actor == anna


def test_a_pgb_provider_has_no_code(dirk):
    with pytest.raises(refusals.NoMandateForCase):
        asked_for(dirk)


@pytest.mark.parametrize("check", [CallerCheck.CALL_BACK, CallerCheck.REGISTERED_EMAIL])
def test_support_rings_back_or_writes_and_the_case_says_which(sanne, case, check):
    found = checked(case, sanne, check=check)
    assert (found.caller_check, found.checked_by) == (check, sanne)


def test_who_was_really_spoken_to_is_whom_the_case_names(sanne, anna, case):
    holder = a_case(factories.block(anna, BlockReason.PIN), sanne, HOLDER)
    found = checked(holder, sanne, spoken_to=CallerSaid(CallerRole.CONTACT_PERSON, "Bram Smit"))
    assert (found.caller_role, found.caller_name) == (CallerRole.CONTACT_PERSON, "Bram Smit")


@pytest.mark.parametrize("check", [CallerCheck.SIGNED_IN, CallerCheck.PORTAL_CODE])
def test_support_cannot_say_what_only_the_portal_knows(sanne, case, check):
    with pytest.raises(ValueError, match="checked so"):
        checked(case, sanne, check=check)


def test_only_the_assignee_checks(teun, case):
    with pytest.raises(refusals.NotAssignee):
        check_caller(
            case,
            check=CallerCheck.CALL_BACK,
            spoken_to=CONTACT_PERSON,
            by=by(teun),
            at=timezone.now(),
            seen=case.as_seen,
        )
