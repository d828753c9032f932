"""Everybody may take along what the portal holds on them: all of it, and nothing of anybody else."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Means
from accounts.models import Account, AuditEvent, OneTimeCodeDevice
from accounts.services import authorise
from certificates.models import Certificate
from messagebox.models import Delivery
from messagebox.services import queue_mail
from tests import factories
from tests.cases import a_case
from tests.desk.conftest import lifted, text_of
from tests.factories import PASSWORD, PIN, by
from tests.fixtures_signing_in import showed, sign_in
from tests.my_account.changing_email import ELSEWHERE, ask

pytestmark = pytest.mark.django_db

PAGE = "/mijn-account/gegevens/"


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


def copy_for(screen):
    answer = screen.post(PAGE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_the_file_comes_as_a_download_with_a_date_in_its_name(screen):
    answer = screen.post(PAGE)
    today = timezone.localdate().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="mijn-gegevens-{today}.json"'
    assert answer["Cache-Control"] == "no-store"


def test_it_says_in_dutch_what_it_is_and_who_one_is(screen, anna, noord):
    copy = copy_for(screen)
    assert "op het moment van downloaden" in copy["uitleg"]
    assert copy["account"]["naam"] == anna.name
    assert copy["account"]["gebruikersnummer"] == anna.user_number
    assert copy["account"]["e_mailadres"] == anna.email
    assert copy["account"]["status"] == "Actief"
    assert copy["organisatie"] == {"naam": noord.name, "agb_code": noord.agb_code}


def test_services_mandates_and_certificates_are_in_it(browser_of, anja, sanne, a_service):
    at = timezone.now()
    authorise(anja, service=a_service, by=by(sanne), at=at)
    Certificate.objects.create(
        account=anja,
        fingerprint="a" * 64,
        subject="CN=Anja Visser",
        issuer="CN=Demo",
        serial="17",
        valid_from=at,
        valid_until=at.replace(year=at.year + 1),
        registered_at=at,
    )
    copy = copy_for(browser_of(anja))
    assert copy["diensten"] == [a_service.name]
    assert [mandate["rol"] for mandate in copy["contactpersoon"]] == ["Eerste contactpersoon"]
    assert [certificate["houder"] for certificate in copy["certificaten"]] == ["CN=Anja Visser"]


def test_sessions_blocks_cases_and_changes_of_address_are_in_it(screen, anna, anja, sanne):
    block = lifted(factories.block(anna), anja)
    case = a_case(factories.block(anna), sanne)
    screen.post("/mijn-account/e-mailadres/", {"email": ELSEWHERE, "password": PASSWORD})
    copy = copy_for(screen)
    assert [session["internetadres"] for session in copy["sessies"]] == ["192.0.2.10"]
    assert len(copy["blokkades"]) == 2
    assert copy["blokkades"][0]["reden"] == block.get_reason_display()
    assert [told["nummer"] for told in copy["supportverzoeken"]] == [case.number]


def test_changes_of_address_and_mails_are_in_it(screen, anna):
    ask(screen)
    mail = queue_mail(
        "password_changed", to=anna, parameters={"changed_at": timezone.now().isoformat()}, at=anna.created_at
    )
    sent = {"state": "sent", "sent_at": timezone.now(), "next_try_at": None, "to_address": anna.email}
    Delivery.objects.filter(pk=mail.pk).update(**sent)
    copy = copy_for(screen)
    assert [change["naar"] for change in copy["wijzigingen_van_e_mailadres"]] == [ELSEWHERE]
    assert [(told["onderwerp"], told["aan"]) for told in copy["verzonden_e_mails"]] == [
        ("Uw wachtwoord is gewijzigd", anna.email)
    ]


def test_all_of_the_history_is_in_it_and_not_one_page(screen, anna):
    for _ in range(30):
        screen.post("/mijn-account/sessies/overal-uitloggen/", follow=False)
        screen.force_login(anna)
        anna.refresh_from_db()
        screen.force_login(anna)
    assert len(copy_for(screen)["geschiedenis"]) >= 30


def test_no_secret_and_no_hash_of_one_is_in_it(screen, anna):
    copy = screen.post(PAGE).text
    for secret in (PASSWORD, PIN, anna.password, anna.pin, "argon2", screen.cookies["sessionid"].value):
        assert secret not in copy
    for session in anna.sessions.all():
        assert session.pk not in copy
        assert session.session_data not in copy


def test_nobody_else_is_in_it(screen, anna, anja, sanne, chris):
    lifted(factories.block(anna), anja)
    a_case(factories.block(anna), sanne)
    copy = screen.post(PAGE).text
    for person in (anja, sanne, chris):
        for told in (person.name, person.user_number, person.email):
            assert told not in copy
    assert '"door": "een collega"' in copy
    assert "192.0.2.7" not in copy, "the address of who tried in vain is theirs"
    assert '192.0.2.1"' not in copy, "and so is the one of who lifted"


def test_what_one_did_to_others_is_theirs(browser_of, anja, anna):
    lifted(factories.block(anna), anja)
    copy = copy_for(browser_of(anja))
    assert not [event for event in copy["geschiedenis"] if "opgeheven" in event["gebeurtenis"]]
    assert anna.name not in json.dumps(copy)


def test_text_from_outside_can_do_nothing_to_who_reads_it(screen, anna):
    Account.objects.filter(pk=anna.pk).update(name="Anna\u202e<script>\u0007")
    assert copy_for(screen)["account"]["naam"] == "Anna<script>"


def test_taking_it_is_written_down_and_looking_is_not(screen, anna):
    page = text_of(screen.get(PAGE))
    assert "Dit staat er niet in" in page
    assert not AuditEvent.objects.filter(slug="account:data:exported").exists()
    screen.post(PAGE)
    event = AuditEvent.objects.get(slug="account:data:exported")
    assert (event.account, event.actor) == (anna, anna)


@pytest.mark.parametrize("who", ["anja", "dirk", "sanne"])
def test_everybody_gets_their_own(request, browser_of, who):
    person = request.getfixturevalue(who)
    assert copy_for(browser_of(person))["account"]["gebruikersnummer"] == person.user_number


def test_nobody_gets_that_of_somebody_else(browser_of, anna, chris):
    for address in (PAGE, f"{PAGE}?account={anna.public_id}"):
        answer = browser_of(chris).post(address, {"account": anna.public_id, "user_number": anna.user_number})
        assert anna.user_number not in answer.text
        assert chris.user_number in answer.text


def test_a_stranger_gets_nothing_and_it_asks_for_a_token(anna):
    stranger = Client().post(PAGE)
    assert (stranger.status_code, stranger["Location"]) == (302, f"/inloggen/?next={PAGE}&opnieuw=1")
    screen = Client(enforce_csrf_checks=True)
    screen.force_login(anna)
    assert screen.post(PAGE).status_code == 403


def test_a_second_factor_is_asked_anew(browser_of, anja):
    hers = browser_of(anja)
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(minutes=16))
    assert hers.post(PAGE)["Location"].startswith("/bevestigen/")
    assert hers.get(PAGE)["Location"].startswith("/bevestigen/")
    assert not AuditEvent.objects.filter(slug="account:data:exported").exists()


def test_that_one_has_a_second_factor_is_in_it_and_no_key_of_it(browser_of, anja):
    answer = browser_of(anja).post(PAGE)
    assert [factor["soort"] for factor in json.loads(answer.content)["tweede_factor"]] == ["App"]
    device = OneTimeCodeDevice.objects.get(user=anja)
    assert device.sealed_key not in answer.text


def test_known_browsers_are_in_it(anna):
    known = sign_in(anna, Client(headers={"User-Agent": "Mozilla/5.0 (Windows) Firefox/140"}))
    assert [browser["programma"] for browser in copy_for(known)["bekende_browsers"]] == [
        "Mozilla/5.0 (Windows) Firefox/140"
    ]
