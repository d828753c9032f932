"""Passkeys, beside the app: added with a fresh factor, used at both doors, worth nothing to anybody else."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import IdentityCheck, Means
from accounts.models import AuditEvent, OneTimeCodeDevice, Passkey
from accounts.services import reset_factors
from messagebox.models import Delivery
from tests.authenticators import Authenticator
from tests.factories import PASSWORD, by
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR, showed, sign_in

pytestmark = pytest.mark.django_db

OWN = "/mijn-account/tweede-factor/"
NEW = f"{OWN}passkeys/nieuw/"
WITH_PASSKEY = f"{SIGN_IN_FACTOR}?met=passkey"


@pytest.fixture
def laptop(settings):
    return Authenticator(settings.PORTAL_PUBLIC_URL)


def asked(page):
    return unescape(re.findall(r'data-vp-passkey-options="([^"]*)"', page.text)[0])


def adds(browser, authenticator, name="Laptop"):
    return browser.post(NEW, {"token": authenticator.makes(asked(browser.get(NEW))), "name": name})


def half_way(account):
    browser = Client()
    browser.post(SIGN_IN, {"user_number": account.user_number, "password": PASSWORD})
    return browser


def shows(browser, answer, address=SIGN_IN_FACTOR):
    return browser.post(address, {"token": answer, "means": "passkey"})


@pytest.fixture
def hers(anja, laptop):
    """Anja, signed in, with a passkey on her laptop."""
    browser = sign_in(anja)
    assert adds(browser, laptop).status_code == 303
    return browser


def is_refused(answer):
    return answer.status_code == 200 and "Deze passkey is niet herkend." in answer.text


def test_a_passkey_is_added_listed_in_the_log_and_told_by_mail(hers, anja):
    assert "Laptop" in hers.get(OWN).text
    assert AuditEvent.objects.get(slug="account:factor:added").parameters == {"means": "passkey"}
    assert Delivery.objects.get(template="factor_added").parameters["means"] == "passkey"


def test_it_signs_in(hers, anja, laptop):
    browser = half_way(anja)
    answer = shows(browser, laptop.signs(asked(browser.get(WITH_PASSKEY))))
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert browser.get("/gebruikersbeheer/").status_code == 200
    assert [proof["means"] for proof in browser.session["proofs"]] == ["password", "passkey"]
    assert Passkey.objects.get().last_used_at is not None


def test_it_confirms(hers, anja, laptop):
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(hours=1))
    assert hers.get(NEW).status_code == 302
    page = hers.get("/bevestigen/?met=passkey")
    assert shows(hers, laptop.signs(asked(page)), "/bevestigen/").status_code == 303
    assert hers.get(NEW).status_code == 200


def test_what_was_asked_is_good_for_one_answer(hers, anja, laptop):
    browser = half_way(anja)
    answer = laptop.signs(asked(browser.get(WITH_PASSKEY)))
    assert shows(browser, answer).status_code == 303
    again = half_way(anja)
    again.get(WITH_PASSKEY)
    assert is_refused(shows(again, answer))


def test_an_answer_to_nothing_is_refused(hers, anja, laptop):
    options = asked(half_way(anja).get(WITH_PASSKEY))
    assert is_refused(shows(half_way(anja), laptop.signs(options)))


def test_a_stolen_copy_of_the_public_half_signs_nothing(hers, anja, laptop):
    browser = half_way(anja)
    forged = Authenticator(laptop.origin, credential_id=laptop.credential_id)
    assert is_refused(shows(browser, forged.signs(asked(browser.get(WITH_PASSKEY)))))
    assert AuditEvent.objects.get(slug="account:factor:failed").parameters["means"] == "passkey"


def test_what_another_site_had_signed_is_refused(hers, anja, laptop):
    browser = half_way(anja)
    laptop.origin = "https://kwaad.test"
    assert is_refused(shows(browser, laptop.signs(asked(browser.get(WITH_PASSKEY)))))


def test_a_copied_key_shows_by_its_count(hers, anja, laptop):
    browser = half_way(anja)
    shows(browser, laptop.signs(asked(browser.get(WITH_PASSKEY))))
    laptop.count = 0
    again = half_way(anja)
    assert is_refused(shows(again, laptop.signs(asked(again.get(WITH_PASSKEY)))))


def test_the_passkey_of_somebody_else_opens_nothing(hers, chris, laptop):
    phone = Authenticator(laptop.origin)
    adds(sign_in(chris), phone)
    browser = half_way(chris)
    assert is_refused(shows(browser, laptop.signs(asked(browser.get(WITH_PASSKEY)))))


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "geen json", '{"id":"x","rawId":"x","response":{}}', "[" * 9000, "x" * 20_000]
)
def test_what_is_no_answer_gets_a_sentence(hers, anja, answer):
    browser = half_way(anja)
    browser.get(WITH_PASSKEY)
    page = shows(browser, answer)
    assert page.status_code == 200
    assert "passkey" in page.text
    browser = sign_in(anja)
    browser.get(NEW)
    adding = browser.post(NEW, {"token": answer, "name": "Laptop"})
    assert adding.status_code == 200
    assert "Druk nog eens op de knop." in adding.text
    assert "kies een andere manier" not in adding.text
    assert Passkey.objects.count() == 1


def test_a_key_without_a_name_is_asked_for_one(hers, laptop):
    page = hers.post(NEW, {"token": Authenticator(laptop.origin).makes(asked(hers.get(NEW))), "name": " "})
    assert "Geef de passkey een naam" in page.text
    assert Passkey.objects.count() == 1


def test_one_key_is_linked_once(hers, laptop):
    assert "Deze passkey is al gekoppeld." in adds(hers, laptop).text
    assert Passkey.objects.count() == 1


def test_ten_are_enough(hers, laptop):
    for number in range(2, 11):
        adds(hers, Authenticator(laptop.origin), f"Sleutel {number}")
    assert "U hebt al tien passkeys." in adds(hers, Authenticator(laptop.origin)).text


def test_it_is_removed_on_asking(hers, anja, laptop):
    address = f"{OWN}passkeys/{Passkey.objects.get().public_id}/verwijderen/"
    assert "Laptop" in hers.get(address).text
    assert hers.post(address)["Location"] == OWN
    assert not Passkey.objects.exists()
    assert Delivery.objects.get(template="factor_removed").parameters["means"] == "passkey"
    assert OneTimeCodeDevice.objects.filter(user=anja).exists()


def test_somebody_elses_is_not_there(hers, chris, bram):
    address = f"{OWN}passkeys/{Passkey.objects.get().public_id}/verwijderen/"
    for somebody in (chris, bram):
        browser = sign_in(somebody)
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code == 404
    assert Passkey.objects.exists()


def test_adding_and_removing_want_a_fresh_factor(hers):
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(minutes=15))
    for address in (NEW, f"{OWN}passkeys/{Passkey.objects.get().public_id}/verwijderen/"):
        assert hers.post(address)["Location"].startswith("/bevestigen/")
    assert Passkey.objects.count() == 1


def test_who_has_no_app_links_that_first(anna):
    assert sign_in(anna).get(NEW)["Location"] == OWN


def test_support_takes_it_away_with_the_rest(hers, anja, sanne):
    reset_factors(anja, check=IdentityCheck.CALL_BACK, reason="Tas gestolen.", by=by(sanne), at=timezone.now())
    assert not Passkey.objects.exists()


def test_what_is_wrong_with_a_passkey_stands_in_the_summary(hers):
    page = hers.post(NEW, {"token": "", "name": "Tablet"}).text
    assert "<title>Fout: " in page
    assert re.search(
        r'<a href="#id_token"\s+data-vp-error-link>De browser gaf geen antwoord van een passkey\. Druk', page
    )


def test_a_name_that_is_too_long_is_not_cut_but_refused(hers):
    page = hers.get(NEW).text
    assert "maxlength" not in page
    assert "Hoogstens 60 tekens." in page
    assert "Een naam heeft hoogstens 60 tekens." in hers.post(NEW, {"token": "{}", "name": "x" * 61}).text
