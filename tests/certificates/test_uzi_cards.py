"""A UZI card is linked by who holds it, one each, and lets in beside the password like one's own certificate."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import IdentityCheck, Means
from accounts.models import AuditEvent
from accounts.services import reset_factors
from certificates.models import UziCard
from messagebox.models import Delivery
from tests import factories
from tests.certificates.conftest import as_pem, parsed
from tests.certificates.proxied import PROXY, browser_with, shows
from tests.certificates.uzi_cards import UziAuthority
from tests.factories import PASSWORD, by
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR, showed
from tests.second_factors import with_app

pytestmark = pytest.mark.django_db

PAGE = "/mijn-account/uzi-pas/"
UNLINK = f"{PAGE}ontkoppelen/"
REGISTER = UziAuthority()


@pytest.fixture(autouse=True)
def register_file(settings, tmp_path):
    path = tmp_path / "uzi.pem"
    path.write_bytes(as_pem(REGISTER.certificate))
    settings.PORTAL_TRUSTED_PROXIES = PROXY
    settings.PORTAL_CERTIFICATE_SIGN_IN = "second_factor"
    settings.PORTAL_UZI_AUTHORITIES = path
    return path


def seated(account, certificate=None):
    browser = browser_with(certificate)
    browser.force_login(account)
    return browser


def linked(account, certificate=None):
    browser = seated(account, certificate or REGISTER.issues())
    assert browser.post(PAGE)["Location"] == PAGE
    return browser


class TestLinking:
    def test_the_card_in_the_reader_is_linked_told_and_written_down(self, anna):
        browser = seated(anna, REGISTER.issues())
        assert "Deze UZI-pas koppelen" in browser.get(PAGE).text
        browser.post(PAGE)
        card = UziCard.objects.get()
        assert (card.account, card.uzi_number, card.card_type, card.subscriber_number) == (
            anna,
            "900012345",
            "Z",
            "90000111",
        )
        assert "900012345" in browser.get(PAGE).text
        assert "900012345" in browser.get("/mijn-account/").text
        assert AuditEvent.objects.get(slug="account:uzi_card:linked").parameters == {"number": "900012345"}
        delivery = Delivery.objects.get(template="factor_added", to_account=anna)
        assert delivery.parameters["means"] == "certificate"

    def test_without_a_card_there_is_no_button(self, anna):
        page = seated(anna).get(PAGE).text
        assert "Uw browser toont nu geen certificaat." in page
        assert "Deze UZI-pas koppelen" not in page

    @pytest.mark.parametrize("card_type", ["M", "S"])
    def test_a_card_without_a_name_hears_so(self, anna, card_type):
        answer = seated(anna, REGISTER.issues(card_type=card_type)).post(PAGE)
        assert answer.status_code == 200
        assert "staat niet op naam" in answer.text
        assert not UziCard.objects.exists()
        assert AuditEvent.objects.get(slug="account:uzi_card_link:refused").parameters["code"] == "card_unnamed"

    def test_an_employees_card_by_name_is_fine(self, anna):
        linked(anna, REGISTER.issues(card_type="N"))

    @pytest.mark.parametrize("what", ["stranger", "expired", "expired authority", "no authority", "own", "nothing"])
    def test_what_is_no_valid_card_of_the_register(self, anna, install, register_file, what):
        past = timezone.now() - timedelta(days=1)
        if what == "expired authority":
            authority = UziAuthority(ends_at=past)
            register_file.write_bytes(as_pem(authority.certificate))
        else:
            authority = UziAuthority(is_authority=what != "no authority")
        if what == "no authority":
            register_file.write_bytes(as_pem(authority.certificate))
        shown = {
            "expired": lambda: REGISTER.issues(ends_at=past),
            "own": lambda: parsed(install(anna)),
            "nothing": lambda: None,
        }.get(what, authority.issues)()
        answer = seated(anna, shown).post(PAGE)
        assert answer.status_code == 200
        assert "De UZI-pas is niet gekoppeld" in answer.text
        assert not UziCard.objects.exists()

    def test_one_account_per_card(self, anna, noord):
        linked(anna)
        colleague = factories.account(noord, "Cor Collega")
        answer = seated(colleague, REGISTER.issues()).post(PAGE)
        assert "al aan een ander account gekoppeld" in answer.text
        assert anna.name not in answer.text
        assert UziCard.objects.get().account == anna

    def test_one_card_per_account(self, anna):
        linked(anna)
        answer = seated(anna, REGISTER.issues(uzi_number="900099999")).post(PAGE)
        assert "al een UZI-pas aan uw account gekoppeld" in answer.text
        assert UziCard.objects.get().uzi_number == "900012345"

    def test_a_factor_is_asked_of_who_has_one(self, anna):
        with_app(anna)
        browser = seated(anna, REGISTER.issues())
        showed(browser, Means.PASSWORD)
        assert browser.post(PAGE)["Location"].startswith("/bevestigen/")
        assert not UziCard.objects.exists()

    def test_past_the_proxy_nothing_is_linked(self, anna):
        browser = browser_with(REGISTER.issues(), proxy="192.0.2.81")
        browser.force_login(anna)
        assert "De UZI-pas is niet gekoppeld" in browser.post(PAGE).text

    @pytest.mark.parametrize(
        ("name", "value"), [("PORTAL_UZI_AUTHORITIES", None), ("PORTAL_CERTIFICATE_SIGN_IN", "off")]
    )
    def test_where_no_cards_are_taken_there_is_no_page(self, settings, anna, name, value):
        setattr(settings, name, value)
        assert seated(anna, REGISTER.issues()).get(PAGE).status_code == 404
        assert "UZI-pas" not in seated(anna).get("/mijn-account/").text

    def test_a_file_that_cannot_be_read_knows_no_card(self, anna, register_file):
        register_file.write_text("geen certificaat")
        assert seated(anna, REGISTER.issues()).post(PAGE).status_code == 200
        register_file.unlink()
        assert seated(anna, REGISTER.issues()).post(PAGE).status_code == 200
        assert not UziCard.objects.exists()

    def test_strangers_sign_in_first(self):
        assert Client().get(PAGE)["Location"].startswith(SIGN_IN)


class TestWhoReadsOfIt:
    def test_the_copy_of_ones_data_has_it(self, anna):
        browser = linked(anna)
        told = json.loads(browser.post("/mijn-account/gegevens/").content)
        assert told["uzi_pas"]["uzi_nummer"] == "900012345"

    def test_support_sees_which_card_is_whose(self, anna, sanne):
        linked(anna)
        page = seated(sanne).get("/beheer/certificates/uzicard/").text
        assert "900012345" in page
        assert anna.name in page

    @pytest.mark.parametrize("who", ["anja", "chris"])
    def test_a_contact_person_has_no_such_list(self, anna, request, who):
        linked(anna)
        assert seated(request.getfixturevalue(who)).get("/beheer/certificates/uzicard/").status_code == 403


class TestUnlinking:
    def test_it_asks_first_and_then_it_is_gone(self, anna):
        browser = linked(anna)
        assert "ontkoppelen?" in browser.get(UNLINK).text
        assert UziCard.objects.exists()
        assert browser.post(UNLINK)["Location"] == "/mijn-account/"
        assert not UziCard.objects.exists()
        assert AuditEvent.objects.filter(slug="account:uzi_card:unlinked", account=anna).count() == 1
        assert Delivery.objects.filter(template="factor_removed", to_account=anna).count() == 1
        assert browser.post(UNLINK).status_code == 404

    def test_chris_reaches_nobodys(self, anna, chris):
        linked(anna)
        assert seated(chris).post(UNLINK).status_code == 404
        assert UziCard.objects.get().account == anna

    def test_supports_reset_takes_it_too(self, anna, sanne):
        with_app(anna)
        linked(anna)
        reset_factors(anna, check=IdentityCheck.CALL_BACK, reason="kwijt", by=by(sanne), at=timezone.now())
        assert not UziCard.objects.exists()

    def test_what_was_unlinked_is_linked_to_somebody_else(self, anna, noord):
        linked(anna).post(UNLINK)
        linked(factories.account(noord, "Cor Collega"))


class TestSigningIn:
    def enters(self, account, certificate):
        browser = browser_with(certificate)
        browser.post(SIGN_IN, {"user_number": account.user_number, "password": PASSWORD})
        return browser, browser.post(SIGN_IN_FACTOR, {"means": "certificate"})

    def test_the_card_and_the_password_let_in(self, anna):
        linked(anna)
        browser, answer = self.enters(anna, REGISTER.issues())
        assert answer["Location"] == "/"
        assert [proof["means"] for proof in browser.session["proofs"]] == ["password", "certificate"]

    def test_somebody_elses_card_says_nothing(self, anna):
        linked(anna)
        _, answer = self.enters(anna, REGISTER.issues(uzi_number="900099999"))
        assert "niet herkend" in answer.text

    def test_a_card_that_is_not_linked_says_the_same(self, anna):
        _, answer = self.enters(anna, REGISTER.issues())
        assert "niet herkend" in answer.text

    def test_a_number_that_another_authority_wrote_is_nobodys(self, anna):
        linked(anna)
        _, answer = self.enters(anna, UziAuthority().issues())
        assert "niet herkend" in answer.text

    def test_an_expired_card(self, anna):
        linked(anna)
        _, answer = self.enters(anna, REGISTER.issues(ends_at=timezone.now() - timedelta(days=1)))
        assert answer.status_code == 200

    def test_after_unlinking_it_is_worth_nothing(self, anna):
        browser = linked(anna)
        shows(browser, None)
        browser.post(UNLINK)
        assert self.enters(anna, REGISTER.issues())[1].status_code == 200
