"""The table of behaviour.md, section 5, row by row, and every ground for refusal. Pure: no database."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.choices import AccountKind
from blocking.choices import BlockReason, CallerRole, LiftChannel
from blocking.policy import LIFTERS, BlockFacts, Caller, Lifter, contact_person_lifts, may_lift
from blocking.refusals import refusal_of
from blocking.verdicts import SENTENCES, LiftCode, Verdict

NOORD, ZUID = 1, 2
ANJA = Lifter(account_id=10, mandate_of=NOORD)
CHRIS = Lifter(account_id=20, mandate_of=ZUID)
SANNE = Lifter(account_id=30, is_support=True)
PERSONAL, SYSTEM = AccountKind.PERSONAL, AccountKind.SYSTEM
NUMBERS: dict[str, Any] = {"quoted_agb_code": "01234567", "quoted_user_number": "20001000001131"}
BY_CONTACT_PERSON = Caller(CallerRole.CONTACT_PERSON, is_checked=True, **NUMBERS)
BY_HOLDER = Caller(CallerRole.ACCOUNT_HOLDER, is_checked=True, **NUMBERS)
BY_HOLDER_ALONE = replace(BY_HOLDER, states_absence=True)


def block(reason=BlockReason.PASSWORD, kind=PERSONAL, **facts):
    known: dict[str, Any] = {
        "account_id": 11,
        "organisation_id": NOORD,
        "agb_code": "01234567",
        "user_number": "20001000001131",
    }
    return BlockFacts(reason=reason, kind=kind, **known | facts)


def in_user_administration(lifter, facts):
    return may_lift(lifter, facts, None, LiftChannel.USER_ADMINISTRATION, lift_budget=2).code


def by_support(lifter, facts, caller):
    return may_lift(lifter, facts, caller, LiftChannel.PHONE, lift_budget=2, in_case=True).code


CONTACT_PERSON_ROWS = [
    (BlockReason.PASSWORD, PERSONAL, LiftCode.ALLOWED),
    (BlockReason.PIN, PERSONAL, LiftCode.ALLOWED),
    (BlockReason.PIN, SYSTEM, LiftCode.SYSTEM_ACCOUNT),
    (BlockReason.QUOTA, PERSONAL, LiftCode.ONLY_SUPPORT_MAY_LIFT),
    (BlockReason.QUOTA, SYSTEM, LiftCode.SYSTEM_ACCOUNT),
    (BlockReason.SUPPORT, PERSONAL, LiftCode.ONLY_SUPPORT_MAY_LIFT),
    (BlockReason.SUPPORT, SYSTEM, LiftCode.SYSTEM_ACCOUNT),
]


@pytest.mark.parametrize(("reason", "kind", "code"), CONTACT_PERSON_ROWS)
def test_what_the_contact_person_lifts(reason, kind, code):
    assert in_user_administration(ANJA, block(reason, kind)) == code


SUPPORT_ROWS = [
    (BlockReason.PASSWORD, PERSONAL, BY_CONTACT_PERSON, LiftCode.ALLOWED),
    (BlockReason.PASSWORD, PERSONAL, BY_HOLDER_ALONE, LiftCode.ALLOWED),
    (BlockReason.PASSWORD, PERSONAL, BY_HOLDER, LiftCode.ABSENCE_NOT_STATED),
    (BlockReason.PASSWORD, PERSONAL, None, LiftCode.CALLER_REQUIRED),
    (BlockReason.PIN, PERSONAL, BY_CONTACT_PERSON, LiftCode.ALLOWED),
    (BlockReason.PIN, PERSONAL, BY_HOLDER_ALONE, LiftCode.CALLER_NOT_ENTITLED),
    (BlockReason.PIN, SYSTEM, BY_CONTACT_PERSON, LiftCode.ALLOWED),
    (BlockReason.PIN, SYSTEM, BY_HOLDER_ALONE, LiftCode.CALLER_NOT_ENTITLED),
    (BlockReason.QUOTA, PERSONAL, BY_CONTACT_PERSON, LiftCode.ALLOWED),
    (BlockReason.QUOTA, PERSONAL, BY_HOLDER, LiftCode.ALLOWED),
    (BlockReason.QUOTA, SYSTEM, BY_CONTACT_PERSON, LiftCode.ALLOWED),
    (BlockReason.QUOTA, SYSTEM, BY_HOLDER, LiftCode.CALLER_NOT_ENTITLED),
    (BlockReason.SUPPORT, PERSONAL, None, LiftCode.ALLOWED),
    (BlockReason.SUPPORT, SYSTEM, None, LiftCode.ALLOWED),
]


@pytest.mark.parametrize(("reason", "kind", "caller", "code"), SUPPORT_ROWS)
def test_what_support_lifts_and_on_whose_request(reason, kind, caller, code):
    assert by_support(SANNE, block(reason, kind), caller) == code


@pytest.mark.parametrize(("reason", "kind", "caller", "code"), SUPPORT_ROWS)
def test_support_lifts_nothing_without_a_case(reason, kind, caller, code):
    verdict = may_lift(SANNE, block(reason, kind), caller, LiftChannel.PHONE, lift_budget=2)
    assert verdict.code == LiftCode.CASE_REQUIRED


@pytest.mark.parametrize(("reason", "kind", "caller", "code"), SUPPORT_ROWS)
def test_a_caller_whom_nobody_checked_gets_nothing_unless_nobody_is_asked(reason, kind, caller, code):
    unchecked = replace(caller, is_checked=False) if caller else None
    expected = LiftCode.CALLER_NOT_CHECKED if caller and code == LiftCode.ALLOWED else code
    assert by_support(SANNE, block(reason, kind), unchecked) == expected


@pytest.mark.parametrize(("reason", "kind"), LIFTERS)
def test_support_as_its_own_caller_lifts_only_what_nobody_need_ask_for(reason, kind):
    itself = Caller(CallerRole.SUPPORT, **NUMBERS)
    expected = LiftCode.ALLOWED if reason == BlockReason.SUPPORT else LiftCode.CALLER_NOT_ENTITLED
    assert by_support(SANNE, block(reason, kind), itself) == expected


@pytest.mark.parametrize("wrong", [{"quoted_agb_code": "01234568"}, {"quoted_user_number": ""}])
def test_a_quota_lift_wants_the_numbers_of_that_very_account(wrong):
    caller = replace(BY_CONTACT_PERSON, **wrong)
    assert by_support(SANNE, block(BlockReason.QUOTA), caller) == LiftCode.QUOTES_DO_NOT_MATCH


def test_support_lifts_for_a_pgb_provider_and_its_contact_person_does_not():
    pgb = block(is_pgb_provider=True)
    assert in_user_administration(ANJA, pgb) == LiftCode.PGB_PROVIDER
    assert by_support(SANNE, pgb, BY_CONTACT_PERSON) == LiftCode.ALLOWED


@pytest.mark.parametrize(("reason", "kind", "code"), CONTACT_PERSON_ROWS)
def test_what_is_told_about_who_lifts_is_what_the_verdict_will_be(reason, kind, code):
    assert contact_person_lifts(reason, kind, is_pgb_provider=False) == (code == LiftCode.ALLOWED)
    assert not contact_person_lifts(reason, kind, is_pgb_provider=True)


GROUNDS = [
    (Lifter(account_id=10), block(), LiftCode.NO_LIVE_MANDATE),
    (CHRIS, block(), LiftCode.NOT_YOUR_ORGANISATION),
    (CHRIS, block(is_open=False), LiftCode.NOT_YOUR_ORGANISATION),
    (ANJA, block(is_open=False), LiftCode.ALREADY_LIFTED),
    (ANJA, block(account_id=10), LiftCode.OWN_ACCOUNT),
    (ANJA, block(BlockReason.QUOTA, account_id=10), LiftCode.ONLY_SUPPORT_MAY_LIFT),
    (ANJA, block(recent_lifts=1), LiftCode.ALLOWED),
    (ANJA, block(recent_lifts=2), LiftCode.LIFT_BUDGET_SPENT),
    (SANNE, block(), LiftCode.NO_LIVE_MANDATE),
    (Lifter(account_id=10), block(organisation_id=None), LiftCode.NO_LIVE_MANDATE),
]


@pytest.mark.parametrize(("lifter", "facts", "code"), GROUNDS)
def test_the_grounds_on_which_user_administration_refuses(lifter, facts, code):
    assert in_user_administration(lifter, facts) == code


def test_support_refuses_its_own_block_a_closed_one_and_somebody_who_is_not_support():
    colleague = block(organisation_id=None)
    assert by_support(SANNE, colleague, None) == LiftCode.ALLOWED
    assert by_support(SANNE, replace(colleague, account_id=30), None) == LiftCode.OWN_ACCOUNT
    assert by_support(SANNE, block(is_open=False), BY_CONTACT_PERSON) == LiftCode.ALREADY_LIFTED
    assert by_support(ANJA, block(), BY_CONTACT_PERSON) == LiftCode.NOT_SUPPORT


def test_every_reason_has_a_lifter_for_every_kind():
    assert set(LIFTERS) == {(reason, kind) for reason in BlockReason for kind in AccountKind}


def test_every_refusing_code_has_a_sentence_and_an_exception_of_its_own():
    refusing = set(LiftCode) - {LiftCode.ALLOWED}
    assert set(SENTENCES) == set(LiftCode)
    assert {refusal_of(Verdict(code)).code for code in refusing} == {code.value for code in refusing}
