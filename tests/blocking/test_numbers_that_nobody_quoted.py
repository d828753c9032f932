"""A case that Support opened of its own accord quotes no numbers; for a quota block somebody must quote them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason
from blocking.services import CallerSaid, Quoted, choose_block
from tests import factories
from tests.cases import HOLDER, a_case_of_supports_own, checked, granted
from tests.factories import by

pytestmark = pytest.mark.django_db

NUMBERS = ("quoted_agb_code", "quoted_user_number")


@pytest.fixture
def case(anna, sanne):
    """About a block of Support itself, for which nobody asked."""
    return a_case_of_supports_own(factories.block(anna, BlockReason.SUPPORT), sanne)


def chosen(case, support, block, quoted=None):
    return choose_block(case, block=block, quoted=quoted, by=by(support), at=timezone.now(), seen=case.as_seen)


def quotes(case):
    return case.quoted_agb_code, case.quoted_user_number


def test_it_quotes_nothing_and_is_about_the_account(case, anna):
    assert quotes(case) == ("", "")
    assert case.account == anna


@pytest.mark.parametrize("number", [None, "", "20000000000017"])
def test_a_quota_block_is_not_chosen_without_the_right_numbers(sanne, anna, case, quota_block, number):
    quoted = None if number is None else Quoted(anna.organisation.agb_code, number)
    with pytest.raises(refusals.NumbersDoNotMatch):
        chosen(case, sanne, quota_block, quoted)
    case.refresh_from_db()
    assert case.block != quota_block
    assert AuditEvent.objects.filter(slug="account:case_act:refused", outcome="refused").count() == 1


def test_not_after_somebody_was_checked_either(sanne, case, quota_block):
    case = checked(case, sanne, spoken_to=CallerSaid(HOLDER.role, HOLDER.name))
    with pytest.raises(refusals.NumbersDoNotMatch):
        chosen(case, sanne, quota_block)


def test_with_them_it_goes_the_whole_way(sanne, anna, case, quota_block):
    case = chosen(case, sanne, quota_block, Quoted.of(anna))
    assert quotes(case) == (anna.organisation.agb_code, anna.user_number)
    assert granted(checked(case, sanne, spoken_to=HOLDER), sanne).state == "granted"


def test_a_block_for_which_nobody_quotes_is_chosen_without(sanne, anna, case):
    pin = factories.block(anna, BlockReason.PIN)
    assert chosen(case, sanne, pin).block == pin


@pytest.fixture
def page(client, sanne, case):
    client.force_login(sanne)
    return reverse("admin:blocking_supportcase_blokkade", args=[case.pk])


def test_the_page_asks_for_them(client, page, case, anna, quota_block):
    assert set(NUMBERS) <= set(client.get(page).context["form"].fields)
    typed = {"seen": case.as_seen, "block": quota_block.pk}
    answer = client.post(page, typed)
    assert set(answer.context["form"].errors) == set(NUMBERS)
    assert "Vul de AGB-code in die de beller noemt." in answer.text
    wrong = client.post(page, typed | {"quoted_agb_code": "99999999", "quoted_user_number": anna.user_number})
    assert wrong.status_code == 403
    assert set(wrong.context["form"].errors) == {"quoted_user_number"}
    number = anna.user_number
    right = {"quoted_agb_code": anna.organisation.agb_code, "quoted_user_number": f"{number[:7]} {number[7:]}"}
    assert client.post(page, typed | right).status_code == 303
    case.refresh_from_db()
    assert case.block == quota_block


def test_the_page_asks_nothing_where_no_block_wants_them(client, page, anna):
    factories.block(anna, BlockReason.PIN)
    assert not set(NUMBERS) & set(client.get(page).context["form"].fields)


def test_beside_another_block_they_may_stay_empty(client, page, case, anna, quota_block):
    pin = factories.block(anna, BlockReason.PIN)
    assert client.post(page, {"seen": case.as_seen, "block": pin.pk}).status_code == 303
