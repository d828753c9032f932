"""A client certificate that a named proxy passes on: one's own counts beside the password, and never alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import MandateRank, Means
from accounts.models import AuditEvent
from blocking.choices import BlockReason
from certificates.authority import Holder, authority
from certificates.authority.files import kept_authority
from certificates.choices import RevocationReason
from certificates.models import Certificate
from certificates.services import register_certificate, revoke_certificate
from certificates.services.registering import keep
from tests import factories
from tests.certificates.conftest import kept, parsed
from tests.certificates.proxied import PROXY, browser_with, shows
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR, showed
from tests.gate.client_certificates import client_certificate
from tests.second_factors import code_for, with_app

pytestmark = pytest.mark.django_db

CERTIFICATE = {"means": "certificate"}
A_PAGE = "/mijn-account/"


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.PORTAL_TRUSTED_PROXIES = PROXY
    settings.PORTAL_CERTIFICATE_SIGN_IN = "second_factor"


@pytest.fixture
def together(settings):
    """The password and the certificate are shown at once."""
    settings.PORTAL_CERTIFICATE_SIGN_IN = "first_factor"


@pytest.fixture
def own(anna, install):
    return install(anna)


def gives_password(browser, account, password=PASSWORD):
    return browser.post(SIGN_IN, {"user_number": account.user_number, "password": password})


def is_in(browser):
    return browser.get(A_PAGE).status_code == 200


def presses(browser):
    return browser.post(SIGN_IN_FACTOR, CERTIFICATE)


def means_of(browser):
    return [proof["means"] for proof in browser.session["proofs"]]


def another_of(account, tmp_path, environment="test", at=None):
    """Signed by an authority that is not the portal's."""
    at = at or timezone.now()
    elsewhere = kept_authority(tmp_path / environment, environment=environment, base="https://elders.test", at=at)
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    holder = Holder(account.name, "Zorggroep Noord", uuid4())
    return elsewhere.issue(key, holder, valid_from=at, valid_until=at + timedelta(days=30))


class TestBesideThePassword:
    def test_the_second_factor_is_asked_and_the_certificate_is_one(self, anna, own):
        browser = browser_with(parsed(own))
        assert gives_password(browser, anna)["Location"] == SIGN_IN_FACTOR
        assert not is_in(browser)
        assert "Uw browser toont een certificaat." in browser.get(SIGN_IN_FACTOR).text
        assert presses(browser)["Location"] == "/"
        assert is_in(browser)
        assert means_of(browser) == ["password", "certificate"]
        event = AuditEvent.objects.get(slug="account:factor:accepted")
        assert (event.account, event.parameters) == (anna, {"means": "certificate", "door": "inloggen"})

    def test_who_has_an_app_chooses(self, anna, own):
        with_app(anna)
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        assert "Ik gebruik mijn certificaat" in browser.get(SIGN_IN_FACTOR).text
        assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anna)}).status_code == 303

    def test_a_contact_person_comes_in_with_it(self, anna, own):
        factories.mandate(anna, MandateRank.SECOND)
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        presses(browser)
        assert browser.get("/gebruikersbeheer/").status_code == 200

    def test_without_one_nothing_is_different(self, anna, anja):
        browser = browser_with(None)
        gives_password(browser, anna)
        assert is_in(browser)
        assert means_of(browser) == ["password"]
        other = browser_with(None)
        assert gives_password(other, anja)["Location"] == SIGN_IN_FACTOR
        assert "uw certificaat" not in other.get(SIGN_IN_FACTOR).text

    def test_it_has_to_come_with_the_very_request(self, anna, own):
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        shows(browser, None)
        assert presses(browser)["Location"] == SIGN_IN
        assert not is_in(browser)

    def test_pressing_without_one_is_told(self, anja):
        browser = browser_with(None)
        gives_password(browser, anja)
        answer = presses(browser)
        assert (answer.status_code, is_in(browser)) == (200, False)
        assert "geen certificaat dat wij kunnen lezen" in answer.text


