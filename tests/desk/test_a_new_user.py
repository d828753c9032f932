"""A contact person asks for an account; nothing happens before one has looked it over."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from accounts.choices import AccountState, LegalBasis, Means
from accounts.models import Account, AuditEvent, Mandate, Service
from accounts.refusals import LegalBasisFull
from accounts.services import authorise
from blocking.models import AccountRequest
from blocking.services import Wanted, request_account
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message, SealedSecret
from tests import factories
from tests.desk.conftest import account_address, many_accounts, text_of
from tests.factories import a_moment_ago, by
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db

NEW = "/gebruikersbeheer/nieuw/"
NADIA = {"name": "Nadia Bouzid", "email": "nadia@voorbeeld.test", "authorisations": ["cov"], "terms": "on"}
CONFIRMED = NADIA | {"bevestigd": "1"}


@pytest.fixture
def wmo():
    return Service.objects.create(code="wmo", name="Wmo-berichten", legal_basis=LegalBasis.WMO)


def nadia():
    return Account.objects.get(name="Nadia Bouzid")


def twenty_with(service, organisation):
    for account in many_accounts(organisation, 20):
        authorise(account, service=service, by=by(), at=timezone.now())


def test_the_list_leads_to_it(signed_in, anja):
    assert f'href="{NEW}"' in signed_in(anja).get("/gebruikersbeheer/").content.decode()


def test_first_one_looks_it_over_and_nothing_has_happened(signed_in, anja, a_service):
    page = signed_in(anja).post(NEW, NADIA)
    for told in ("Nadia Bouzid", "nadia@voorbeeld.test", a_service.name, "Er is nog niets aangevraagd"):
        assert told in text_of(page)
    assert not Account.objects.filter(name="Nadia Bouzid").exists()


def test_from_the_look_one_goes_back_with_what_was_filled_in(signed_in, anja, a_service):
    page = signed_in(anja).post(NEW, NADIA | {"wijzigen": "1"}).content.decode()
    assert 'value="Nadia Bouzid"' in page
    assert re.search(r'value="cov"[^>]*checked', page)
    assert "Fout: " not in page


def test_services_stand_together_by_legal_basis(signed_in, anja, a_service, wmo):
    page = text_of(signed_in(anja).get(NEW))
    told = [LegalBasis.ZVW.label, a_service.name, LegalBasis.WMO.label, wmo.name]
    assert [page.index(word) for word in told] == sorted(page.index(word) for word in told)


def test_a_press_makes_the_account(signed_in, anja, noord, a_service):
    answer = signed_in(anja).post(NEW, CONFIRMED)
    made = nadia()
    assert answer.status_code == 303
    assert answer["Location"] == account_address(made)
    assert (made.state, made.organisation, made.email) == (AccountState.ISSUED, noord, "nadia@voorbeeld.test")
    assert not made.has_usable_password()
    assert made.issued_at
    assert [given.service for given in made.authorisations.all()] == [a_service]


def test_its_page_says_what_is_next_and_until_when(signed_in, anja, a_service):
    anjas = signed_in(anja)
    anjas.post(NEW, CONFIRMED)
    made = nadia()
    until = made.issued_at + timedelta(days=60)
    page = text_of(anjas.get(account_address(made)))
    assert f"moet nog worden geactiveerd, vóór {date_format(timezone.localtime(until), 'j F Y')}" in page
    Account.objects.filter(pk=made.pk).update(state=AccountState.ACTIVE)
    assert "moet nog worden geactiveerd" not in text_of(anjas.get(account_address(made)))


def test_the_number_goes_by_mail_and_the_pin_sealed_into_the_box(signed_in, anja, a_service):
    signed_in(anja).post(NEW, CONFIRMED)
    made, at = nadia(), timezone.now()
    delivery = Delivery.objects.get(template="user_number")
    assert delivery.to_account == anja
    assert made.user_number not in str(delivery.parameters)
    mail = mail_of(delivery, at)
    message = Message.objects.get(kind="blocking:new_pin")
    pin = SealedSecret.objects.get(message=message).secret
    for part in (str(mail.body), str(mail.alternatives[0][0])):
        assert made.user_number in part.replace(" ", "")
        assert "Nadia Bouzid" in part
        assert pin not in part
    for page in (f"/berichtenbox/{message.public_id}/", account_address(made)):
        text = signed_in(anja).get(page).content.decode()
        assert not (made.user_number in text and pin in text)


def test_it_is_in_the_log(signed_in, anja, noord, a_service):
    signed_in(anja).post(NEW, CONFIRMED)
    made = nadia()
    told = set(AuditEvent.objects.filter(account=made).values_list("slug", flat=True))
    assert {"account:account:requested", "account:account:issued", "account:pin:issued"} <= told
    assert AuditEvent.objects.get(slug="account:account:requested").on_behalf_of == noord


def test_a_press_of_somebody_elsewhere_shows_nobody(signed_in, anja, chris, zuid, a_service):
    """The mark of Anja's page, sent by Chris: no account of Noord comes back, and none is made."""
    (once,) = re.findall(r'name="once" value="([^"]+)"', signed_in(anja).post(NEW, NADIA).content.decode())
    signed_in(anja).post(NEW, CONFIRMED | {"once": once})
    answer = signed_in(chris).post(NEW, CONFIRMED | {"once": once})
    assert answer.status_code in {403, 404}
    assert str(nadia().public_id) not in text_of(answer)
    assert not Account.objects.filter(organisation=zuid).exclude(pk=chris.pk).exists()


