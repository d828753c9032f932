"""One's own second factor: replacing and removing it, recovery codes, and Support's help for who lost it."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import IdentityCheck, Means
from accounts.linking import CODES_SHOWN_FOR
from accounts.models import AuditEvent, OneTimeCodeDevice, RecoveryCode, RecoveryCodes
from accounts.policy.factors import code_of_step, step_at
from accounts.refusals import LastFactor, NoReasonGiven, NothingToReset, NotYourOwnFactor, OnlySupportResets
from accounts.services import remove_app, reset_factors
from messagebox.models import Delivery
from tests.factories import by
from tests.fixtures_signing_in import showed, sign_in
from tests.second_factors import KEY, code_for, with_app, with_recovery_codes

pytestmark = pytest.mark.django_db

OWN = "/mijn-account/tweede-factor/"
REPLACE = f"{OWN}app/"
REMOVE = f"{OWN}app/verwijderen/"
CODES = f"{OWN}herstelcodes/"
NEW_CODES = f"{CODES}nieuw/"
WHY = "Telefoon in het water gevallen."


def right_code(page):
    key = b32decode(re.findall(r'data-vp-copy="([A-Z2-7 ]+)"', page.text)[0].replace(" ", ""))
    return code_of_step(key, step_at(timezone.now()))


def shown_codes(page):
    return re.findall(r"<span class=\"vp-number\">([0-9A-Z-]{29})</span>", page.text)


@pytest.fixture
def hers(anna):
    """Anna linked an app because she wanted to."""
    with_app(anna)
    with_recovery_codes(anna)
    return sign_in(anna)


def test_the_page_says_what_there_is(hers):
    page = hers.get(OWN)
    assert "Code-app" in page.text
    assert re.search(r"Nog over</dt>\s*<dd>10</dd>", page.text)


def test_another_app_takes_over_once_it_showed_a_right_code(hers, anna):
    page = hers.get(REPLACE)
    assert OneTimeCodeDevice.objects.get(user=anna).key == KEY
    answer = hers.post(REPLACE, {"token": right_code(page)})
    assert (answer.status_code, answer["Location"]) == (303, OWN)
    assert OneTimeCodeDevice.objects.get(user=anna).key != KEY
    assert AuditEvent.objects.get(slug="account:factor:replaced").account == anna
    assert Delivery.objects.get(template="factor_added").parameters["change"] == "replaced"
    assert RecoveryCode.objects.filter(used_at=None).count() == 10


def test_after_replacing_one_is_out_everywhere_else_and_still_in_here(hers, anna):
    elsewhere = sign_in(anna)
    hers.post(REPLACE, {"token": right_code(hers.get(REPLACE))})
    assert hers.get(OWN).status_code == 200
    assert elsewhere.get(OWN).status_code == 302


def test_who_may_go_without_may_remove_it(hers, anna):
    assert "App ontkoppelen?" in hers.get(REMOVE).text
    answer = hers.post(REMOVE)
    assert (answer.status_code, answer["Location"]) == (303, OWN)
    assert not OneTimeCodeDevice.objects.exists()
    assert not RecoveryCodes.objects.exists()
    assert AuditEvent.objects.get(slug="account:factor:removed").account == anna
    assert Delivery.objects.get(template="factor_removed").to_account == anna
    assert hers.get("/mijn-account/").status_code == 200


def test_contact_persons_and_support_keep_their_last(anja, sanne):
    for account in (anja, sanne):
        browser = sign_in(account)
        assert "niet ontkoppelen, wel vervangen" in browser.get(REMOVE).text
        answer = browser.post(REMOVE)
        assert answer.status_code == 403
        assert "alleen vervangen" in answer.text
    assert OneTimeCodeDevice.objects.count() == 2
    assert AuditEvent.objects.filter(slug="account:factor_removal:refused").count() == 2


def test_the_service_refuses_what_the_page_does_not_offer(anja):
    with pytest.raises(LastFactor):
        remove_app(anja, by=by(anja), at=timezone.now())


@pytest.mark.parametrize("path", [REPLACE, REMOVE, NEW_CODES])
def test_every_change_wants_a_fresh_factor(hers, anna, path):
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(minutes=15))
    for answer in (hers.get(path), hers.post(path, {"token": "123456"})):
        assert answer["Location"].startswith("/bevestigen/")
    assert OneTimeCodeDevice.objects.get(user=anna).key == KEY
    assert RecoveryCode.objects.filter(used_at=None).count() == 10


def test_new_recovery_codes_are_shown_until_they_are_kept(hers, anna):
    old = set(RecoveryCode.objects.values_list("digest", flat=True))
    answer = hers.post(NEW_CODES)
    assert (answer.status_code, answer["Location"]) == (303, CODES)
    codes = shown_codes(hers.get(CODES))
    assert len(set(codes)) == 10
    assert not old & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert hers.post(f"{CODES}bewaard/")["Location"] == OWN
    assert hers.get(CODES)["Location"] == OWN
    assert hers.get(f"{CODES}downloaden/")["Location"] == OWN
    assert AuditEvent.objects.filter(slug="account:recovery_codes:issued", account=anna).count() == 1
    assert Delivery.objects.get(template="recovery_codes_renewed").to_account == anna


def test_they_are_not_shown_for_ever(hers):
    hers.post(NEW_CODES)
    session = hers.session
    session["recovery_codes"] |= {"at": (timezone.now() - CODES_SHOWN_FOR).isoformat()}
    session.save()
    assert hers.get(CODES)["Location"] == OWN


def test_they_lie_in_the_session_sealed(hers):
    hers.post(NEW_CODES)
    code = shown_codes(hers.get(CODES))[0]
    stored = str(dict(hers.session.items()))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_they_can_be_kept_as_a_file(hers):
    hers.post(NEW_CODES)
    file = hers.get(f"{CODES}downloaden/")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="herstelcodes.txt"'
    assert "no-store" in file["Cache-Control"]
    assert all(code in file.text for code in shown_codes(hers.get(CODES)))


def test_one_of_them_signs_in(hers, anna):
    hers.post(NEW_CODES)
    code = shown_codes(hers.get(CODES))[4]
    browser = Client()
    browser.post("/inloggen/", {"user_number": anna.user_number, "password": "vier woorden achter elkaar"})
    answer = browser.post("/inloggen/tweede-factor/", {"token": code, "means": "recovery_code"})
    assert answer.status_code == 303


# -- Support --------------------------------------------------------------------------------------------------------


def resets(account, support, *, reason=WHY):
    reset_factors(account, check=IdentityCheck.CALL_BACK, reason=reason, by=by(support), at=timezone.now())


def test_support_takes_away_what_was_lost_having_checked_who_asks(anja, sanne):
    hers = sign_in(anja)
    browser = sign_in(sanne)
    own_page = f"/beheer/accounts/account/{anja.pk}/change/"
    path = f"/beheer/accounts/account/{anja.pk}/tweede-factor/"
    assert path in browser.get(own_page).text
    answer = browser.post(path, {"check": "call_back", "reason": WHY})
    assert (answer.status_code, answer["Location"]) == (303, own_page)
    assert not OneTimeCodeDevice.objects.filter(user=anja).exists()
    event = AuditEvent.objects.get(slug="account:factors:reset")
    assert (event.actor, event.account) == (sanne, anja)
    assert event.parameters == {"check": "call_back", "remark": WHY}
    assert Delivery.objects.get(template="factor_removed").parameters["change"] == "reset"
    assert hers.get("/gebruikersbeheer/").status_code == 302
    assert sign_in(anja).get("/gebruikersbeheer/")["Location"].startswith(OWN)


@pytest.mark.parametrize(("fields", "sentence"), [({"check": "call_back"}, "Schrijf op waarom."), ({}, "Kies hoe")])
def test_support_says_how_and_why(anja, sanne, fields, sentence):
    answer = sign_in(sanne).post(f"/beheer/accounts/account/{anja.pk}/tweede-factor/", fields)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert OneTimeCodeDevice.objects.filter(user=anja).exists()


def test_nobody_takes_away_their_own(sanne):
    with pytest.raises(NotYourOwnFactor):
        resets(sanne, sanne)
    browser = sign_in(sanne)
    path = f"/beheer/accounts/account/{sanne.pk}/tweede-factor/"
    assert path not in browser.get(f"/beheer/accounts/account/{sanne.pk}/change/").text
    assert browser.post(path, {"check": "call_back", "reason": WHY}).status_code == 403
    assert OneTimeCodeDevice.objects.filter(user=sanne).exists()


def test_who_chose_a_factor_reads_that_the_password_alone_is_enough_now(hers, anna, sanne):
    told = "heeft Support uw tweede factor weggenomen"
    assert told not in hers.get("/mijn-account/").text
    resets(anna, sanne)
    browser = sign_in(anna)
    assert told in browser.get("/mijn-account/").text
    browser.post(OWN, {"token": right_code(browser.get(OWN))})
    assert told not in browser.get("/mijn-account/").text


def test_support_reads_what_that_means_for_who_need_not_have_one(hers, anna, sanne):
    page = sign_in(sanne).get(f"/beheer/accounts/account/{anna.pk}/tweede-factor/").text
    assert "Een andere gebruiker logt daarna in met alleen het wachtwoord" in page


def test_a_colleague_does(sanne, teun):
    resets(sanne, teun)
    assert not OneTimeCodeDevice.objects.filter(user=sanne).exists()


@pytest.mark.parametrize("who", ["anna", "anja", "bram", "chris"])
def test_only_support_does(request, anja, who):
    somebody = request.getfixturevalue(who)
    with pytest.raises(OnlySupportResets):
        resets(anja, somebody)
    browser = Client()
    browser.force_login(somebody)
    assert browser.post(f"/beheer/accounts/account/{anja.pk}/tweede-factor/", {}).status_code == 403
    assert OneTimeCodeDevice.objects.filter(user=anja).exists()


def test_a_reason_is_never_left_out_and_nothing_is_nothing(anja, anna, sanne):
    with pytest.raises(NoReasonGiven):
        resets(anja, sanne, reason="  ")
    with pytest.raises(NothingToReset):
        resets(anna, sanne)
    assert AuditEvent.objects.filter(slug="account:factors_reset:refused").count() == 2


def test_the_next_code_of_the_lost_app_is_worth_nothing(anja, sanne):
    code = code_for(anja)
    resets(anja, sanne)
    browser = Client()
    answer = browser.post("/inloggen/", {"user_number": anja.user_number, "password": "vier woorden achter elkaar"})
    assert answer["Location"] == OWN
    assert browser.post(OWN, {"token": code}).status_code == 200
    assert not OneTimeCodeDevice.objects.filter(user=anja).exists()


def test_the_page_says_that_new_codes_are_not_kept_yet(hers):
    sentence = "U hebt uw herstelcodes nog niet bewaard"
    assert sentence not in hers.get(OWN).text
    hers.post(NEW_CODES)
    assert "data-vp-print" in hers.get(CODES).text
    page = hers.get(OWN)
    assert sentence in page.text
    assert f'href="{CODES}"' in page.text
    hers.post(f"{CODES}bewaard/")
    assert sentence not in hers.get(OWN).text
