"""The lock as a machine: whatever people do in whatever order, on the real database it stands where the rules say.

The rules are written down a second time here, as simply as they can be, and compared after every step.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.choices import Secret
from accounts.models import Account, Service
from accounts.services import complete_sign_in
from blocking import metrics
from blocking.choices import BlockReason, Door, LiftChannel, LiftReason
from blocking.models import Block, Budget, Tally
from blocking.models.counting import STRANGERS
from blocking.refusals import LiftRefused
from blocking.services import Typed, change_forgotten_password, check_secret, counting, lift_block, open_block
from blocking.services.counting import Entry
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN, by

LIMIT, CAP, LIFTS_A_DAY = 5, 8, 2
TIMEOUT = timedelta(seconds=30)
DOOR_OF = {Secret.PASSWORD: Door.SIGN_IN, Secret.PIN: Door.FORGOTTEN_PASSWORD}
BLOCK_OF = {Secret.PASSWORD: BlockReason.PASSWORD, Secret.PIN: BlockReason.PIN}
SHUT_BY = {
    Secret.PASSWORD: frozenset(BlockReason),
    Secret.PIN: frozenset({BlockReason.PIN, BlockReason.SUPPORT}),
}


@dataclass(frozen=True)
class Lost:
    """An attempt whose process died: it may still count in its round, and for the value that the secret had."""

    at: datetime
    in_round: bool = True
    of_this_value: bool = True


@dataclass
class Count:
    """What should be known of one secret."""

    wrong: int = 0
    since_set: int = 0
    is_void: bool = False
    lost: list[Lost] = field(default_factory=list)

    @property
    def has_one_left(self) -> bool:
        return self.taken < LIMIT and self.taken_since_set < CAP

    @property
    def taken(self) -> int:
        return self.wrong + sum(lost.in_round for lost in self.lost)

    @property
    def taken_since_set(self) -> int:
        return self.since_set + sum(lost.of_this_value for lost in self.lost)

    def start_afresh(self) -> None:
        self.wrong, self.lost = 0, [replace(lost, in_round=False) for lost in self.lost]

    def set_anew(self) -> None:
        self.since_set, self.is_void = 0, False
        self.lost = [replace(lost, of_this_value=False) for lost in self.lost]

    def lapse(self, at: datetime) -> None:
        late = [lost for lost in self.lost if lost.at <= at - TIMEOUT]
        self.lost = [lost for lost in self.lost if lost not in late]
        self.wrong += sum(lost.in_round for lost in late)
        self.since_set += sum(lost.of_this_value for lost in late)


class Lock(RuleBasedStateMachine):
    contact_person: ClassVar[Account]
    service: ClassVar[Service]

    @initialize()
    def an_account(self) -> None:
        self.now = timezone.now()
        self.account = factories.account(self.contact_person.organisation, "Iemand Anders")
        self.password, self.passwords_chosen = PASSWORD, 0
        self.counts = {secret: Count() for secret in Secret}
        self.open: set[BlockReason] = set()
        self.lifts: list[datetime] = []

    # -- what the rules say -------------------------------------------------------------------------------------------

    def is_shut(self, secret: Secret) -> bool:
        return bool(self.open & SHUT_BY[secret]) or self.counts[secret].is_void

    def expect_entry(self, secret: Secret, *, right: bool) -> bool:
        """Is it let in? And what should be counted afterwards."""
        count = self.counts[secret]
        if self.is_shut(secret):
            return False
        if not count.has_one_left:
            count.lapse(self.now)
        elif not right:
            count.wrong += 1
            count.since_set += 1
        else:
            return True
        if count.wrong >= LIMIT:
            self.open.add(BLOCK_OF[secret])
        count.is_void = count.is_void or count.since_set >= CAP
        return False

    def looks(self, secret: Secret) -> bool:
        return not self.is_shut(secret) and self.counts[secret].has_one_left

    def recent_lifts(self) -> int:
        return sum(lift > self.now - timedelta(hours=24) for lift in self.lifts)

    # -- what people do -----------------------------------------------------------------------------------------------

    def enter(self, secret: Secret, entered: str) -> Account | None:
        typed = Typed(DOOR_OF[secret], self.account.user_number, entered)
        return check_secret(typed, by=by(), at=self.now)

    @rule(completes=st.booleans())
    def right_password(self, completes: bool) -> None:
        looks, before = self.looks(Secret.PASSWORD), verified(Secret.PASSWORD)
        got_in = self.enter(Secret.PASSWORD, self.password)
        assert (got_in is not None) == self.expect_entry(Secret.PASSWORD, right=True) == looks
        assert verified(Secret.PASSWORD) - before == looks
        if got_in and completes:
            complete_sign_in(got_in, by=by(), at=self.now)
            self.counts[Secret.PASSWORD].start_afresh()

    @rule(secret=st.sampled_from(Secret), times=st.sampled_from([1, 4, 5, 6]))
    def wrong(self, secret: Secret, times: int) -> None:
        for _ in range(times):
            looks, before = self.looks(secret), verified(secret)
            assert self.enter(secret, WRONG_PIN if secret == Secret.PIN else WRONG_PASSWORD) is None
            assert verified(secret) - before == looks
            self.expect_entry(secret, right=False)

    @rule()
    def forgotten_password(self) -> None:
        self.passwords_chosen += 1
        new = f"zeven kleine geiten thuis {self.passwords_chosen}"
        looks, before = self.looks(Secret.PIN), verified(Secret.PIN)
        changed = change_forgotten_password(
            user_number=self.account.user_number, pin=PIN, new_password=new, by=by(), at=self.now
        )
        assert (changed is not None) == self.expect_entry(Secret.PIN, right=True) == looks
        assert verified(Secret.PIN) - before == looks
        if changed:
            self.password = new
            self.counts[Secret.PIN].start_afresh()
            self.counts[Secret.PASSWORD].set_anew()

    @rule(secret=st.sampled_from(Secret))
    def a_process_dies_with_an_attempt_in_hand(self, secret: Secret) -> None:
        if self.looks(secret):
            assert counting.reserve(Entry(self.account, secret, STRANGERS, DOOR_OF[secret], by(), self.now))
            self.counts[secret].lost.append(Lost(self.now))

    @precondition(lambda lock: lock.open)
    @rule(which=st.integers(0, len(BlockReason) - 1))
    def the_contact_person_lifts(self, which: int) -> None:
        reason = sorted(self.open)[which % len(self.open)]
        block = Block.objects.open().get(account=self.account, reason=reason)
        mine = reason in {BlockReason.PASSWORD, BlockReason.PIN} and self.recent_lifts() < LIFTS_A_DAY
        assert self.lifted(block) == mine
        if mine:
            self.open.remove(reason)
            self.lifts.append(self.now)
            self.counts[Secret(reason.value)].start_afresh()

    def lifted(self, block: Block) -> bool:
        channel, why = LiftChannel.USER_ADMINISTRATION, LiftReason.FORGOTTEN
        try:
            lift_block(block, by=by(self.contact_person), at=self.now, channel=channel, reason=why)
        except LiftRefused:
            return False
        return True

    @rule(reason=st.sampled_from([BlockReason.QUOTA, BlockReason.SUPPORT]))
    def another_block_is_opened(self, reason: BlockReason) -> None:
        service = self.service if reason == BlockReason.QUOTA else None
        opened = open_block(self.account, reason=reason, by=by(), at=self.now, service=service)
        assert (opened is not None) == (reason not in self.open)
        self.open.add(reason)

    @rule(passed=st.sampled_from([timedelta(seconds=1), TIMEOUT, timedelta(hours=25), timedelta(days=4000)]))
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    # -- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def the_blocks_are_as_the_rules_say_and_one_of_each(self) -> None:
        found = Block.objects.open().filter(account=self.account).values_list("reason", flat=True)
        assert sorted(found) == sorted(self.open)

    @invariant()
    def the_counts_are_as_the_rules_say_and_never_past_five(self) -> None:
        for secret, count in self.counts.items():
            budget = Budget.objects.filter(account=self.account, secret=secret).first()
            found = (budget.wrong, budget.taken) if budget else (0, 0)
            assert found == (count.wrong, count.taken)
            assert count.taken <= LIMIT

    @invariant()
    def what_was_guessed_since_the_secret_was_set_is_never_forgotten(self) -> None:
        for secret, count in self.counts.items():
            tally = Tally.objects.filter(account=self.account, secret=secret).first()
            found = (tally.wrong, tally.taken, tally.voided_at is not None) if tally else (0, 0, False)
            assert found == (count.since_set, count.taken_since_set, count.is_void)
            assert count.taken_since_set <= CAP


def verified(secret: Secret) -> float:
    return float(metrics.secret_verifications.labels(secret=secret.value)._value.get())


@pytest.mark.django_db
def test_the_lock_as_a_machine(anja, a_service, settings):
    settings.PORTAL_FAILURE_LIMIT, settings.PORTAL_CUMULATIVE_CAP = LIMIT, CAP
    settings.PORTAL_LIFT_BUDGET, settings.PORTAL_ATTEMPT_TIMEOUT_SECONDS = LIFTS_A_DAY, int(TIMEOUT.total_seconds())
    of_noord = type("LockOfNoord", (Lock,), {"contact_person": anja, "service": a_service})
    run_state_machine_as_test(of_noord, settings=BOUNDED)


# Some fifteen seconds. A failure is told as it was found: making it shorter (Phase.shrink) takes minutes.
BOUNDED = settings(
    max_examples=40,
    stateful_step_count=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