def test_pressing_twice_asks_once(signed_in, anja, a_service):
    browser = signed_in(anja)
    (once,) = re.findall(r'name="once" value="([^"]+)"', browser.post(NEW, NADIA).content.decode())
    answers = [browser.post(NEW, CONFIRMED | {"once": once}) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {account_address(nadia())}
    assert SealedSecret.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Vul de naam in."),
        ({"name": "n" * 201}, "hoogstens 200 tekens"),
        ({"email": "geen adres"}, "Dit is geen e-mailadres"),
        ({"email": ""}, "Vul een e-mailadres in."),
        ({"authorisations": ["bestaat niet"]}, "Kies diensten uit de lijst."),
        ({"authorisations": ["\x00"]}, "ekens zijn niet toegestaan"),
        ({"terms": ""}, "Vink aan dat dit klopt"),
        ({"once": "geen kenmerk"}, "Nieuwe gebruiker"),
    ],
)
@pytest.mark.parametrize("pressed", [{}, {"bevestigd": "1"}])
def test_bad_input_is_told_in_a_sentence_and_keeps_what_was_typed(signed_in, anja, a_service, typed, told, pressed):
    page = signed_in(anja).post(NEW, NADIA | typed | pressed)
    assert page.status_code == 200
    assert "<title>Fout: " in page.content.decode()
    assert told in text_of(page)
    assert not Account.objects.filter(state=AccountState.ISSUED).exists()


def test_a_hostile_name_is_inert(signed_in, anja, a_service):
    signed_in(anja).post(NEW, CONFIRMED | {"name": "Eva\u202e\r\n<script>x</script>"})
    made = Account.objects.get(name__startswith="Eva")
    assert made.name == "Eva <script>x</script>"
    assert "<script>x" not in signed_in(anja).get(account_address(made)).content.decode()


def test_twenty_users_have_wmo_and_the_next_is_told_why_not(signed_in, anja, noord, wmo):
    twenty_with(wmo, noord)
    answer = signed_in(anja).post(NEW, CONFIRMED | {"authorisations": ["wmo"]})
    assert answer.status_code == 409
    assert "al 20 gebruikers een autorisatie voor de Wet maatschappelijke ondersteuning" in text_of(answer)
    assert not Account.objects.filter(name="Nadia Bouzid").exists()
    assert AuditEvent.objects.get(slug="account:account_request:refused").parameters["code"] == "legal_basis_full"


