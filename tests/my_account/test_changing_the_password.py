"""Who is signed in changes the password by showing the present one, at a door like every other."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Session
from blocking.choices import BlockReason, BlockScope
from blocking.models import Attempt, Block, Budget, Tally
from messagebox.models import Delivery
from tests import factories
from tests.desk.conftest import text_of
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/mijn-account/wachtwoord/"
NEW = "zeven kleine geiten thuis"
WRONG = "Dit is niet uw huidige wachtwoord."


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


def change(screen, password=PASSWORD, new_password=NEW):
    return screen.post(PAGE, {"password": password, "new_password": new_password})


def is_in(screen):
    return screen.get("/mijn-account/").status_code == 200


def signs_in(account, password):
    answer = Client().post("/inloggen/", {"user_number": account.user_number, "password": password})
    return answer.status_code == 303


def test_the_present_password_gives_a_new_one(screen, anna):
    answer = change(screen)
    assert (answer.status_code, answer["Location"]) == (303, "/mijn-account/")
    assert "Uw wachtwoord is gewijzigd." in text_of(screen.get("/mijn-account/"))
    assert signs_in(anna, NEW)
    assert not signs_in(anna, PASSWORD)
    assert AuditEvent.objects.filter(slug="account:password:changed", actor=anna, account=anna).exists()


def test_one_stays_in_here_under_a_new_key_and_is_out_elsewhere(screen, browser_of, anna):
    elsewhere, before = browser_of(anna), screen.cookies["sessionid"].value
    change(screen)
    assert is_in(screen)
    assert not is_in(elsewhere)
    assert screen.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not is_in(thief)
    assert Session.objects.filter(account=anna).count() == 1


def test_the_day_does_not_become_longer_by_it(screen, anna):
    began = Session.objects.get(account=anna).signed_in_at
    change(screen)
    assert Session.objects.get(account=anna).signed_in_at == began


def test_the_rightful_user_is_told(screen, anna):
    change(screen)
    mail = Delivery.objects.get(template="password_changed")
    assert (mail.to_account, mail.parameters["stays_signed_in"]) == (anna, True)


def test_a_wrong_one_changes_nothing_and_counts(screen, anna):
    answer = change(screen, WRONG_PASSWORD)
    assert answer.status_code == 200
    assert WRONG in text_of(answer)
    assert WRONG_PASSWORD not in answer.text
    assert NEW not in answer.text
    assert Budget.objects.get(account=anna, secret="password").wrong == 1
    assert signs_in(anna, PASSWORD)


def test_it_shares_its_five_with_signing_in(screen, anna):
    for _ in range(2):
        signs_in(anna, WRONG_PASSWORD)
    for _ in range(3):
        change(screen, WRONG_PASSWORD)
    assert Block.objects.open().get(account=anna).reason == BlockReason.PASSWORD
    assert change(screen).status_code == 200
    assert Attempt.objects.filter(budget__account=anna).count() == 5


def test_the_fifth_wrong_one_blocks_but_throws_nobody_out(screen, anna, anja):
    for _ in range(5):
        answer = change(screen, WRONG_PASSWORD)
    page = text_of(answer)
    assert "U kunt uw wachtwoord nu niet wijzigen" in page
    assert f"Vraag de contactpersoon van uw organisatie om de blokkade op te heffen: {anja.name}" in page
    assert is_in(screen)


def test_while_blocked_the_right_one_is_not_even_looked_at(screen, anna, counted):
    factories.block(anna)
    before = counted("password")
    assert change(screen).status_code == 200
    assert counted("password") == before
    assert not signs_in(anna, NEW)


def test_who_comes_while_blocked_reads_who_lifts_it_and_sees_no_form(browser_of, anna, anja, dirk, sanne):
    for person, who in ((anna, anja.name), (anja, "Vraag Support"), (dirk, "Vraag Support"), (sanne, "een collega")):
        factories.block(person)
        answer = browser_of(person).get(PAGE)
        assert who in text_of(answer)
        assert 'name="new_password"' not in answer.text


def test_who_has_a_void_password_is_sent_to_the_pin(screen, anna):
    Tally.objects.create(account=anna, secret="password", generation=1, taken=100, wrong=100, voided_at=timezone.now())
    assert "Uw wachtwoord is vervallen" in text_of(screen.get(PAGE))
    assert change(screen).status_code == 200
    assert not signs_in(anna, NEW)


def test_a_changed_password_gives_five_fresh_attempts(screen, anna):
    for _ in range(4):
        change(screen, WRONG_PASSWORD)
    change(screen)
    for _ in range(4):
        change(screen, WRONG_PASSWORD)
    assert not Block.objects.open().filter(account=anna).exists()


@pytest.mark.parametrize(
    ("new_password", "sentence"),
    [
        ("", "Vul een nieuw wachtwoord in."),
        ("kort", "minstens 12 tekens"),
        ("x" * 129, "hoogstens 128 tekens"),
        (PASSWORD, "Dit is het wachtwoord dat u nu al hebt."),
        ("welkom123456", "te makkelijk te raden"),
        ("Anna houdt van wandelen", "niet uw naam"),
    ],
)
def test_what_does_not_suit_is_said_at_the_field_and_costs_no_attempt(screen, anna, new_password, sentence):
    answer = change(screen, new_password=new_password)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Attempt.objects.filter(budget__account=anna).exists()
    assert is_in(screen)


def test_nothing_typed_costs_no_attempt(screen, anna):
    answer = screen.post(PAGE, {})
    assert "Vul uw huidige wachtwoord in." in text_of(answer)
    assert not Attempt.objects.exists()


def test_a_password_that_changed_meanwhile_is_no_proof(screen, browser_of, anna):
    """Two at once with the same present password: one wins, and the other session is out."""
    other = browser_of(anna)
    change(screen)
    assert change(other, new_password="acht grote beren buiten").status_code == 302
    assert signs_in(anna, NEW)


@pytest.mark.parametrize("who", ["anja", "dirk", "sanne"])
def test_everybody_can(request, browser_of, who):
    person = request.getfixturevalue(who)
    assert change(browser_of(person)).status_code == 303
    assert signs_in(person, NEW)


def test_nobody_changes_that_of_somebody_else(browser_of, anna, chris):
    """The page is one's own, whoever is named."""
    screen = browser_of(chris)
    fields = {"password": PASSWORD, "new_password": NEW, "user_number": anna.user_number, "account": anna.public_id}
    screen.post(PAGE, fields)
    assert signs_in(anna, PASSWORD)
    assert signs_in(chris, NEW)