class TestTogetherWithThePassword:
    def test_they_are_enough(self, together, anna, own):
        with_app(anna)
        Certificate.objects.update(vouched_at=timezone.now())
        browser = browser_with(parsed(own))
        assert gives_password(browser, anna)["Location"] == "/"
        assert is_in(browser)
        assert means_of(browser) == ["password", "certificate"]

    def test_never_without_the_password(self, together, anna, own):
        browser = browser_with(parsed(own))
        assert gives_password(browser, anna, WRONG_PASSWORD).status_code == 200
        assert not is_in(browser)
        assert not AuditEvent.objects.filter(slug="account:factor:accepted").exists()

    def test_a_bad_one_leads_to_the_second_factor(self, together, anna, own, tmp_path):
        with_app(anna)
        browser = browser_with(another_of(anna, tmp_path))
        assert gives_password(browser, anna)["Location"] == SIGN_IN_FACTOR
        assert not is_in(browser)

    def test_a_strangers_answer_is_the_same_with_and_without_one(self, together, anna, own):
        plain, shown = browser_with(None), browser_with(parsed(own))
        for account in (anna, None):
            number = account.user_number if account else "99999999999999"
            asked = {"user_number": number, "password": WRONG_PASSWORD}
            answers = [browser.post(SIGN_IN, asked) for browser in (plain, shown)]
            assert len({answer.text.partition("<main")[2].count("vp-alert") for answer in answers}) == 1
            assert [answer.status_code for answer in answers] == [200, 200]


class TestWhatIsNoFactor:
    @pytest.fixture
    def refused(self, anna):
        with_app(anna)

        def refusal(certificate):
            browser = browser_with(certificate)
            assert gives_password(browser, anna)["Location"] == SIGN_IN_FACTOR
            answer = presses(browser)
            assert answer.status_code == 200
            assert not is_in(browser)
            return answer.text, AuditEvent.objects.filter(slug="account:factor:failed").latest("pk").parameters["code"]

        return refusal

    def test_a_revoked_one(self, refused, own):
        revoke_certificate(kept(own), by=PORTAL, at=timezone.now(), reason=RevocationReason.KEY_COMPROMISE)
        text, code = refused(parsed(own))
        assert code == "not_in_force"
        assert "het is ingetrokken" in text

    def test_an_expired_one(self, refused, anna, install):
        text, code = refused(parsed(install(anna, at=timezone.now() - timedelta(days=731))))
        assert code == "not_in_force"
        assert "het is verlopen" in text

    def test_one_that_is_not_valid_yet(self, refused, own):
        Certificate.objects.update(valid_from=timezone.now() + timedelta(days=1))
        assert refused(parsed(own))[1] == "not_in_force"

    def test_one_that_ended_by_what_it_says_itself(self, refused, anna, install):
        ended = install(anna, at=timezone.now() - timedelta(days=731))
        Certificate.objects.update(valid_until=timezone.now() + timedelta(days=9))
        assert refused(parsed(ended))[1] == "not_issued_here"

    def test_a_colleagues_and_a_strangers_look_the_same(self, refused, noord, install):
        colleague = factories.account(noord, "Cor Collega")
        texts = [refused(parsed(install(colleague))), refused(client_certificate("vreemd").certificate)]
        assert {code for _, code in texts} == {"not_your_certificate"}
        assert all("Dit certificaat is niet herkend." in text for text, _ in texts)

    def test_one_of_the_account_that_another_authority_signed(self, refused, anna, tmp_path):
        elsewhere = client_certificate("Anna de Boer")
        register_certificate(anna, pem=elsewhere.pem, by=PORTAL, at=timezone.now())
        assert refused(elsewhere.certificate)[1] == "not_issued_here"

    def test_one_with_the_right_names_and_a_row_but_another_key_that_signed(self, refused, anna, own, tmp_path):
        forged = another_of(anna, tmp_path)
        keep(forged, anna, at=timezone.now(), authority=authority().name)
        assert refused(forged)[1] == "not_issued_here"

    @pytest.mark.parametrize(("environment", "called"), [("acceptance", "acceptatie"), ("production", "productie")])
    def test_one_of_another_environment_hears_so(self, refused, anna, tmp_path, environment, called):
        text, code = refused(another_of(anna, tmp_path, environment))
        assert code == "shown_of_another_environment"
        assert f"van de omgeving {called} en werkt hier niet" in text

    @pytest.mark.parametrize("header", ["x", ":AAAA:", ":" + "A" * 20_000 + ":", "::", ":é:", ":MII=:"])
    def test_what_is_no_certificate(self, anna, header):
        with_app(anna)
        browser = Client(REMOTE_ADDR=PROXY, HTTP_CLIENT_CERT=header)
        gives_password(browser, anna)
        answer = presses(browser)
        assert (answer.status_code, is_in(browser)) == (200, False)
        assert "geen certificaat dat wij kunnen lezen" in answer.text


