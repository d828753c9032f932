"""The address without a name, and one's own page."""

import pytest
from django.test import Client

from tests import factories
from tests.desk.conftest import lifted, text_of

pytestmark = pytest.mark.django_db


def landing(browser):
    answer = browser.get("/")
    assert answer.status_code == 302
    return answer["Location"]


def test_a_stranger_signs_in_first():
    assert landing(Client()) == "/inloggen/"


def test_everybody_goes_to_where_their_work_is(signed_in, anja, bram, sanne, anna):
    assert landing(signed_in(anja)) == "/gebruikersbeheer/"
    assert landing(signed_in(bram)) == "/gebruikersbeheer/"
    assert landing(signed_in(sanne)) == "/beheer/"
    assert landing(signed_in(anna)) == "/mijn-account/"


def test_a_pgb_provider_has_no_user_administration_to_go_to(signed_in, dirk):
    assert landing(signed_in(dirk)) == "/mijn-account/"


def test_who_was_contact_person_goes_where_users_go(signed_in, anja):
    anja.mandates.update(valid_until=factories.a_moment_ago(seconds=1))

    assert landing(signed_in(anja)) == "/mijn-account/"


class TestMyAccount:
    def test_is_for_who_is_signed_in(self):
        assert Client().get("/mijn-account/")["Location"] == "/inloggen/?next=/mijn-account/"

    def test_shows_ones_own_data(self, signed_in, anna, noord):
        page = text_of(signed_in(anna).get("/mijn-account/"))
        for told in (anna.name, anna.user_number, anna.email, noord.name, "Laatst ingelogd"):
            assert told in page

    def test_leads_out_and_to_a_new_password(self, signed_in, anna):
        page = signed_in(anna).get("/mijn-account/").content.decode()
        assert 'action="/uitloggen/"' in page
        assert 'href="/wachtwoord-vergeten/"' in page

    def test_names_who_can_help(self, signed_in, anna, anja, bram):
        page = text_of(signed_in(anna).get("/mijn-account/"))
        assert anja.name in page
        assert bram.name in page

    def test_a_contact_person_is_helped_by_the_other_one(self, signed_in, anja, bram):
        page = signed_in(anja).get("/mijn-account/")
        assert [person.name for person in page.context["contact_people"]] == [bram.name]

    def test_at_a_pgb_provider_support_helps(self, signed_in, dirk, settings):
        page = text_of(signed_in(dirk).get("/mijn-account/"))
        assert "Support heft een blokkade voor u op" in page
        assert settings.PORTAL_SUPPORT_PHONE in page

    def test_tells_what_happened_to_ones_account(self, signed_in, anja, anna):
        lifted(factories.block(anna), anja)
        page = text_of(signed_in(anna).get("/mijn-account/"))
        assert "Blokkade opgeheven: Wachtwoord geblokkeerd" in page
        assert "door Anja Visser" in page

    @pytest.mark.parametrize("who", ["sanne", "dirk", "anja"])
    def test_is_there_for_everybody(self, signed_in, request, who):
        assert signed_in(request.getfixturevalue(who)).get("/mijn-account/").status_code == 200

    def test_never_shows_a_secret(self, signed_in, anna):
        page = signed_in(anna).get("/mijn-account/").content.decode()
        assert "argon2" not in page
        assert factories.PIN not in page

    def test_is_only_looked_at(self, signed_in, anna):
        assert signed_in(anna).post("/mijn-account/").status_code == 405
