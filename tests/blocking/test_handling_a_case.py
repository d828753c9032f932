"""Two people never handle one case: taking, taking over and handing over are acts of their own."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CaseChannel
from blocking.services import (
    Quoted,
    choose_block,
    file_case,
    hand_over_case,
    open_case,
    refuse_case,
    take_case,
    withdraw_case,
)
from tests import factories
from tests.cases import CONTACT_PERSON, a_case, a_case_of_supports_own, checked, granted, lifted_by_support
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(anna, a_service):
    return factories.block(anna, BlockReason.QUOTA, service=a_service)


@pytest.fixture
def case(anja, block):
    return file_case(block, by=by(anja), at=timezone.now())


def done(act, case, person, **how):
    return act(case, by=by(person), at=timezone.now(), **{"seen": case.as_seen} | how)


def refused(refusal, act, case, person, **how):
    with pytest.raises(refusal) as caught:
        done(act, case, person, **how)
    event = AuditEvent.objects.filter(slug="account:case_act:refused").first()
    assert event is not None
    assert (event.actor, event.parameters) == (person, {"code": caught.value.code})
    return caught.value


def test_who_takes_it_handles_it(sanne, case):
    assert done(take_case, case, sanne).assignee == sanne
    assert AuditEvent.objects.filter(slug="account:case:taken", actor=sanne).count() == 1


def test_taking_twice_is_taking_once(sanne, case):
    done(take_case, done(take_case, case, sanne), sanne)
    assert AuditEvent.objects.filter(slug="account:case:taken").count() == 1


def test_who_looked_before_a_colleague_took_it_gets_409(sanne, teun, case):
    seen = case.as_seen
    done(take_case, case, sanne)
    assert refused(refusals.CaseChanged, take_case, case, teun, seen=seen, reason="ik ook").status == 409


def test_taking_over_wants_a_reason_and_is_in_the_log(sanne, teun, case):
    taken = done(take_case, case, sanne)
    refused(refusals.ReasonMissing, take_case, taken, teun)
    assert done(take_case, taken, teun, reason="Sanne is vrij").assignee == teun
    event = AuditEvent.objects.get(slug="account:case:taken_over")
    assert (event.parameters["previous"], event.parameters["remark"]) == ("Sanne Support", "Sanne is vrij")


@pytest.mark.parametrize("act", [refuse_case, withdraw_case, hand_over_case, choose_block])
def test_only_the_assignee_acts(sanne, teun, case, block, act):
    taken = done(take_case, case, sanne)
    how = {
        refuse_case: {"note": "nee"},
        withdraw_case: {"reason": "nee"},
        hand_over_case: {"to": teun, "reason": "nee"},
        choose_block: {"block": block},
    }
    assert refused(refusals.NotAssignee, act, taken, teun, **how[act]).status == 409


def test_nobody_decides_on_a_case_that_nobody_took(sanne, case):
    with pytest.raises(refusals.NotAssignee):
        granted(case, sanne)


def test_the_assignee_hands_it_over_to_a_colleague_or_back(sanne, teun, case):
    taken = done(take_case, case, sanne)
    handed = done(hand_over_case, taken, sanne, to=teun, reason="weet er meer van")
    assert handed.assignee == teun
    assert done(hand_over_case, handed, teun, to=None, reason="toch niet").assignee is None
    assert AuditEvent.objects.filter(slug="account:case:handed_over").count() == 2


@pytest.mark.parametrize("to", ["anja", "anna", "sanne"])
def test_it_goes_to_nobody_but_a_colleague(request, sanne, case, to):
    taken = done(take_case, case, sanne)
    refused(refusals.NoColleague, hand_over_case, taken, sanne, to=request.getfixturevalue(to), reason="hier")


def test_a_page_that_is_out_of_date_decides_nothing(sanne, teun, case):
    taken = done(take_case, case, sanne)
    handed = done(hand_over_case, taken, sanne, to=teun, reason="weet er meer van")
    assert refused(refusals.CaseChanged, refuse_case, handed, teun, seen=taken.as_seen, note="nee").status == 409


@pytest.mark.parametrize("act", [refuse_case, take_case, withdraw_case])
def test_what_is_decided_stays_decided(sanne, case, act):
    ended = done(refuse_case, done(take_case, case, sanne), sanne, note="de software is nog niet hersteld")
    how: dict[Any, dict[str, str]] = {
        refuse_case: {"note": "nog eens"},
        take_case: {},
        withdraw_case: {"reason": "nog eens"},
    }
    assert refused(refusals.CaseClosed, act, ended, sanne, **how[act]).status == 409


@pytest.mark.parametrize("who", ["anja", "chris", "anna"])
def test_only_support_takes_cases(request, case, who):
    assert refused(refusals.NotSupportsCase, take_case, case, request.getfixturevalue(who)).status == 403


def test_nobody_of_support_handles_a_case_about_the_own_account(sanne, teun):
    case = a_case_of_supports_own(factories.block(teun), sanne)
    refused(refusals.OwnCase, take_case, case, teun, reason="het is mijn account")


# --- which block it is about ---------------------------------------------------------------------


@pytest.fixture
def unchosen(sanne, anna):
    factories.block(anna)
    factories.block(anna, BlockReason.PIN)
    quoted = Quoted.of(anna)
    return open_case(quoted=quoted, caller=CONTACT_PERSON, channel=CaseChannel.PHONE, by=by(sanne), at=timezone.now())


def test_support_chooses_one_of_the_open_blocks(sanne, anna, unchosen):
    pin = anna.blocks.get(reason="pin")
    assert done(choose_block, unchosen, sanne, block=pin).block == pin


def test_a_block_of_somebody_else_is_not_chosen(sanne, anja, unchosen):
    assert refused(refusals.NotOfThisAccount, choose_block, unchosen, sanne, block=factories.block(anja)).status == 404


def test_a_lifted_block_is_not_chosen(sanne, teun, anna, unchosen):
    pin = lifted_by_support(anna.blocks.get(reason="pin"), teun)
    refused(refusals.NotOfThisAccount, choose_block, unchosen, sanne, block=pin)


def test_a_block_that_another_case_is_about_is_not_chosen(sanne, teun, anna, unchosen):
    pin = anna.blocks.get(reason="pin")
    a_case(pin, teun)
    assert refused(refusals.BlockHasACase, choose_block, unchosen, sanne, block=pin).status == 409


def test_without_a_block_nothing_is_granted(sanne, unchosen):
    with pytest.raises(refusals.NoBlockChosen):
        granted(checked(unchosen, sanne), sanne)
