"""Lifting: what it does at once, what it refuses, and that every refusal is audited."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.audit_sentences import in_words, sentence_of
from accounts.choices import AccountState, MandateRank, Outcome, Secret
from accounts.models import Account, AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CallerRole, CaseChannel, Door, LiftChannel, LiftReason
from blocking.models import Block, Budget
from blocking.policy import Caller
from blocking.services import NOBODY, Typed, check_secret, lift_block
from blocking.verdicts import LiftCode
from messagebox.models import Delivery, Message
from tests import factories
from tests.cases import HOLDER, a_case, a_case_of_supports_own, checked, granted, lifted_by_support
from tests.factories import PASSWORD, WRONG_PASSWORD, by

pytestmark = pytest.mark.django_db


def lift(block, person, **how):
    chosen = {"channel": LiftChannel.USER_ADMINISTRATION, "reason": LiftReason.FORGOTTEN} | how
    return lift_block(block, by=by(person), at=timezone.now(), **chosen)


def enter_password(account, password=WRONG_PASSWORD):
    return check_secret(Typed(Door.SIGN_IN, account.user_number, password), by=by(), at=timezone.now())


@pytest.fixture
def blocked(anna):
    for _ in range(5):
        enter_password(anna)
    return Block.objects.get(account=anna)


def test_the_contact_person_lifts_at_once_and_the_user_signs_in_again(anja, anna, blocked):
    lift(blocked, anja, note="stond Caps Lock aan")
    assert enter_password(anna, PASSWORD) == anna


def test_after_lifting_there_are_five_fresh_attempts(anja, anna, blocked):
    lift(blocked, anja)
    for _ in range(4):
        enter_password(anna)
    assert not Block.objects.open().exists()
    enter_password(anna)
    assert Block.objects.open().count() == 1


def test_a_clock_that_is_behind_lifts_at_the_moment_of_opening(anja, anna):
    block = factories.block(anna, opened_at=timezone.now() + timedelta(seconds=3))
    assert lift(block, anja).lifted_at == block.opened_at


def test_lifting_is_recorded_with_who_why_and_how(anja, anna, blocked):
    lift(blocked, anja, reason=LiftReason.CAPS_LOCK, note="bij de balie")
    blocked.refresh_from_db()
    assert (blocked.lifted_by, blocked.lift_reason, blocked.lift_note) == (anja, "caps_lock", "bij de balie")
    event = AuditEvent.objects.get(slug="account:block:lifted")
    assert (event.actor, event.account, event.organisation) == (anja, anna, anna.organisation)


def test_the_rightful_user_is_told_by_mail(anja, anna, blocked):
    lift(blocked, anja)
    assert Delivery.objects.filter(template="block_lifted", to_account=anna).count() == 1


def test_the_log_tells_a_refused_lift_in_words(anja, anna, blocked):
    lift(blocked, anja)
    with pytest.raises(refusals.AlreadyLifted):
        lift(blocked, anja)
    event = AuditEvent.objects.get(slug="account:block_lift:refused")
    assert sentence_of(event) == "Opheffen van een blokkade geweigerd (de blokkade was al opgeheven)."


def test_every_ground_of_refusing_a_lift_has_words():
    refused = set(LiftCode) - {LiftCode.ALLOWED}
    assert all(in_words("code", code) != code for code in refused)


def test_the_mail_says_whether_another_block_is_still_open(anja, anna, blocked):
    other = factories.block(anna, BlockReason.PIN)
    lift(blocked, anja)
    lift(other, anja)
    told = Delivery.objects.filter(template="block_lifted").order_by("pk").values_list("parameters", flat=True)
    assert [parameters["is_still_blocked"] for parameters in told] == [True, False]


def test_lifting_the_password_leaves_the_count_of_the_pin(anja, anna, blocked):
    pin_count = Budget.objects.create(account=anna, secret=Secret.PIN, taken=3, wrong=3)
    lift(blocked, anja)
    pin_count.refresh_from_db()
    assert pin_count.wrong == 3


def test_the_second_contact_person_lifts_the_block_of_the_first(anja, bram):
    block = factories.block(anja)
    assert lift(block, bram).lifted_by == bram


def assert_refused(refusal, block, person, **how):
    with pytest.raises(refusal) as caught:
        lift(block, person, **how)
    block.refresh_from_db()
    event = AuditEvent.objects.get(slug="account:block_lift:refused")
    assert (event.outcome, event.actor, event.account) == (Outcome.REFUSED, person, block.account)
    assert event.parameters == {"code": caught.value.code}
    return caught.value


def test_a_contact_person_never_lifts_for_another_organisation(chris, blocked):
    refused = assert_refused(refusals.NotYourBlock, blocked, chris)
    assert refused.status == 404
    assert blocked.is_open


def test_nobody_lifts_a_block_of_the_own_account(anja):
    assert_refused(refusals.OwnAccount, factories.block(anja), anja)


def test_a_contact_person_does_not_lift_a_quota_block(anja, anna, a_service):
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    assert_refused(refusals.OnlySupportMayLift, block, anja)


def test_a_contact_person_does_not_lift_a_block_that_support_placed(anja, anna):
    assert_refused(refusals.OnlySupportMayLift, factories.block(anna, BlockReason.SUPPORT), anja)


def test_a_contact_person_does_not_lift_a_block_of_the_system_account(anja, noord_software):
    assert_refused(refusals.SystemAccount, factories.block(noord_software, BlockReason.PIN), anja)


def test_a_pgb_provider_has_no_user_administration(dirk, pgb):
    block = factories.block(factories.account(pgb, "Els Mol"))
    assert_refused(refusals.LiftForPgbProvider, block, dirk)


def test_a_user_without_mandate_lifts_nothing(anna, noord):
    block = factories.block(factories.account(noord, "Els Mol"))
    assert_refused(refusals.NoMandateToLift, block, anna)


def test_a_mandate_that_ended_a_second_ago_gives_nothing(noord, anna):
    former = factories.account(noord, "Frits Vos")
    factories.mandate(former, MandateRank.DEPUTY, valid_until=timezone.now() - timedelta(seconds=1))
    assert_refused(refusals.NoMandateToLift, factories.block(anna), former)


def test_a_mandate_that_begins_later_gives_nothing_yet(noord, anna):
    future = factories.account(noord, "Frits Vos")
    factories.mandate(future, valid_from=timezone.now() + timedelta(minutes=1))
    assert_refused(refusals.NoMandateToLift, factories.block(anna), future)


@pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ACTIVE])
def test_who_is_no_longer_active_lifts_nothing_though_the_mandate_runs(anja, anna, state):
    """Somebody who was removed a moment ago, with a page still open."""
    factories.put_in_state(anja, state)
    assert_refused(refusals.NoMandateToLift, factories.block(anna), Account.objects.get(pk=anja.pk))


def test_what_is_lifted_cannot_be_lifted_again(anja, blocked):
    lift(blocked, anja)
    assert assert_refused(refusals.AlreadyLifted, blocked, anja).status == 409


def test_the_third_lift_within_a_day_goes_to_support(anja, sanne, anna):
    for _ in range(2):
        lift(factories.block(anna), anja)
    third = factories.block(anna)
    assert_refused(refusals.LiftBudgetSpent, third, anja)
    assert lifted_by_support(third, sanne).lifted_by == sanne


def test_lifts_of_more_than_a_day_ago_do_not_count(anja, anna):
    two_days_ago = timezone.now() - timedelta(days=2)
    for _ in range(2):
        block = factories.block(anna, opened_at=two_days_ago)
        lift_block(
            block,
            by=by(anja),
            at=two_days_ago,
            channel=LiftChannel.USER_ADMINISTRATION,
            reason=LiftReason.OTHER,
        )
    assert lift(factories.block(anna), anja).lifted_by == anja


class TestSupport:
    def test_lifts_a_password_block_for_the_contact_person(self, sanne, blocked):
        lifted = lifted_by_support(blocked, sanne)
        assert (lifted.lift_caller, lifted.lift_channel) == (CallerRole.CONTACT_PERSON, LiftChannel.PHONE)

    def test_lifts_for_the_user_only_when_the_contact_person_is_absent(self, sanne, blocked):
        case = checked(a_case(blocked, sanne, HOLDER), sanne)
        with pytest.raises(refusals.AbsenceNotStated):
            granted(case, sanne)
        assert AuditEvent.objects.filter(slug="account:block_lift:refused").count() == 1
        granted(case, sanne, states_absence=True)
        assert Block.objects.get().lifted_by == sanne

    def test_lifts_the_pin_of_a_system_account_for_the_contact_person(self, sanne, noord_software):
        block = factories.block(noord_software, BlockReason.PIN)
        assert lifted_by_support(block, sanne).lifted_by == sanne

    def test_tells_the_contact_persons_by_message_box(self, sanne, anja, anna, blocked):
        lifted_by_support(blocked, sanne)
        assert Message.objects.filter(kind="blocking:block_lifted", about=anna).count() == 1

    @pytest.mark.parametrize("channel", [LiftChannel.PHONE, LiftChannel.EMAIL, LiftChannel.PORTAL])
    def test_does_not_lift_without_a_case(self, sanne, blocked, channel):
        caller = Caller(CallerRole.CONTACT_PERSON, is_checked=True)
        assert_refused(refusals.CaseRequired, blocked, sanne, channel=channel, caller=caller)

    def test_never_lifts_the_own_block_but_that_of_a_colleague(self, sanne, teun):
        own = factories.block(sanne)
        with pytest.raises(refusals.OwnCase):
            a_case_of_supports_own(own, sanne)
        assert lifted_by_support(own, teun, NOBODY, channel=CaseChannel.PORTAL).lifted_by == teun

    def test_is_not_somebody_who_only_says_so(self, anja, blocked):
        assert_refused(refusals.NotSupport, blocked, anja, channel=LiftChannel.PHONE)


def refused_by_the_database():
    return pytest.raises(DatabaseError)


def test_a_lifted_block_never_changes_again(anja, blocked):
    lift(blocked, anja)
    with refused_by_the_database(), transaction.atomic():
        Block.objects.update(lift_note="herschreven")


def test_a_block_is_never_deleted(blocked):
    with refused_by_the_database(), transaction.atomic():
        Block.objects.filter(pk=blocked.pk).delete()


def test_one_account_has_one_open_block_per_reason(anna, blocked):
    with refused_by_the_database(), transaction.atomic():
        factories.block(anna)
