"""What Support sees of an account that cannot get in: its open blocks, its void secrets, and the way out."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blocking.choices import BlockReason
from blocking.models import Tally
from tests import factories
from tests.cases import lifted_by_support

pytestmark = pytest.mark.django_db

VOID = {"password": "Wachtwoord vervallen", "pin": "Pincode vervallen"}


def void(account, secret):
    return Tally.objects.create(account=account, secret=secret, wrong=100, taken=100, voided_at=timezone.now())


def page_of(thing):
    return reverse(f"admin:accounts_{thing._meta.model_name}_change", args=[thing.pk])


def accounts(**asked):
    return reverse("admin:accounts_account_changelist", query=asked)


def blocks(**asked):
    return reverse("admin:blocking_block_changelist", query=asked)


def main(answer):
    return answer.text.split("<main")[1]


# --- void secrets --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("secret", "way_out"),
    [("password", "een nieuw wachtwoord met de pincode"), ("pin", "geeft een nieuwe pincode uit in Gebruikersbeheer")],
)
def test_a_void_secret_is_on_the_accounts_page_with_the_way_out(support, anna, secret, way_out):
    void(anna, secret)
    page = main(support.get(page_of(anna)))
    assert VOID[secret] in page
    assert way_out in page
    assert [sentence in page for sentence in VOID.values()].count(True) == 1


def test_a_secret_that_still_works_is_not_remarked_on(support, anna):
    Tally.objects.create(account=anna, secret="password", wrong=99, taken=99)
    assert "vervallen" not in main(support.get(page_of(anna)))


def test_the_list_of_accounts_names_what_is_void(support, anna, anja):
    void(anna, "password")
    rows = main(support.get(accounts())).split("<tr")
    assert VOID["password"] in next(row for row in rows if "Anna de Boer" in row)
    assert VOID["password"] not in next(row for row in rows if "Anja Visser" in row)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("1", {"anna", "bram"}), ("password", {"anna"}), ("pin", {"bram"}), ("", {"anna", "bram", "anja", "sanne"})],
)
def test_the_list_is_filtered_by_what_is_void(support, anna, bram, anja, sanne, wanted, found):
    void(anna, "password")
    void(bram, "pin")
    answer = support.get(accounts(ongeldig=wanted))
    assert {account.name.split()[0].lower() for account in answer.context["cl"].result_list} == found


@pytest.mark.parametrize("wanted", ["x", "9" * 400, "-1"])
def test_a_filter_that_is_not_there_filters_nothing(support, anna, wanted):
    assert support.get(accounts(ongeldig=wanted)).status_code == 200


# --- open blocks ---------------------------------------------------------------------------------


def test_an_open_block_is_on_the_accounts_page_with_the_way_to_it(support, anna):
    block = factories.block(anna, BlockReason.PIN)
    page = main(support.get(page_of(anna)))
    assert "Pincode geblokkeerd" in page
    assert reverse("admin:blocking_block_change", args=[block.pk]) in page


def test_the_list_of_accounts_names_what_is_open(support, anna, anja):
    factories.block(anna, BlockReason.PIN)
    rows = main(support.get(accounts())).split("<tr")
    assert "Pincode geblokkeerd" in next(row for row in rows if "Anna de Boer" in row)
    assert "Pincode geblokkeerd" not in next(row for row in rows if "Anja Visser" in row)


def test_the_list_costs_the_same_for_many(support, noord, django_assert_max_num_queries):
    for number in range(12):
        account = factories.account(noord, f"Persoon {number}", pin=None, password=None)
        factories.block(account, BlockReason.PIN)
        void(account, "pin")
    with django_assert_max_num_queries(6):  # session, who asks, count, page, blocks, secrets
        support.get(accounts())


# --- from one to the other -----------------------------------------------------------------------


def test_an_account_leads_to_its_own_blocks_open_and_lifted(support, anna, anja):
    own = factories.block(anna)
    factories.block(anja)
    assert blocks(account=anna.pk) in support.get(page_of(anna)).text
    assert set(support.get(blocks(account=anna.pk)).context["cl"].result_list) == {own}


def test_an_organisation_leads_to_the_blocks_of_its_accounts(support, noord, anna, chris):
    own = factories.block(anna)
    factories.block(chris)
    assert blocks(organisation=noord.pk) in support.get(page_of(noord)).text
    assert set(support.get(blocks(organisation=noord.pk)).context["cl"].result_list) == {own}


def test_a_block_shows_only_what_there_is_to_say(support, anna):
    page = main(support.get(reverse("admin:blocking_block_change", args=[factories.block(anna).pk])))
    assert "5 keer achter elkaar een verkeerd wachtwoord" in page
    for absent in ("Dienst:", "Opgeheven op", "Op verzoek van", "Toelichting"):
        assert absent not in page


def test_only_a_password_block_has_a_reach(support, anna):
    for reason, said in ((BlockReason.PASSWORD, True), (BlockReason.PIN, False)):
        block = factories.block(anna, reason)
        assert ("Bereik" in main(support.get(reverse("admin:blocking_block_change", args=[block.pk])))) == said


def test_a_lifted_block_shows_how_and_has_no_button(support, sanne, anna):
    block = lifted_by_support(factories.block(anna), sanne, note="teruggebeld")
    assert block.lift_case
    page = main(support.get(reverse("admin:blocking_block_change", args=[block.pk])))
    assert "Sanne Support" in page
    assert "teruggebeld" in page
    assert block.lift_case.number in page
    assert reverse("admin:blocking_supportcase_new") not in page


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_else_sees_any_of_it(client, request, anna, who):
    void(anna, "pin")
    client.force_login(request.getfixturevalue(who))
    for address in (page_of(anna), accounts(ongeldig="pin"), blocks(account=anna.pk)):
        assert client.get(address).status_code == 403
