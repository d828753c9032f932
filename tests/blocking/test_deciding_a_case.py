"""Granting lifts and tells; refusing tells why; a quota block leaves an allowance behind, never a fresh meter."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AccountVersion, AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CallerRole
from blocking.models import Block, Probation, UsageHour
from blocking.services import NOBODY, Allowance, CallerSaid, file_case, refuse_case, take_case, withdraw_case
from blocking.windows import AMSTERDAM
from messagebox.letters import body_of, subject_of
from messagebox.models import Delivery, Message
from tests import factories
from tests.cases import CONTACT_PERSON, HOLDER, a_case, a_case_of_supports_own, checked, granted
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sanne, quota_block):
    return checked(a_case(quota_block, sanne), sanne)


def refused_grant(refusal, case, support, **how):
    with pytest.raises(refusal) as caught:
        granted(case, support, **how)
    assert Block.objects.open().count() == 1
    assert not Probation.objects.exists()
    assert AuditEvent.objects.filter(outcome="refused", parameters={"code": caught.value.code}).count() == 1
    return caught.value


def test_granting_lifts_the_block_under_the_case(sanne, case, quota_block):
    done = granted(case, sanne)
    quota_block.refresh_from_db()
    assert (done.state, done.handled_by, done.decision_note) == (
        "granted",
        sanne,
        "teruggebeld op het nummer van de praktijk",
    )
    assert (quota_block.lift_case, quota_block.lifted_by, quota_block.lift_channel) == (case, sanne, "phone")
    assert AuditEvent.objects.get(slug="account:block:lifted").parameters["case"] == case.number
    assert AuditEvent.objects.filter(slug="account:case:granted").count() == 1


def test_the_gate_is_told_at_once(sanne, anna, case):
    before = AccountVersion.objects.get(account=anna).version
    granted(case, sanne)
    assert AccountVersion.objects.get(account=anna).version > before


def test_the_allowance_is_the_portals_own_until_the_end_of_the_amsterdam_day(sanne, anna, a_service, case, settings):
    settings.PORTAL_PROBATION_QUERIES = 25
    granted(case, sanne)
    probation = Probation.objects.get()
    end = datetime.combine(timezone.localdate(timezone=AMSTERDAM) + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    assert (probation.account, probation.service, probation.queries) == (anna, a_service, 25)
    assert (probation.valid_until, probation.granted_by, probation.used) == (end, sanne, 0)


def test_a_day_has_twenty_five_hours_when_the_clocks_go_back(sanne, anna, a_service):
    with time_machine.travel(datetime(2026, 10, 25, 0, 30, tzinfo=AMSTERDAM), tick=False):
        block = factories.block(anna, BlockReason.QUOTA, service=a_service)
        granted(checked(a_case(block, sanne), sanne), sanne)
    assert Probation.objects.get().valid_until == datetime(2026, 10, 26, tzinfo=AMSTERDAM)


def test_support_may_give_another_allowance(sanne, case):
    until = timezone.now() + timedelta(days=2)
    granted(case, sanne, allowance=Allowance(7, until))
    assert (Probation.objects.get().queries, Probation.objects.get().valid_until) == (7, until)


@pytest.mark.parametrize(
    ("queries", "ahead"), [(0, timedelta(hours=1)), (10, timedelta(seconds=-1)), (10, timedelta(days=9))]
)
def test_an_allowance_is_in_the_future_and_within_a_week(sanne, case, queries, ahead):
    refused_grant(refusals.AllowanceOutOfBounds, case, sanne, allowance=Allowance(queries, timezone.now() + ahead))


def test_the_meter_is_not_touched(sanne, anna, a_service, case):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    UsageHour.objects.create(account=anna, service=a_service, hour=hour, queries=101)
    granted(case, sanne)
    assert UsageHour.objects.get().queries == 101


def test_other_blocks_leave_no_allowance(sanne, anna):
    granted(checked(a_case(factories.block(anna), sanne), sanne), sanne)
    assert not Probation.objects.exists()


def test_one_message_confirms_it_with_the_number_and_the_allowance(sanne, anja, case):
    until = datetime.combine(timezone.localdate() + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    granted(case, sanne, allowance=Allowance(12, until))
    message = Message.objects.get()
    assert subject_of(message) == "Blokkade opgeheven: Anna de Boer"
    told = " ".join(body_of(message, anja).split())
    assert case.number in told
    assert "<strong>12 bevragingen</strong>" in told
    assert f"{until.day} " in told


def test_the_rightful_user_hears_it_by_mail(sanne, anna, case):
    granted(case, sanne)
    assert Delivery.objects.filter(template="block_lifted", to_account=anna).count() == 1


def test_the_rightful_user_may_ask_about_the_own_quota_quoting_both_numbers(sanne, quota_block):
    case = checked(a_case(quota_block, sanne, HOLDER), sanne)
    granted(case, sanne)
    assert Block.objects.get().lift_caller == CallerRole.ACCOUNT_HOLDER


def test_about_the_system_account_only_the_contact_person_asks(sanne, noord_software, a_service):
    block = factories.block(noord_software, BlockReason.QUOTA, service=a_service)
    case = checked(a_case(block, sanne, HOLDER), sanne)
    refused_grant(refusals.CallerNotEntitled, case, sanne)
    with_contact_person = checked(case, sanne, spoken_to=CONTACT_PERSON)
    assert granted(with_contact_person, sanne).state == "granted"


def test_a_caller_whom_nobody_checked_gets_nothing(sanne, quota_block):
    refused_grant(refusals.CallerNotChecked, a_case(quota_block, sanne), sanne)


def test_without_a_reason_nothing_is_granted(sanne, case):
    assert refused_grant(refusals.ReasonMissing, case, sanne, note="  ").status == 400


def test_a_colleague_does_not_grant_what_another_handles(teun, case):
    assert refused_grant(refusals.NotAssignee, case, teun).status == 409


def test_a_block_of_support_itself_is_lifted_without_anybody_asking(sanne, anna):
    case = a_case_of_supports_own(factories.block(anna, BlockReason.SUPPORT), sanne)
    granted(case, sanne)
    assert Block.objects.get().lift_caller == CallerRole.SUPPORT


def test_support_is_nobodys_caller_where_somebody_must_ask(sanne, quota_block):
    refused_grant(refusals.CallerNotEntitled, a_case(quota_block, sanne, NOBODY), sanne)


def test_a_pgb_provider_is_helped_and_support_is_told_that_nobody_reads_it(sanne, pgb, a_service):
    block = factories.block(factories.account(pgb, "Els Mol"), BlockReason.QUOTA, service=a_service)
    granted(checked(a_case(block, sanne, CallerSaid(CallerRole.CONTACT_PERSON, "Dirk Bakker")), sanne), sanne)
    assert Delivery.objects.filter(template="no_reader").count() == 1


def test_refusing_leaves_the_block_and_tells_why(sanne, anja, case, quota_block):
    done = refuse_case(
        case, by=by(sanne), at=timezone.now(), seen=case.as_seen, note="de software is nog niet hersteld"
    )
    assert (done.state, done.handled_by) == ("refused", sanne)
    assert Block.objects.open().filter(pk=quota_block.pk).exists()
    message = Message.objects.get(kind="blocking:case_refused")
    assert subject_of(message) == f"Verzoek {case.number} afgewezen: Anna de Boer"
    assert "de software is nog niet hersteld" in body_of(message, anja)
    assert AuditEvent.objects.get(slug="account:case:refused").account == case.account


def test_refusing_wants_a_reason(sanne, case):
    with pytest.raises(refusals.ReasonMissing):
        refuse_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen, note="")


def test_after_a_refusal_one_may_ask_again(sanne, anja, case, quota_block):
    refuse_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen, note="nog niet")
    assert file_case(quota_block, by=by(anja), at=timezone.now()) != case


class TestWithdrawing:
    @pytest.fixture
    def filed(self, anja, quota_block):
        return file_case(quota_block, by=by(anja), at=timezone.now())

    def withdrawn(self, case, person, **how):
        return withdraw_case(case, by=by(person), at=timezone.now(), seen=case.as_seen, **how)

    def test_by_who_filed_it(self, anja, filed):
        assert self.withdrawn(filed, anja).state == "withdrawn"

    def test_by_a_colleague_of_hers_for_she_may_be_away(self, bram, filed):
        done = self.withdrawn(filed, bram)
        assert (done.state, done.handled_by) == ("withdrawn", bram)

    def test_not_what_support_wrote_down(self, anja, case):
        with pytest.raises(refusals.NotFiledByYou):
            self.withdrawn(case, anja)

    def test_not_by_somebody_elsewhere(self, chris, filed):
        with pytest.raises(refusals.NotYourCase) as caught:
            self.withdrawn(filed, chris)
        assert caught.value.status == 404
        assert AuditEvent.objects.get(slug="account:case_act:refused").actor == chris

    def test_by_support_with_a_reason(self, sanne, filed):
        taken = take_case(filed, by=by(sanne), at=timezone.now(), seen=filed.as_seen)
        with pytest.raises(refusals.ReasonMissing):
            self.withdrawn(taken, sanne)
        assert self.withdrawn(taken, sanne, reason="de beller ziet ervan af").state == "withdrawn"

    def test_a_case_is_never_deleted_and_a_handled_one_never_changes(self, anja, filed):
        self.withdrawn(filed, anja)
        for change in (filed.delete, lambda: type(filed).objects.update(note="herschreven")):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