def test_a_session_that_is_over_sends_one_to_sign_in_and_back(screen, anna):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    answer = screen.post(PAGE, {"password": PASSWORD, "new_password": NEW}, follow=True)
    assert answer.context["next"] == PAGE
    assert "Uw keuze is niet opgeslagen." in text_of(answer)
    assert signs_in(anna, PASSWORD)


def test_sending_asks_for_a_token(anna):
    screen = Client(enforce_csrf_checks=True)
    screen.force_login(anna)
    assert change(screen).status_code == 403
    assert signs_in(anna, PASSWORD)


def test_support_comes_here_from_the_admins_own_page(browser_of, sanne):
    assert browser_of(sanne).get("/beheer/password_change/")["Location"] == PAGE


def test_on_a_known_browser_what_strangers_did_stops_nobody(anna):
    known = sign_in(anna)
    for _ in range(5):
        signs_in(anna, WRONG_PASSWORD)
    assert Block.objects.open().get(account=anna).scope == BlockScope.STRANGERS
    assert 'name="new_password"' in known.get(PAGE).text
    assert change(known).status_code == 303


def test_on_a_strange_browser_it_does(screen, anna):
    sign_in(anna)
    for _ in range(5):
        signs_in(anna, WRONG_PASSWORD)
    assert 'name="new_password"' not in screen.get(PAGE).text
