"""Five wrong entries open the block; what counts, what does not, and what starts afresh."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import AccountState, Secret
from accounts.models import AuditEvent
from accounts.services import complete_sign_in, issue_pin, set_password
from blocking.choices import BlockReason, Door
from blocking.models import Attempt, Block, Budget, Tally
from blocking.models.counting import STRANGERS
from blocking.services import Typed, check_secret, counting
from blocking.services.counting import Entry
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN, by

pytestmark = pytest.mark.django_db


def enter_password(account, password=WRONG_PASSWORD, at=None):
    typed = Typed(Door.SIGN_IN, account.user_number, password)
    return check_secret(typed, by=by(), at=at or timezone.now())


def enter_pin(account, pin=WRONG_PIN, at=None):
    typed = Typed(Door.FORGOTTEN_PASSWORD, account.user_number, pin)
    return check_secret(typed, by=by(), at=at or timezone.now())


def open_reasons(account):
    return list(Block.objects.open().filter(account=account).values_list("reason", flat=True))


def test_the_right_password_is_let_in_and_costs_nothing(anna):
    assert enter_password(anna, PASSWORD) == anna
    assert Budget.objects.get(account=anna).taken == 0


def test_four_wrong_passwords_do_not_block_and_the_fifth_does(anna):
    for _ in range(4):
        assert enter_password(anna) is None
    assert open_reasons(anna) == []
    enter_password(anna)
    assert open_reasons(anna) == [BlockReason.PASSWORD]


def test_while_blocked_the_right_password_is_refused_unseen_and_nothing_counts(anna, counted):
    for _ in range(5):
        enter_password(anna)
    before = counted("password")
    assert enter_password(anna, PASSWORD) is None
    assert enter_password(anna) is None
    assert counted("password") == before
    assert Budget.objects.get(account=anna).wrong == 5
    assert Tally.objects.get(account=anna).wrong == 5


def test_five_wrong_pins_block_the_pin_and_the_password_with_it(anna):
    for _ in range(5):
        assert enter_pin(anna) is None
    assert open_reasons(anna) == [BlockReason.PIN]
    assert enter_pin(anna, PIN) is None
    assert enter_password(anna, PASSWORD) is None


def test_a_password_block_does_not_refuse_the_pin(anna):
    for _ in range(5):
        enter_password(anna)
    assert enter_pin(anna, PIN) == anna


def test_passwords_and_pins_are_counted_apart(anna):
    for _ in range(4):
        enter_password(anna)
        enter_pin(anna)
    assert open_reasons(anna) == []


@pytest.mark.parametrize("variant", [PASSWORD.upper(), f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.title()])
def test_a_password_is_compared_exactly(anna, variant):
    assert enter_password(anna, variant) is None


@pytest.mark.parametrize("variant", [PIN.lower(), PIN.upper(), f" {PIN}", f"{PIN} "])
def test_a_pin_is_compared_exactly(anna, variant):
    assert enter_pin(anna, variant) is None


def test_completing_a_sign_in_gives_five_fresh_attempts(anna):
    for _ in range(4):
        enter_password(anna)
    assert enter_password(anna, PASSWORD) == anna
    complete_sign_in(anna, by=by(anna), at=timezone.now())
    for _ in range(4):
        enter_password(anna)
    assert open_reasons(anna) == []


def test_a_right_password_alone_gives_back_its_attempt_but_resets_nothing(anna):
    for _ in range(4):
        enter_password(anna)
    assert enter_password(anna, PASSWORD) == anna
    enter_password(anna)
    assert open_reasons(anna) == [BlockReason.PASSWORD]


def test_time_alone_never_resets_a_count(anna):
    long_ago = timezone.now() - timedelta(days=3650)
    for _ in range(4):
        enter_password(anna, at=long_ago)
    enter_password(anna)
    assert open_reasons(anna) == [BlockReason.PASSWORD]


def test_spaces_in_the_number_lead_to_the_same_count(anna):
    number = anna.user_number
    for typed in (number, f" {number}", f"{number[:4]} {number[4:]}", f"{number} ", number):
        check_secret(Typed(Door.SIGN_IN, typed, WRONG_PASSWORD), by=by(), at=timezone.now())
    assert open_reasons(anna) == [BlockReason.PASSWORD]


def test_text_that_is_nobody_creates_no_rows(db):
    check_secret(Typed(Door.SIGN_IN, "00000000000000", WRONG_PASSWORD), by=by(), at=timezone.now())
    assert not Budget.objects.exists()
    assert not Attempt.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ACTIVE])
def test_an_account_that_is_not_active_is_refused_unseen(anna, state, counted):
    factories.put_in_state(anna, state)
    before = counted("password")
    assert enter_password(anna, PASSWORD) is None
    assert counted("password") == before


def test_a_system_account_never_comes_in_by_a_page(noord_software):
    assert enter_pin(noord_software, PIN) is None
    assert not Attempt.objects.exists()


def test_a_crash_between_taking_and_settling_costs_one_attempt_and_blocks_nobody(anna):
    crashed_at = timezone.now() - timedelta(minutes=5)
    leave_unsettled(anna, 1, at=crashed_at)
    for _ in range(4):
        enter_password(anna)
    assert open_reasons(anna) == []
    assert enter_password(anna, PASSWORD) is None  # none left: the crashed one counts as wrong now
    assert open_reasons(anna) == [BlockReason.PASSWORD]
    assert Block.objects.get().evidence_count == 5


def test_while_five_are_taken_and_not_all_settled_a_sixth_is_refused_without_a_block(anna, counted):
    leave_unsettled(anna, 5, at=timezone.now())
    before = counted("password")
    assert enter_password(anna, PASSWORD) is None
    assert open_reasons(anna) == []
    assert counted("password") == before


def test_a_late_answer_after_a_reset_changes_nothing(anna):
    late = leave_unsettled(anna, 1, at=timezone.now())
    complete_sign_in(anna, by=by(anna), at=timezone.now())
    counting.settle_wrong(late, entry_of(anna))
    counting.give_back(late, entry_of(anna))
    budget = Budget.objects.get(account=anna)
    assert (budget.taken, budget.wrong) == (0, 0)


def test_an_answer_settles_its_attempt_only_once(anna):
    attempt = leave_unsettled(anna, 1, at=timezone.now())
    for _ in range(3):
        counting.settle_wrong(attempt, entry_of(anna))
        counting.give_back(attempt, entry_of(anna))
    budget = Budget.objects.get(account=anna)
    assert (budget.taken, budget.wrong) == (1, 1)


def test_opening_a_block_keeps_the_evidence_and_is_audited(anna):
    for _ in range(5):
        enter_password(anna)
    block = Block.objects.get()
    assert (block.evidence_count, block.source_address, block.user_agent) == (5, "192.0.2.1", "tests")
    slugs = list(AuditEvent.objects.filter(account=anna).order_by("id").values_list("slug", flat=True))
    assert slugs.count("account:password:failed") == 5
    assert slugs[-1] == "account:block:opened"


def test_a_hash_of_other_parameters_is_renewed_when_the_secret_is_right(anna, settings):
    before = anna.password
    settings.PORTAL_ARGON2_PASSES = 2
    assert enter_password(anna, PASSWORD) == anna
    anna.refresh_from_db()
    assert anna.password != before
    assert enter_password(anna, PASSWORD) == anna


class TestTheCumulativeCap:
    @pytest.fixture(autouse=True)
    def _a_cap_of_seven(self, settings):
        settings.PORTAL_CUMULATIVE_CAP = 7

    def wrong_entries(self, account, number):
        for _ in range(number):
            enter_password(account)
            complete_sign_in(account, by=by(account), at=timezone.now())

    def test_at_the_cap_the_right_password_is_refused_like_a_wrong_one(self, anna, counted):
        self.wrong_entries(anna, 6)
        assert enter_password(anna, PASSWORD) == anna
        self.wrong_entries(anna, 1)
        before = counted("password")
        assert enter_password(anna, PASSWORD) is None
        assert counted("password") == before
        assert Tally.objects.get(account=anna).voided_at is not None
        assert open_reasons(anna) == []

    def test_the_void_is_told_once(self, anna):
        self.wrong_entries(anna, 9)
        assert AuditEvent.objects.filter(slug="account:password:voided").count() == 1

    def test_a_new_password_is_the_way_out(self, anna):
        self.wrong_entries(anna, 7)
        set_password(anna, new_password=PASSWORD, by=by(anna), at=timezone.now())
        assert enter_password(anna, PASSWORD) == anna

    def test_a_new_pin_leaves_the_password_void(self, anna):
        self.wrong_entries(anna, 7)
        issue_pin(anna, by=by(), at=timezone.now())
        assert enter_password(anna, PASSWORD) is None

    def test_attempts_that_crashed_count_towards_it(self, anna):
        leave_unsettled(anna, 4, at=timezone.now() - timedelta(hours=1))
        complete_sign_in(anna, by=by(anna), at=timezone.now())
        self.wrong_entries(anna, 3)
        assert enter_password(anna, PASSWORD) is None
        assert Tally.objects.get(account=anna).voided_at is not None


def entry_of(account):
    return Entry(account, Secret.PASSWORD, STRANGERS, Door.SIGN_IN, by(), timezone.now())


def leave_unsettled(account, number, *, at):
    """Attempts taken by a process that died before it settled them."""
    return [counting.reserve(replace(entry_of(account), at=at)) for _ in range(number)][-1]