class TestWhoIsBelieved:
    def test_from_who_is_no_named_proxy_it_is_dropped_and_written_down(self, together, anna, own):
        browser = browser_with(parsed(own), proxy="192.0.2.81")
        with_app(anna)
        assert gives_password(browser, anna)["Location"] == SIGN_IN_FACTOR
        assert presses(browser).status_code == 200
        assert not is_in(browser)
        assert AuditEvent.objects.get(slug="account:certificate:ignored").account == anna

    def test_strangers_write_nothing_with_it(self, anna, own):
        browser = browser_with(parsed(own), proxy="192.0.2.81")
        gives_password(browser, anna, WRONG_PASSWORD)
        assert not AuditEvent.objects.filter(slug="account:certificate:ignored").exists()

    @pytest.mark.parametrize("name", ["HTTP_X_FORWARDED_TLS_CLIENT_CERT", "HTTP_CLIENT_CERT_CHAIN"])
    def test_a_header_that_is_not_the_proxys_is_dropped(self, together, anna, own, name):
        written = browser_with(parsed(own)).defaults["HTTP_CLIENT_CERT"]
        browser = Client(REMOTE_ADDR=PROXY)
        browser.defaults[name] = written
        gives_password(browser, anna)
        assert means_of(browser) == ["password"]

    def test_where_it_is_off_nobody_looks(self, settings, anna, own):
        settings.PORTAL_CERTIFICATE_SIGN_IN = "off"
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        assert means_of(browser) == ["password"]

    @pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.SUPPORT, BlockReason.PIN])
    def test_a_block_still_refuses(self, together, anna, own, reason):
        factories.block(anna, reason)
        browser = browser_with(parsed(own))
        assert gives_password(browser, anna).status_code == 200
        assert not is_in(browser)

    def test_a_block_between_the_two_steps_refuses(self, anna, own):
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        factories.block(anna, BlockReason.SUPPORT)
        assert presses(browser)["Location"] == SIGN_IN


class TestConfirming:
    """Step-up: the certificate counts with the request that shows it, for as long as any factor does."""

    STEP_UP = "/mijn-account/gegevens/"

    @pytest.fixture
    def later(self, anna, own):
        browser = browser_with(parsed(own))
        gives_password(browser, anna)
        presses(browser)
        showed(browser, Means.PASSWORD, Means.CERTIFICATE, at=timezone.now() - timedelta(minutes=16))
        return browser

    def test_an_old_one_is_asked_anew(self, later):
        assert later.get(self.STEP_UP)["Location"].startswith("/bevestigen/")

    def test_and_shown_anew_it_counts(self, later):
        assert later.post("/bevestigen/", CERTIFICATE | {"next": self.STEP_UP})["Location"] == self.STEP_UP
        assert later.get(self.STEP_UP).status_code == 200

    def test_without_it_nothing_is_confirmed(self, later):
        shows(later, None)
        later.post("/bevestigen/", CERTIFICATE | {"next": self.STEP_UP})
        assert later.get(self.STEP_UP).status_code == 302

    def test_a_contact_person_without_an_app_is_asked_too(self, later, anna):
        factories.mandate(anna, MandateRank.SECOND)
        assert later.get(self.STEP_UP)["Location"].startswith("/bevestigen/")