def test_others_and_other_legal_bases_do_not_count(signed_in, anja, noord, zuid, wmo, a_service):
    twenty_with(wmo, zuid)
    twenty_with(a_service, noord)
    answer = signed_in(anja).post(NEW, CONFIRMED | {"authorisations": ["wmo", "cov"]})
    assert answer.status_code == 303


def test_who_was_removed_does_not_count(signed_in, anja, noord, wmo):
    twenty_with(wmo, noord)
    Account.objects.filter(name="Gebruiker 00001").update(state=AccountState.REMOVED)
    assert signed_in(anja).post(NEW, CONFIRMED | {"authorisations": ["wmo"]}).status_code == 303


def test_the_form_says_how_many_there_are(signed_in, anja, noord, wmo):
    twenty_with(wmo, noord)
    assert "Wet maatschappelijke ondersteuning: 20 van 20 gebruikers" in text_of(signed_in(anja).get(NEW))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_the_twentieth_place_one_gets_it(anja, bram, noord, wmo):
    for account in many_accounts(noord, 19):
        authorise(account, service=wmo, by=by(), at=timezone.now())

    def ask(person):
        try:
            wanted = Wanted(f"Nieuw {person.name}", "nieuw@voorbeeld.test", (wmo,))
            request_account(noord, wanted, by=by(person), at=timezone.now())
        except LegalBasisFull:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, [anja, bram])) == [False, True]


def test_it_waits_for_support_where_the_deployment_says_so(signed_in, anja, settings, a_service):
    settings.PORTAL_REQUESTS_NEED_APPROVAL = True
    page = signed_in(anja).post(NEW, CONFIRMED, follow=True)
    assert "Support kijkt ernaar" in text_of(page)
    assert nadia().state == AccountState.REQUESTED
    assert not SealedSecret.objects.exists()
    assert AccountRequest.objects.undecided().get().asked_by == anja
    assert [mail.template for mail in Delivery.objects.all()] == ["account_requested"]


def test_it_wants_a_second_factor_of_a_moment_ago_and_keeps_what_was_typed(signed_in, anja, a_service):
    browser = signed_in(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=a_moment_ago(minutes=16))
    assert browser.post(NEW, CONFIRMED)["Location"].startswith("/bevestigen/")
    assert not Account.objects.filter(name="Nadia Bouzid").exists()
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE)
    assert 'value="Nadia Bouzid"' in browser.get(NEW).content.decode()


def test_chris_asks_for_the_own_organisation_alone(signed_in, chris, zuid, noord, a_service):
    signed_in(chris).post(NEW, CONFIRMED)
    assert nadia().organisation == zuid
    with pytest.raises(Exception, match="bestaat niet"):
        request_account(noord, Wanted("Elders", "e@voorbeeld.test"), by=by(chris), at=timezone.now())
    assert not Account.objects.filter(name="Elders").exists()


@pytest.mark.parametrize("who", ["anna", "dirk", "sanne"])
def test_only_a_contact_person_may(request, signed_in, who):
    assert signed_in(request.getfixturevalue(who)).post(NEW, CONFIRMED).status_code == 403


def test_a_mandate_that_ended_gives_nothing(signed_in, anja, a_service):
    browser = signed_in(anja)
    Mandate.objects.filter(account=anja).update(valid_until=a_moment_ago(seconds=1))
    assert browser.post(NEW, CONFIRMED).status_code == 403


def test_strangers_sign_in_first():
    assert Client().get(NEW)["Location"].startswith("/inloggen/")


def test_whoever_asks_is_the_one_who_gets_the_number(signed_in, anja, bram, a_service):
    signed_in(bram).post(NEW, CONFIRMED)
    assert Delivery.objects.get(template="user_number").to_account == bram
    assert factories.PIN not in str(list(Message.objects.values()))
