"""The second half of signing in: who has a factor shows it, and is nobody before that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, OneTimeCodeDevice
from accounts.policy.factors import in_groups
from blocking.choices import BlockReason
from blocking.models import Budget
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR, sign_in
from tests.second_factors import code_for, with_app, with_recovery_codes, wrong_code_for

pytestmark = pytest.mark.django_db

A_PAGE = "/mijn-account/"


def gives_password(account, browser=None, **more):
    browser = browser or Client()
    answer = browser.post(SIGN_IN, {"user_number": account.user_number, "password": PASSWORD} | more)
    assert answer.status_code == 303
    return browser, answer


def is_in(browser):
    return browser.get(A_PAGE).status_code == 200


@pytest.fixture
def half_way(anja):
    browser, answer = gives_password(anja)
    assert answer["Location"] == SIGN_IN_FACTOR
    return browser


def test_a_right_password_leads_to_the_second_factor_and_signs_nobody_in(half_way):
    assert not is_in(half_way)
    assert "_auth_user_id" not in half_way.session


def test_a_right_code_lets_in(half_way, anja):
    answer = half_way.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert is_in(half_way)
    assert [proof["means"] for proof in half_way.session["proofs"]] == ["password", "one_time_code"]


def test_a_code_may_be_typed_with_spaces(half_way, anja):
    code = code_for(anja)
    assert half_way.post(SIGN_IN_FACTOR, {"token": f" {code[:3]} {code[3:]} "}).status_code == 303


def test_a_wrong_code_keeps_out_is_never_shown_and_is_in_the_log(half_way, anja):
    wrong = wrong_code_for(anja)
    answer = half_way.post(SIGN_IN_FACTOR, {"token": wrong})
    assert answer.status_code == 200
    assert "Deze code klopt niet." in answer.text
    assert "<title>Fout: " in answer.text
    assert wrong not in answer.text
    assert not is_in(half_way)
    event = AuditEvent.objects.get(slug="account:factor:failed")
    assert (event.account, event.parameters["means"]) == (anja, "one_time_code")
    assert wrong not in str(event.parameters)


def test_a_wrong_code_is_no_wrong_password(half_way, anja):
    half_way.post(SIGN_IN_FACTOR, {"token": wrong_code_for(anja)})
    budget = Budget.objects.get(account=anja)
    assert (budget.taken, budget.wrong) == (0, 0)
    assert not AuditEvent.objects.filter(slug="account:password:failed").exists()


def test_a_right_password_gives_back_its_attempt_and_resets_nothing_until_the_factor_is_shown(anja):
    browser = Client()
    for _ in range(3):
        browser.post(SIGN_IN, {"user_number": anja.user_number, "password": WRONG_PASSWORD})
    gives_password(anja, browser)
    budget = Budget.objects.get(account=anja)
    assert (budget.taken, budget.wrong) == (3, 3)
    browser.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    budget.refresh_from_db()
    assert (budget.taken, budget.wrong) == (0, 0)


def test_the_sign_in_is_recorded_only_when_it_is_complete(half_way, anja):
    anja.refresh_from_db()
    assert anja.last_sign_in_at is None
    assert [event.actor for event in AuditEvent.objects.filter(slug="account:password:accepted")] == [anja]
    assert not AuditEvent.objects.filter(slug="account:sign_in:succeeded").exists()
    half_way.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    anja.refresh_from_db()
    assert anja.last_sign_in_at is not None


def test_the_session_key_is_new_after_each_half(anja):
    browser = Client()
    browser.get(SIGN_IN)
    browser.session.save()
    gives_password(anja, browser)
    between = browser.session.session_key
    browser.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    assert browser.session.session_key != between
    assert not browser.session.exists(str(between))


def test_a_code_is_good_once(anja):
    code = code_for(anja)
    first, _ = gives_password(anja)
    assert first.post(SIGN_IN_FACTOR, {"token": code}).status_code == 303
    second, _ = gives_password(anja)
    answer = second.post(SIGN_IN_FACTOR, {"token": code})
    assert answer.status_code == 200
    assert "Deze code is al gebruikt." in answer.text
    assert OneTimeCodeDevice.objects.get(user=anja).throttling_failure_count == 0


@pytest.mark.parametrize(
    "token", ["", "12345", "1234567", "abcdef", "１２３４５６", "12.456", "x" * 65, "\u202e123456"]
)
def test_what_cannot_be_a_code_gets_a_sentence_and_counts_nowhere(half_way, anja, token):
    answer = half_way.post(SIGN_IN_FACTOR, {"token": token, "means": "one_time_code"})
    assert answer.status_code == 200
    assert "vp-form-field__error-message" in answer.text
    assert OneTimeCodeDevice.objects.get(user=anja).throttling_failure_count == 0


def test_who_is_nowhere_half_way_is_sent_to_sign_in(anja):
    browser = Client()
    assert browser.get(SIGN_IN_FACTOR)["Location"] == SIGN_IN
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anja)})["Location"] == SIGN_IN


def test_who_is_in_has_nothing_to_do_here(anja):
    assert sign_in(anja).get(SIGN_IN_FACTOR)["Location"] == "/"


def begins_again_because(browser, sentence):
    answer = browser.get(SIGN_IN_FACTOR, follow=True)
    assert answer.redirect_chain == [(SIGN_IN, 302)]
    assert sentence in answer.text
    assert browser.get(SIGN_IN_FACTOR)["Location"] == SIGN_IN


def test_taking_too_long_is_beginning_again(half_way, anja, settings):
    session = half_way.session
    long_ago = timezone.now() - timedelta(minutes=settings.PORTAL_HALF_SIGN_IN_MINUTES)
    session["half_signed_in"] |= {"at": long_ago.isoformat()}
    session.save()
    assert half_way.post(SIGN_IN_FACTOR, {"token": code_for(anja)}).status_code == 302
    assert not is_in(half_way)
    assert AuditEvent.objects.get(slug="account:sign_in:refused").parameters["code"] == "took_too_long"


def test_taking_too_long_is_told(half_way, settings):
    settings.PORTAL_HALF_SIGN_IN_MINUTES = 0
    begins_again_because(half_way, "Het inloggen duurde te lang.")


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN, BlockReason.SUPPORT])
def test_blocked_meanwhile_is_out(half_way, anja, reason):
    factories.block(anja, reason)
    begins_again_because(half_way, "Uw account is intussen geblokkeerd.")


def test_a_quota_block_refuses_the_second_half_as_it_refuses_the_first(half_way, anja, a_service):
    factories.block(anja, BlockReason.QUOTA, service=a_service)
    begins_again_because(half_way, "Uw account is intussen geblokkeerd.")


def test_a_password_changed_meanwhile_is_beginning_again(half_way, anja):
    anja.set_password("heel iets anders dan het was")
    anja.save()
    begins_again_because(half_way, "Uw account is intussen gewijzigd.")


def test_a_factor_removed_meanwhile_is_beginning_again(half_way):
    OneTimeCodeDevice.objects.all().delete()
    begins_again_because(half_way, "Uw tweede factor is intussen verwijderd.")


def test_one_goes_on_to_the_page_one_was_on_the_way_to(anja):
    browser, answer = gives_password(anja, next="/berichtenbox/")
    assert answer["Location"] == f"{SIGN_IN_FACTOR}?next=/berichtenbox/"
    page = browser.get(answer["Location"])
    assert '<input type="hidden" name="next" value="/berichtenbox/">' in page.text
    done = browser.post(SIGN_IN_FACTOR, {"token": code_for(anja), "next": "/berichtenbox/"})
    assert done["Location"] == "/berichtenbox/"


@pytest.mark.parametrize("elsewhere", ["https://kwaad.test/", "//kwaad.test", "/\\kwaad.test", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(anja, elsewhere):
    browser, answer = gives_password(anja, next=elsewhere)
    assert answer["Location"] == SIGN_IN_FACTOR
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anja), "next": elsewhere})["Location"] == "/"


def test_the_other_way_is_offered_and_a_recovery_code_lets_in(anja):
    codes = with_recovery_codes(anja)
    browser, _ = gives_password(anja)
    assert f"{SIGN_IN_FACTOR}?met=herstelcode" in browser.get(SIGN_IN_FACTOR).text
    page = browser.get(f"{SIGN_IN_FACTOR}?met=herstelcode")
    assert "Herstelcode" in page.text
    assert 'name="means" value="recovery_code"' in page.text
    answer = browser.post(SIGN_IN_FACTOR, {"token": in_groups(codes[0]).lower(), "means": "recovery_code"})
    assert answer.status_code == 303
    assert is_in(browser)


def test_without_saying_which_way_a_recovery_code_is_taken_for_what_it_is(anja):
    codes = with_recovery_codes(anja)
    browser, _ = gives_password(anja)
    assert browser.post(SIGN_IN_FACTOR, {"token": codes[0]}).status_code == 303


def test_a_user_who_linked_an_app_shows_it_as_well(anna):
    with_app(anna)
    browser, _ = gives_password(anna)
    assert not is_in(browser)
    browser.post(SIGN_IN_FACTOR, {"token": code_for(anna)})
    assert is_in(browser)


def test_the_code_of_somebody_else_lets_nobody_in(anja, chris):
    OneTimeCodeDevice.objects.filter(user=chris).update(sealed_key=_other_key())
    browser, _ = gives_password(anja)
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(chris)}).status_code == 200
    assert not is_in(browser)


def _other_key():
    from accounts.sealing import seal  # noqa: PLC0415

    return seal(b"quite another twenty")


def test_signing_in_half_way_ends_the_session_of_who_was_in(anja, anna):
    browser = sign_in(anna)
    gives_password(anja, browser)
    assert not is_in(browser)


def test_without_the_token_of_the_form_no_code_is_looked_at(anja):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anja)}).status_code == 403


def test_a_recovery_code_in_the_field_of_the_app_hears_where_it_belongs(anja):
    codes = with_recovery_codes(anja)
    browser, _ = gives_password(anja)
    answer = browser.post(SIGN_IN_FACTOR, {"token": in_groups(codes[0]), "means": "one_time_code"})
    assert "Kies «Ik gebruik een herstelcode»." in answer.text
    digits = browser.post(SIGN_IN_FACTOR, {"token": "12345", "means": "one_time_code"})
    assert "Een code heeft 6 cijfers." in digits.text


def test_the_help_beside_it_is_that_of_the_way_that_was_picked(anja):
    with_recovery_codes(anja)
    browser, _ = gives_password(anja)
    by_app, by_code = browser.get(SIGN_IN_FACTOR), browser.get(f"{SIGN_IN_FACTOR}?met=herstelcode")
    assert "of de tijd op uw telefoon goed staat" in by_app.text
    assert "of de tijd op uw telefoon goed staat" not in by_code.text
    assert "Neem dan de volgende van uw lijst." in by_code.text


def test_title_and_heading_are_the_same(half_way):
    page = half_way.get(SIGN_IN_FACTOR).text
    assert "<title>Nog één stap – " in page
    assert "<h1>Nog één stap</h1>" in page
