"""Two acts at the same moment: each counts as if they had come one after the other."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from accounts.refusals import Refusal
from accounts.services import finish_removals, remove_account, undo_removal
from tests.accounts.removing import at_once, removed_by
from tests.factories import by

pytestmark = pytest.mark.django_db(transaction=True)


def states(*accounts):
    return [Account.objects.get(pk=account.pk).state for account in accounts]


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_contact_persons_who_remove_each_other_one_is_refused(anja, bram, attempt):
    at = timezone.now()
    answers = at_once(
        partial(remove_account, bram, by=by(anja), at=at), partial(remove_account, anja, by=by(bram), at=at)
    )
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    assert sorted(states(anja, bram)) == [AccountState.ACTIVE, AccountState.REMOVAL_PENDING]


def test_of_two_who_remove_somebody_one_is_told_that_the_other_was_first(anja, bram, anna):
    at = timezone.now()
    answers = at_once(*[partial(remove_account, anna, by=by(each), at=at) for each in (anja, bram)])
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["removal_pending_already"]
    assert AuditEvent.objects.filter(slug="account:removal:asked").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_undoing_and_making_final_exactly_one_wins(anja, anna, attempt):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    final_at = at + timedelta(minutes=30)
    # The clock of who undoes it is a little behind.
    undone, finished = at_once(
        partial(undo_removal, anna, by=by(anja), at=final_at - timedelta(seconds=1)),
        partial(finish_removals, at=final_at),
    )
    (state,) = states(anna)
    if isinstance(undone, Refusal):
        assert (finished, state) == (1, AccountState.REMOVED)
    else:
        assert (finished, state) == (0, AccountState.ACTIVE)


def test_of_many_workers_one_makes_it_final(anja, anna):
    removed_by(anna, anja, at=timezone.now() - timedelta(hours=1))
    assert sum(at_once(*[partial(finish_removals, at=timezone.now())] * 4)) == 1
    assert AuditEvent.objects.filter(slug="account:account:removed").count() == 1
