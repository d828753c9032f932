"""Two people at one case, or two requests for one block, at the same moment: it happens once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.refusals import Refusal
from blocking import refusals
from blocking.choices import BlockReason
from blocking.models import Block, CallerCode, Probation, SupportCase
from blocking.services import check_caller_by_code, file_case, issue_caller_code, take_case
from messagebox.models import Message
from tests import factories
from tests.cases import a_case, checked, granted
from tests.factories import by

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """All start together, each on a connection of its own; what each gave back, or its refusal."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes.append(act())
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def refused(outcomes: list[object]) -> list[object]:
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def test_of_two_who_grant_at_once_one_does(sanne, quota_block):
    case = checked(a_case(quota_block, sanne), sanne)
    outcomes = at_once(*[lambda: granted(case, sanne)] * 4)
    assert [type(refusal) for refusal in refused(outcomes)] == [refusals.CaseClosed] * 3
    assert (Probation.objects.count(), Message.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(slug="account:case_act:refused").count() == 3


def test_of_two_who_take_it_at_once_one_has_it(sanne, teun, anja, quota_block):
    case = file_case(quota_block, by=by(anja), at=timezone.now())
    outcomes = at_once(
        *[lambda who=who: take_case(case, by=by(who), at=timezone.now(), seen=case.as_seen) for who in (sanne, teun)]
    )
    assert [type(refusal) for refusal in refused(outcomes)] == [refusals.CaseChanged]


def test_filing_at_once_makes_one_case(anja, bram, quota_block):
    outcomes = at_once(
        *[lambda who=who: file_case(quota_block, by=by(who), at=timezone.now()) for who in (anja, bram, anja, bram)]
    )
    assert SupportCase.objects.count() == 1
    assert set(outcomes) == {SupportCase.objects.get()}


def test_filing_while_support_opens_one_makes_one_case_about_the_block(anja, sanne, quota_block):
    at_once(lambda: file_case(quota_block, by=by(anja), at=timezone.now()), lambda: a_case(quota_block, sanne))
    assert SupportCase.objects.filter(block=quota_block).count() == 1


def test_filing_while_the_block_is_lifted_leaves_no_open_case(anja, sanne, quota_block):
    case = checked(a_case(quota_block, sanne), sanne)
    at_once(lambda: granted(case, sanne), lambda: file_case(quota_block, by=by(anja), at=timezone.now()))
    assert not Block.objects.open().exists()
    assert not SupportCase.objects.open().exists()


def test_a_code_checks_one_case_however_many_try_it_at_once(anja, noord, sanne, anna, quota_block):
    code = issue_caller_code(by=by(anja).acting_for(noord), at=timezone.now())
    cases = [a_case(quota_block, sanne), a_case(factories.block(anna, BlockReason.PIN), sanne)]
    outcomes = at_once(
        *[
            lambda case=case: check_caller_by_code(case, code=code, by=by(sanne), at=timezone.now(), seen=case.as_seen)
            for case in cases
        ]
    )
    assert [type(refusal) for refusal in refused(outcomes)] == [refusals.CallerCodeWrong]
    assert CallerCode.objects.get().used_at is not None
