"""Who may do what with a support case, ground by ground. Pure: no database."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from blocking.policy import (
    CallerFacts,
    CaseFacts,
    Lifter,
    may_ask,
    may_choose,
    may_file,
    may_grant,
    may_handle,
    may_take,
    may_withdraw,
    suits,
)
from blocking.refusals import case_refusal_of
from blocking.verdicts import CASE_SENTENCES, CaseCode, CaseVerdict, LiftCode, Verdict
from blocking.windows import AMSTERDAM

NOORD, ZUID = 1, 2
ANJA = Lifter(account_id=10, mandate_of=NOORD)
BRAM = Lifter(account_id=11, mandate_of=NOORD)
CHRIS = Lifter(account_id=20, mandate_of=ZUID)
SANNE = Lifter(account_id=30, is_support=True)
TEUN = Lifter(account_id=31, is_support=True)
CASE = CaseFacts(is_open=True, assignee_id=30, account_id=12, organisation_id=NOORD, has_block=True)
FILED = replace(CASE, assignee_id=None, filed_by_id=10)

GROUNDS = [
    (may_take, SANNE, replace(CASE, assignee_id=31), CaseCode.ALLOWED),
    (may_take, ANJA, CASE, CaseCode.NOT_SUPPORT),
    (may_take, SANNE, replace(CASE, account_id=30), CaseCode.OWN_CASE),
    (may_take, SANNE, replace(CASE, is_open=False), CaseCode.CASE_CLOSED),
    (may_take, SANNE, replace(CASE, is_as_seen=False), CaseCode.CASE_CHANGED),
    (may_handle, SANNE, CASE, CaseCode.ALLOWED),
    (may_handle, TEUN, CASE, CaseCode.NOT_ASSIGNEE),
    (may_handle, SANNE, FILED, CaseCode.NOT_ASSIGNEE),
    (may_handle, SANNE, replace(CASE, account_id=None), CaseCode.ALLOWED),
    (may_choose, SANNE, CASE, CaseCode.ALLOWED),
    (may_choose, SANNE, replace(CASE, account_id=None), CaseCode.NUMBERS_DO_NOT_MATCH),
    (may_choose, TEUN, CASE, CaseCode.NOT_ASSIGNEE),
    (may_grant, SANNE, CASE, CaseCode.ALLOWED),
    (may_grant, SANNE, replace(CASE, has_block=False), CaseCode.NO_BLOCK_CHOSEN),
    (may_grant, SANNE, replace(CASE, account_id=None), CaseCode.NUMBERS_DO_NOT_MATCH),
    (may_grant, TEUN, CASE, CaseCode.NOT_ASSIGNEE),
    (may_grant, SANNE, replace(CASE, is_as_seen=False), CaseCode.CASE_CHANGED),
    (may_withdraw, ANJA, FILED, CaseCode.ALLOWED),
    (may_withdraw, BRAM, FILED, CaseCode.ALLOWED),
    (may_withdraw, BRAM, replace(FILED, filed_by_id=None), CaseCode.NOT_FILED_BY_YOU),
    (may_withdraw, CHRIS, FILED, CaseCode.NOT_YOUR_ORGANISATION),
    (may_withdraw, Lifter(account_id=10), FILED, CaseCode.NO_LIVE_MANDATE),
    (may_withdraw, ANJA, replace(FILED, is_open=False), CaseCode.CASE_CLOSED),
    (may_withdraw, SANNE, CASE, CaseCode.ALLOWED),
    (may_withdraw, TEUN, CASE, CaseCode.NOT_ASSIGNEE),
]


@pytest.mark.parametrize(
    ("has_mandate", "is_blocked", "code"),
    [
        (True, False, CaseCode.ALLOWED),
        (False, False, CaseCode.CALLER_HAS_NO_MANDATE),
        (True, True, CaseCode.CALLER_BLOCKED),
        (False, True, CaseCode.CALLER_HAS_NO_MANDATE),
    ],
)
def test_who_asks_may_still_ask_when_it_is_granted(has_mandate, is_blocked, code):
    assert may_ask(CallerFacts(has_mandate, is_blocked)).code == code


@pytest.mark.parametrize(("may", "person", "case", "code"), GROUNDS)
def test_the_grounds_on_which_an_act_on_a_case_is_refused(may, person, case, code):
    assert may(person, case).code == code


@pytest.mark.parametrize("code", LiftCode)
def test_support_is_asked_for_what_a_contact_person_does_not_lift(code):
    for_support = {
        LiftCode.SYSTEM_ACCOUNT,
        LiftCode.ONLY_SUPPORT_MAY_LIFT,
        LiftCode.OWN_ACCOUNT,
        LiftCode.LIFT_BUDGET_SPENT,
    }
    assert may_file(Verdict(code)) == (code in for_support)


AT = datetime(2026, 10, 24, 15, 0, tzinfo=AMSTERDAM)  # the clocks go back in the night that follows


@pytest.mark.parametrize(
    ("queries", "until", "does"),
    [
        (1, AT + timedelta(seconds=1), True),
        (1_000_000, datetime(2026, 10, 31, tzinfo=AMSTERDAM), True),
        (0, AT + timedelta(hours=1), False),
        (1_000_001, AT + timedelta(hours=1), False),
        (10, AT, False),
        (10, AT - timedelta(hours=1), False),
        (10, datetime(2026, 10, 31, 0, 1, tzinfo=AMSTERDAM), False),
    ],
)
def test_an_allowance_has_a_number_and_an_end_within_a_week(queries, until, does):
    assert suits(queries=queries, until=until, at=AT) == does


def test_every_refusing_code_has_a_sentence_and_an_exception_of_its_own():
    refusing = set(CaseCode) - {CaseCode.ALLOWED}
    assert set(CASE_SENTENCES) == set(CaseCode)
    assert {case_refusal_of(CaseVerdict(code)).code for code in refusing} == {code.value for code in refusing}
