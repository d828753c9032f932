"""Support writes down who rang: both numbers must be of one account, or the case is good for nothing."""

import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.choices import Outcome
from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CaseChannel
from blocking.models import SupportCase
from blocking.services import Quoted, open_case
from tests import factories
from tests.cases import CONTACT_PERSON, a_case, a_case_of_supports_own, granted
from tests.factories import by

pytestmark = pytest.mark.django_db


def rung(support, quoted, **how):
    chosen: dict[str, Any] = {"caller": CONTACT_PERSON, "channel": CaseChannel.PHONE} | how
    return open_case(quoted=quoted, by=by(support), at=timezone.now(), **chosen)


def test_numbers_that_match_name_the_account_and_who_opened_it_handles_it(sanne, anna, noord):
    case = rung(sanne, Quoted.of(anna))
    assert re.fullmatch(r"S-20\d\d-\d{6}", case.number)
    assert (case.account, case.organisation, case.assignee, case.opened_by) == (anna, noord, sanne, sanne)
    assert AuditEvent.objects.get(slug="account:case:recorded").account == anna


def test_every_case_has_a_number_of_its_own(sanne, anna):
    assert rung(sanne, Quoted.of(anna)).number != rung(sanne, Quoted.of(anna)).number


def test_the_only_open_block_is_the_one_it_is_about(sanne, anna):
    block = factories.block(anna)
    assert rung(sanne, Quoted.of(anna)).block == block


def test_of_two_open_blocks_none_is_chosen_unless_it_was_opened_for_one(sanne, anna):
    factories.block(anna)
    pin = factories.block(anna, BlockReason.PIN)
    assert rung(sanne, Quoted.of(anna)).block is None
    assert a_case(pin, sanne).block == pin


def test_a_block_that_a_case_is_about_already_is_not_taken(sanne, teun, anna):
    block = factories.block(anna)
    first = a_case(block, sanne)
    assert first.block == block
    assert a_case(block, teun).block is None


def mismatched(anna, chris):
    right, foreign = Quoted.of(anna), Quoted.of(chris)
    return [
        Quoted(foreign.agb_code, right.user_number),
        Quoted(right.agb_code, foreign.user_number),
        Quoted("00000000", right.user_number),
        Quoted(right.agb_code, "99999999999999"),
        Quoted("", right.user_number),
    ]


@pytest.mark.parametrize("which", range(5))
def test_numbers_that_do_not_match_make_a_case_without_account_and_are_in_the_log(sanne, anna, chris, which):
    quoted = mismatched(anna, chris)[which]
    case = rung(sanne, quoted)
    assert (case.account, case.organisation, case.block) == (None, None, None)
    assert (case.quoted_agb_code, case.quoted_user_number) == (quoted.agb_code, quoted.user_number)
    event = AuditEvent.objects.get(slug="account:case:mismatched")
    assert event.outcome == Outcome.REFUSED
    assert quoted.user_number not in str(event.parameters)


def test_the_mismatch_is_told_on_whose_number_was_said(sanne, anna):
    rung(sanne, Quoted("00000000", anna.user_number))
    assert AuditEvent.objects.get(slug="account:case:mismatched").account == anna


def test_a_case_without_account_is_never_granted(sanne, anna):
    factories.block(anna)
    case = rung(sanne, Quoted("00000000", anna.user_number))
    with pytest.raises(refusals.NumbersDoNotMatch):
        granted(case, sanne)
    assert AuditEvent.objects.get(slug="account:case_act:refused").parameters == {"code": "numbers_do_not_match"}


def test_numbers_of_another_account_than_the_block_it_was_opened_for_do_not_match(sanne, anna, anja):
    block = factories.block(anna)
    assert a_case(block, sanne, quoted=Quoted.of(anja)).account is None


def test_a_removed_account_matches_nobody(sanne, anna):
    anna.state = "removed"
    anna.save(update_fields=["state"])
    assert rung(sanne, Quoted.of(anna)).account is None


def test_a_colleague_at_support_has_no_agb_code(sanne, teun):
    block = factories.block(teun)
    case = a_case_of_supports_own(block, sanne)
    assert (case.account, case.block, case.organisation) == (teun, block, None)


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_only_support_opens_cases_for_others(request, anna, who):
    with pytest.raises(refusals.NotSupportsCase):
        rung(request.getfixturevalue(who), Quoted.of(anna))
    assert not SupportCase.objects.exists()
    assert AuditEvent.objects.get(slug="account:case_act:refused").parameters == {"code": "not_support"}


def test_nobody_of_support_opens_a_case_about_the_own_account(sanne):
    with pytest.raises(refusals.OwnCase):
        a_case_of_supports_own(factories.block(sanne), sanne)
