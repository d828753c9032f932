"""A contact person asks Support: the case arrives complete, once per block."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CallerCheck, CallerRole, CaseChannel, LiftChannel, LiftReason
from blocking.models import Block, SupportCase
from blocking.services import file_case, lift_block, take_case
from tests import factories
from tests.cases import a_case, granted, lifted_by_support
from tests.factories import by

pytestmark = pytest.mark.django_db
IN_USER_ADMINISTRATION = LiftChannel.USER_ADMINISTRATION


def filed(block, person):
    return file_case(block, by=by(person), at=timezone.now())


def refused(refusal, block, person):
    with pytest.raises(refusal) as caught:
        filed(block, person)
    assert not SupportCase.objects.exists()
    event = AuditEvent.objects.get(slug="account:case_filing:refused")
    assert (event.actor, event.account, event.parameters) == (person, block.account, {"code": caught.value.code})
    return caught.value


def test_the_case_arrives_complete(anja, anna, noord, quota_block):
    case = filed(quota_block, anja)
    assert (case.account, case.organisation, case.block) == (anna, noord, quota_block)
    assert (case.quoted_agb_code, case.quoted_user_number) == (noord.agb_code, anna.user_number)
    assert (case.channel, case.caller_role) == (CaseChannel.PORTAL, CallerRole.CONTACT_PERSON)
    assert (case.caller_account, case.caller_name) == (anja, "Anja Visser")
    assert (case.caller_check, case.is_caller_checked) == (CallerCheck.SIGNED_IN, True)
    assert case.assignee is None
    assert AuditEvent.objects.get(slug="account:case:filed").actor == anja


def test_support_grants_it_without_asking_anything_more(anja, sanne, quota_block):
    case = filed(quota_block, anja)
    case = take_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen)
    granted(case, sanne)
    lifted = Block.objects.get()
    assert (lifted.lift_channel, lifted.lift_caller, lifted.lift_case) == ("portal", "contact_person", case)


def test_asking_twice_finds_the_first(anja, bram, quota_block):
    first = filed(quota_block, anja)
    assert filed(quota_block, anja) == first
    assert filed(quota_block, bram) == first
    assert SupportCase.objects.count() == 1


def test_a_case_that_support_opened_is_found_as_well(anja, sanne, quota_block):
    rung = a_case(quota_block, sanne)
    assert filed(quota_block, anja) == rung


@pytest.mark.parametrize("reason", [BlockReason.PIN, BlockReason.SUPPORT])
def test_what_blocks_the_system_account_is_asked_of_support(anja, noord_software, reason):
    assert filed(factories.block(noord_software, reason), anja).is_open


def test_the_own_block_is_asked_of_support(anja):
    assert filed(factories.block(anja), anja).is_open


def test_the_third_lift_within_a_day_is_asked_of_support(anja, anna, settings):
    settings.PORTAL_LIFT_BUDGET = 0
    assert filed(factories.block(anna), anja).is_open


def test_what_one_can_lift_is_not_asked_of_support(anja, anna):
    assert refused(refusals.LiftItYourself, factories.block(anna), anja).status == 403


def test_nobody_files_for_another_organisation(chris, quota_block):
    assert refused(refusals.NotYourBlock, quota_block, chris).status == 404


def test_a_user_without_mandate_files_nothing(anna, quota_block):
    assert refused(refusals.NoMandateToLift, quota_block, anna).status == 403


def test_a_pgb_provider_has_nowhere_to_file(dirk, pgb, a_service):
    block = factories.block(factories.account(pgb, "Els Mol"), BlockReason.QUOTA, service=a_service)
    assert refused(refusals.LiftForPgbProvider, block, dirk).status == 403


def test_support_files_nothing_in_the_portal(sanne, quota_block):
    assert refused(refusals.NoMandateToLift, quota_block, sanne).status == 403


def test_what_is_lifted_already_is_not_asked_any_more(anja, sanne, quota_block):
    lifted_by_support(quota_block, sanne)
    with pytest.raises(refusals.AlreadyLifted) as caught:
        filed(quota_block, anja)
    assert caught.value.status == 409


def test_a_case_is_withdrawn_when_its_block_is_lifted_otherwise(anja, bram):
    block = factories.block(anja)
    case = filed(block, anja)
    lift_block(block, by=by(bram), at=timezone.now(), channel=IN_USER_ADMINISTRATION, reason=LiftReason.FORGOTTEN)
    case.refresh_from_db()
    assert (case.state, case.handled_by) == ("withdrawn", bram)
    assert "op een andere manier" in case.decision_note
