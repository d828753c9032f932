"""Contact persons and Support link a second factor at their first sign-in; before that they get nowhere."""

import re
from base64 import b32decode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import MandateRank
from accounts.models import AuditEvent, OneTimeCodeDevice, RecoveryCode
from accounts.policy.factors import code_of_step, step_at
from blocking.models import Budget
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import SIGN_IN, sign_in

pytestmark = pytest.mark.django_db

LINK = "/mijn-account/tweede-factor/"
CODES = f"{LINK}herstelcodes/"


@pytest.fixture
def new_contact_person(noord):
    person = factories.account(noord, "Nieuw Contact")
    factories.mandate(person, MandateRank.FIRST)
    return person


@pytest.fixture
def new_support():
    return factories.account(None, "Nieuw Support")


def shown_key(page):
    return b32decode(re.findall(r'data-vp-copy="([A-Z2-7 ]+)"', page.text)[0].replace(" ", ""))


def right_code(page):
    return code_of_step(shown_key(page), step_at(timezone.now()))


def test_after_the_password_one_is_led_to_linking(new_contact_person):
    browser = Client()
    answer = browser.post(SIGN_IN, {"user_number": new_contact_person.user_number, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, LINK)
    page = browser.get(LINK)
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize("path", ["/", "/gebruikersbeheer/", "/berichtenbox/", "/mijn-account/", "/beheer/", CODES])
@pytest.mark.parametrize("who", ["new_contact_person", "new_support"])
def test_every_other_page_leads_to_linking(request, who, path):
    browser = sign_in(request.getfixturevalue(who))
    answer = browser.get(path)
    assert answer.status_code in {302, 303}
    assert answer["Location"].startswith(LINK)


@pytest.mark.parametrize("who", ["new_contact_person", "new_support"])
def test_the_menu_offers_only_what_opens_and_help_does(request, who):
    browser = sign_in(request.getfixturevalue(who))
    [menu] = re.findall(r'<nav class="vp-page-bar vp-navigation".*?</nav>', browser.get(LINK).text, re.DOTALL)
    assert re.findall(r'<a [^>]*href="([^"]+)"', menu) == ["/hulp/geblokkeerd/"]
    assert browser.get("/hulp/geblokkeerd/").status_code == 200
    assert "Uitloggen" in browser.get(LINK).text


def test_what_is_sent_elsewhere_does_nothing(new_contact_person, anna):
    block = factories.block(anna)
    browser = sign_in(new_contact_person)
    lift = f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/"
    answer = browser.post(lift, {"reason": "forgotten", "note": ""})
    assert (answer.status_code, answer["Location"]) == (303, LINK)
    block.refresh_from_db()
    assert block.is_open


def test_one_can_still_sign_out(new_contact_person):
    browser = sign_in(new_contact_person)
    assert browser.post("/uitloggen/")["Location"] == SIGN_IN


def test_a_right_code_links_the_app_shows_recovery_codes_and_lets_in(new_contact_person):
    browser = sign_in(new_contact_person)
    answer = browser.post(LINK, {"token": right_code(browser.get(LINK))})
    assert (answer.status_code, answer["Location"]) == (303, CODES)
    codes = re.findall(r"<li><span class=\"vp-number\">([0-9A-Z-]{29})</span></li>", browser.get(CODES).text)
    assert len(set(codes)) == 10
    assert RecoveryCode.objects.filter(belongs_to__user=new_contact_person, used_at=None).count() == 10
    assert browser.get("/gebruikersbeheer/").status_code == 200


def test_linking_completes_the_sign_in(new_contact_person):
    stranger = Client()
    for _ in range(3):
        stranger.post(SIGN_IN, {"user_number": new_contact_person.user_number, "password": WRONG_PASSWORD})
    browser = sign_in(new_contact_person)
    budget = Budget.objects.get(account=new_contact_person)
    assert budget.wrong == 3
    assert not AuditEvent.objects.filter(slug="account:sign_in:succeeded").exists()
    before = browser.session.session_key
    browser.post(LINK, {"token": right_code(browser.get(LINK))})
    budget.refresh_from_db()
    assert budget.wrong == 0
    assert AuditEvent.objects.filter(slug="account:sign_in:succeeded", account=new_contact_person).count() == 1
    assert browser.session.session_key != before


def test_it_is_in_the_log_and_told_by_mail(new_contact_person):
    browser = sign_in(new_contact_person)
    browser.post(LINK, {"token": right_code(browser.get(LINK))})
    assert AuditEvent.objects.get(slug="account:factor:added").account == new_contact_person
    assert Delivery.objects.get(template="factor_added").to_account == new_contact_person


def test_the_key_stays_while_one_tries_and_lies_nowhere_in_the_clear(new_contact_person):
    browser = sign_in(new_contact_person)
    page = browser.get(LINK)
    again = browser.post(LINK, {"token": "000000"})
    assert again.status_code == 200
    assert "Deze code klopt niet." in again.text
    assert shown_key(again) == shown_key(page)
    stored = str(dict(browser.session.items()))
    assert shown_key(page).hex() not in stored
    assert not OneTimeCodeDevice.objects.exists()


def test_the_key_of_one_is_not_the_key_of_another(new_contact_person, new_support):
    keys = {shown_key(sign_in(person).get(LINK)) for person in (new_contact_person, new_support)}
    assert len(keys) == 2


def test_pressing_twice_links_once(new_contact_person):
    browser = sign_in(new_contact_person)
    code = right_code(browser.get(LINK))
    browser.post(LINK, {"token": code})
    answer = browser.post(LINK, {"token": code})
    assert (answer.status_code, answer["Location"]) == (303, CODES)
    assert AuditEvent.objects.filter(slug="account:factor:added").count() == 1


def test_afterwards_one_arrives_where_one_was_going(new_contact_person):
    browser = Client()
    fields = {"user_number": new_contact_person.user_number, "password": PASSWORD, "next": "/berichtenbox/"}
    way = browser.post(SIGN_IN, fields)["Location"]
    assert way == f"{LINK}?next=/berichtenbox/"
    fields = {"token": right_code(browser.get(way)), "next": "/berichtenbox/"}
    assert browser.post(LINK, fields)["Location"] == f"{CODES}?next=/berichtenbox/"
    assert browser.post(f"{CODES}bewaard/", {"next": "/berichtenbox/"})["Location"] == "/berichtenbox/"


def test_who_becomes_contact_person_while_signed_in_links_first(anna):
    browser = sign_in(anna)
    assert browser.get("/mijn-account/").status_code == 200
    factories.mandate(anna, MandateRank.FIRST)
    assert browser.get("/gebruikersbeheer/")["Location"] == f"{LINK}?next=/gebruikersbeheer/"


def test_who_showed_only_a_password_and_has_a_factor_shows_it_first(anja):
    from accounts.choices import Means  # noqa: PLC0415
    from tests.fixtures_signing_in import showed  # noqa: PLC0415

    browser = Client()
    browser.force_login(anja)
    showed(browser, Means.PASSWORD)
    answer = browser.get("/gebruikersbeheer/")
    assert answer["Location"] == "/bevestigen/?next=/gebruikersbeheer/"


def test_a_user_is_let_in_without_and_may_link_one(anna):
    browser = sign_in(anna)
    assert browser.get("/mijn-account/").status_code == 200
    page = browser.get(LINK)
    assert "U kiest zelf of u dit wilt." in page.text
    assert browser.post(LINK, {"token": right_code(page)})["Location"] == CODES
    assert OneTimeCodeDevice.objects.filter(user=anna).exists()
