"""Every page of Gebruikersbeheer is for who holds a live mandate of that organisation, at this very moment."""

import pytest
from django.test import Client

from accounts.choices import MandateRank
from accounts.models import Mandate
from blocking.choices import BlockReason
from tests import factories
from tests.desk.conftest import BULK, LIST, account_address, is_open, lift_address, refusals, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(anna, blocked):
    """Each page as (method, address), for Anna of Noord."""
    return [
        ("get", LIST),
        ("get", account_address(anna)),
        ("get", lift_address(blocked)),
        ("post", lift_address(blocked)),
        ("post", BULK),
    ]


def answers(browser, pages):
    said = {"reason": "forgotten"}
    return [getattr(browser, method)(address, said if method == "post" else None) for method, address in pages]


def test_a_stranger_goes_to_the_sign_in_page(pages):
    for answer in answers(Client(), pages):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/inloggen/?next=/gebruikersbeheer/")


def test_a_user_without_a_mandate_is_refused_and_it_is_written_down(signed_in, anna, pages, blocked):
    for answer in answers(signed_in(anna), pages):
        assert answer.status_code == 403
        assert "contactpersoon" in text_of(answer)
    assert is_open(blocked)
    assert [event.parameters["code"] for event in refusals("account:page:refused")] == ["no_live_mandate"] * len(pages)


def test_support_has_no_mandate_either(signed_in, sanne, pages):
    assert {answer.status_code for answer in answers(signed_in(sanne), pages)} == {403}


def test_a_mandate_that_ended_a_second_ago_gives_nothing(signed_in, anja, pages, blocked):
    browser = signed_in(anja)
    assert browser.get(LIST).status_code == 200

    Mandate.objects.filter(account=anja).update(valid_until=factories.a_moment_ago(seconds=1))

    assert {answer.status_code for answer in answers(browser, pages)} == {403}
    assert is_open(blocked)


def test_a_mandate_that_begins_tomorrow_gives_nothing_yet(signed_in, noord, pages):
    deputy = factories.account(noord, "Dolf Deputy")
    tomorrow, next_week = factories.a_moment_ago(days=-1), factories.a_moment_ago(days=-7)
    factories.mandate(deputy, MandateRank.DEPUTY, valid_from=tomorrow, valid_until=next_week)

    assert {answer.status_code for answer in answers(signed_in(deputy), pages)} == {403}


def test_every_rank_has_the_same_rights(signed_in, noord, bram, blocked):
    deputy = factories.account(noord, "Dolf Deputy")
    factories.mandate(deputy, MandateRank.DEPUTY, valid_until=factories.a_moment_ago(days=-7))

    for person in (bram, deputy):
        assert signed_in(person).get(lift_address(blocked)).status_code == 200


def test_a_pgb_provider_has_no_user_administration_at_all(signed_in, dirk, pgb):
    own = factories.account(pgb, "Petra Pgb")
    pages = [("get", LIST), ("get", account_address(own)), ("get", lift_address(factories.block(own))), ("post", BULK)]

    for answer in answers(signed_in(dirk), pages):
        assert answer.status_code == 403
        assert "PGB-aanbieder" in text_of(answer)
    assert [event.parameters["code"] for event in refusals("account:page:refused")] == ["pgb_provider"] * len(pages)


def test_a_pgb_provider_is_not_sent_to_pages_that_it_does_not_have(signed_in, dirk):
    browser = signed_in(dirk)

    for address in (LIST, "/mijn-account/"):
        page = browser.get(address).content.decode()
        assert f'href="{LIST}"' not in page
        assert 'href="/berichtenbox/"' not in page


class TestChrisOfAnotherOrganisation:
    def test_sees_nobody_of_noord_in_the_list(self, signed_in, chris, blocked):
        page = signed_in(chris).get(LIST)

        assert page.status_code == 200
        assert "Anna" not in text_of(page)
        assert "0 van 1 gebruiker geblokkeerd" in text_of(page)

    @pytest.mark.parametrize("question", ["q=Anna", "q={number}", "status=blocked", "reason=password", "page={id}"])
    def test_finds_nobody_of_noord_whatever_is_asked(self, signed_in, chris, anna, blocked, question):
        asked = question.format(number=anna.user_number, id=anna.public_id)

        assert anna.name not in text_of(signed_in(chris).get(f"{LIST}?{asked}"))

    def test_does_not_find_annas_page_and_it_is_written_down(self, signed_in, chris, anna, zuid):
        page = signed_in(chris).get(account_address(anna))

        assert page.status_code == 404
        assert "Anna" not in text_of(page)
        [refusal] = refusals("account:page:refused")
        assert refusal.parameters == {"code": "not_your_organisation"}
        assert (refusal.actor, refusal.on_behalf_of, refusal.account) == (chris, zuid, anna)

    def test_gets_the_same_page_for_an_account_that_nobody_has(self, signed_in, chris, anna):
        browser = signed_in(chris)
        there = browser.get(account_address(anna))
        nowhere = browser.get("/gebruikersbeheer/accounts/00000000-0000-4000-8000-000000000000/")

        assert (there.status_code, text_of(there)) == (nowhere.status_code, text_of(nowhere)) != (200, "")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_does_not_find_the_block_by_its_id(self, signed_in, chris, blocked, method):
        page = getattr(signed_in(chris), method)(lift_address(blocked), {"reason": "forgotten"})

        assert page.status_code == 404
        assert "Anna" not in text_of(page)
        assert is_open(blocked)
        [refusal] = refusals("account:block_lift:refused")
        assert refusal.parameters == {"code": "not_your_organisation"}

    def test_does_not_learn_of_a_support_block_either(self, signed_in, chris, anna):
        page = signed_in(chris).get(lift_address(factories.block(anna, BlockReason.SUPPORT)))

        assert page.status_code == 404
        assert "Support heft" not in text_of(page)


def test_a_session_that_support_blocked_ends_here_too(signed_in, anja):
    browser = signed_in(anja)
    factories.block(anja, BlockReason.SUPPORT)

    assert browser.get(LIST).status_code == 302
