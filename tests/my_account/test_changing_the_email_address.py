"""Mail goes elsewhere only when the password was shown and the new mailbox has confirmed; the old one hears of it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.choices import Means
from accounts.links import EMAIL_CHANGE, public_id_in, token_of
from accounts.models import Account, AuditEvent, EmailChange
from accounts.services import confirm_email_change
from blocking.models import Block, Budget
from messagebox.mails import mail_of
from messagebox.models import Delivery
from tests import factories
from tests.desk.conftest import text_of
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, by
from tests.fixtures_signing_in import showed
from tests.my_account.changing_email import ELSEWHERE, PAGE, address_of, ask, link_in_the_last_mail, mails

pytestmark = pytest.mark.django_db

WITHDRAW = "/mijn-account/e-mailadres/intrekken/"


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


def test_asking_changes_nothing_yet(screen, anna):
    before = anna.email
    answer = ask(screen)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = text_of(screen.get(PAGE))
    assert "Open de link in uw e-mail" in page
    assert ELSEWHERE in page
    assert address_of(anna) == before


def test_the_link_asks_and_the_press_changes(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    before = anna.email
    page = text_of(screen.get(link))
    assert "Nieuw e-mailadres bevestigen?" in page
    assert ELSEWHERE in page
    assert address_of(anna) == before
    answer = screen.post(link)
    assert (answer.status_code, answer["Location"]) == (303, "/mijn-account/")
    assert address_of(anna) == ELSEWHERE
    assert f"Onze e-mails gaan nu naar {ELSEWHERE}." in text_of(screen.get("/mijn-account/"))


def test_the_old_address_hears_of_both_and_the_new_one_gets_the_link_alone(screen, anna):
    before = anna.email
    ask(screen)
    screen.post(link_in_the_last_mail())
    assert [mail.to_address for mail in mails("email_change_requested")] == [before]
    assert [mail.to_address for mail in mails("email_changed")] == [before]
    assert [mail.to_address for mail in mails("email_confirm")] == [ELSEWHERE]
    for template in ("email_change_requested", "email_changed"):
        sent = mail_of(mails(template)[0], timezone.now())
        assert sent.to == [before]
        assert "Was u dit niet?" in str(sent.body)
        assert ELSEWHERE not in str(sent.message())


def test_the_link_is_kept_nowhere_and_names_nobody(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    token = link.rsplit("/", 2)[-2]
    assert token not in str(list(Delivery.objects.values()) + list(EmailChange.objects.values()))
    sent = str(mail_of(mails("email_confirm")[-1], timezone.now()).message())
    assert anna.name.split()[0] not in sent.replace(ELSEWHERE, "")


def test_both_are_written_down_without_an_address(screen, anna):
    ask(screen)
    screen.post(link_in_the_last_mail())
    events = AuditEvent.objects.filter(slug__in=["account:email_change:requested", "account:email:changed"])
    assert [(event.actor, event.account, event.parameters) for event in events] == [(anna, anna, {})] * 2


def test_the_link_works_once(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    screen.post(link)
    Account.objects.filter(pk=anna.pk).update(email="later@voorbeeld.test")
    assert screen.get(link).status_code == 409
    again = screen.post(link)
    assert again.status_code == 409
    assert "Dit is al gebeurd" in text_of(again)
    assert "U hebt dit e-mailadres al bevestigd." in text_of(again)
    assert 'href="/mijn-account/">Naar Mijn account</a>' in again.text
    assert address_of(anna) == "later@voorbeeld.test"
    assert AuditEvent.objects.get(slug="account:email_change:refused").parameters == {"code": "email_change_over"}


def test_the_link_works_for_a_day(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    EmailChange.objects.update(expires_at=timezone.now())
    answer = screen.get(link)
    assert answer.status_code == 410
    assert "Deze link is verlopen" in text_of(answer)
    assert "Uw e-mailadres is niet gewijzigd." in text_of(answer)
    assert screen.post(link).status_code == 410
    assert address_of(anna) != ELSEWHERE


def test_who_is_not_signed_in_reads_why_to_sign_in(screen):
    ask(screen)
    why = "Log in om uw nieuwe e-mailadres te bevestigen."
    assert why in text_of(Client().get(link_in_the_last_mail(), follow=True))
    assert why not in text_of(Client().get(PAGE, follow=True))


def test_until_the_last_moment_it_works(anna):
    at = timezone.now()
    change = EmailChange.objects.create(
        account=anna, email=ELSEWHERE, requested_at=at, expires_at=at + timedelta(hours=24)
    )
    confirm_email_change(change, by=by(anna), at=at + timedelta(hours=23, minutes=59, seconds=59))
    assert address_of(anna) == ELSEWHERE


def test_a_newer_request_replaces_the_older(screen, anna):
    ask(screen)
    older = link_in_the_last_mail()
    ask(screen, "anna@nieuwer.test")
    assert screen.post(older).status_code == 410
    screen.post(link_in_the_last_mail())
    assert address_of(anna) == "anna@nieuwer.test"


def test_one_can_think_better_of_it(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    assert screen.post(WITHDRAW)["Location"] == PAGE
    assert "De wijziging is ingetrokken." in text_of(screen.get(PAGE))
    assert screen.post(link).status_code == 410
    assert AuditEvent.objects.filter(slug="account:email_change:withdrawn").count() == 1
    screen.post(WITHDRAW)
    assert AuditEvent.objects.filter(slug="account:email_change:withdrawn").count() == 1


def test_a_new_password_ends_what_a_thief_began(screen, browser_of, anna):
    ask(screen, "dief@elders.test")
    link = link_in_the_last_mail()
    fields = {"user_number": anna.user_number, "pin": PIN, "new_password": "zeven kleine geiten thuis"}
    assert Client().post("/wachtwoord-vergeten/", fields).status_code == 303
    anna.refresh_from_db()
    assert browser_of(anna).post(link).status_code == 410
    assert address_of(anna) != "dief@elders.test"


def test_the_link_is_for_the_one_who_asked_and_nobody_else(screen, browser_of, anna, chris, anja, sanne):
    ask(screen)
    link = link_in_the_last_mail()
    for person in (chris, anja, sanne):
        assert browser_of(person).get(link).status_code == 404
        assert browser_of(person).post(link).status_code == 404
    assert address_of(anna) != ELSEWHERE
    refused = AuditEvent.objects.filter(slug="account:page:refused", account=anna)
    assert {event.actor for event in refused} == {chris, anja, sanne}


def test_a_stranger_with_the_link_has_to_sign_in_first(screen, anna, client):
    ask(screen)
    link = link_in_the_last_mail()
    assert client.get(link).status_code == 302
    page = client.post(link, follow=True)
    assert page.context["next"] == link
    assert address_of(anna) != ELSEWHERE


def test_a_link_that_was_made_up_leads_nowhere(screen, anna):
    ask(screen)
    change = EmailChange.objects.get()
    for token in (str(change.public_id), f"{change.public_id}:x", token_of(change.public_id, "something else"), "x"):
        assert screen.get(f"{PAGE}bevestigen/{token}/").status_code == 404
        assert screen.post(f"{PAGE}bevestigen/{token}/").status_code == 404
    assert address_of(anna) != ELSEWHERE
    assert public_id_in(token_of(change.public_id, EMAIL_CHANGE), EMAIL_CHANGE) == change.public_id


def test_the_password_is_asked_for_and_counts(screen, anna):
    answer = ask(screen, password=WRONG_PASSWORD)
    assert answer.status_code == 200
    assert "Dit is niet uw huidige wachtwoord." in text_of(answer)
    assert f'value="{ELSEWHERE}"' in answer.text
    assert WRONG_PASSWORD not in answer.text
    assert Budget.objects.get(account=anna, secret="password").wrong == 1
    assert not EmailChange.objects.exists()
    for _ in range(4):
        ask(screen, password=WRONG_PASSWORD)
    assert Block.objects.open().get(account=anna).reason == "password"
    assert "U kunt uw e-mailadres nu niet wijzigen" in text_of(screen.get(PAGE))
    assert ask(screen).status_code == 200
    assert not EmailChange.objects.exists()


def test_who_is_blocked_meanwhile_still_confirms(screen, anna):
    """Strangers who guess keep nobody from what they began: no secret is compared here."""
    ask(screen)
    factories.block(anna)
    screen.post(link_in_the_last_mail())
    assert address_of(anna) == ELSEWHERE


def test_at_most_five_a_day(screen, anna):
    for number in range(5):
        assert ask(screen, f"anna{number}@elders.test").status_code == 303
    answer = ask(screen)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "vandaag al vijf keer" in text_of(answer)
    assert len(mails("email_confirm")) == 5
    refused = AuditEvent.objects.get(slug="account:email_change:refused")
    assert (refused.account, refused.parameters) == (anna, {"code": "too_many_email_changes"})
    EmailChange.objects.update(requested_at=timezone.now() - timedelta(hours=24))
    assert ask(screen).status_code == 303


def test_the_database_keeps_one_at_a_time(anna):
    at = timezone.now()
    fields = {"account": anna, "email": ELSEWHERE, "requested_at": at, "expires_at": at + timedelta(days=1)}
    EmailChange.objects.create(**fields)
    with pytest.raises(IntegrityError):
        EmailChange.objects.create(**fields)


def test_who_had_no_address_gets_one(browser_of, noord):
    person = factories.account(noord, "Pim Zonder", email="")
    screen = browser_of(person)
    ask(screen, "pim@elders.test")
    screen.post(link_in_the_last_mail())
    assert address_of(person) == "pim@elders.test"
    assert not mails("email_changed")


@pytest.mark.parametrize("who", ["anja", "dirk", "sanne"])
def test_everybody_can(request, browser_of, who):
    person = request.getfixturevalue(who)
    screen = browser_of(person)
    ask(screen)
    assert screen.post(link_in_the_last_mail()).status_code == 303
    assert address_of(person) == ELSEWHERE


def test_sending_asks_for_a_token_and_looking_withdraws_nothing(screen, anna):
    ask(screen)
    link = link_in_the_last_mail()
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(anna)
    for address in (PAGE, WITHDRAW, link):
        assert elsewhere.post(address, {"email": ELSEWHERE, "password": PASSWORD}).status_code == 403
    assert screen.get(WITHDRAW).status_code == 405
    assert EmailChange.objects.waiting(timezone.now()).count() == 1


def test_a_second_factor_is_asked_anew_and_the_address_waits(screen, browser_of, anja):
    hers = browser_of(anja)
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(minutes=16))
    answer = ask(hers)
    assert answer["Location"].startswith("/bevestigen/")
    assert not EmailChange.objects.exists()
    showed(hers, Means.PASSWORD, Means.ONE_TIME_CODE)
    assert f'value="{ELSEWHERE}"' in hers.get(PAGE).text
    assert PASSWORD not in str(dict(hers.session))


def denial_in(template):
    """The link «dit was ik niet» that the old mailbox got."""
    found = re.search(r"https?://[^/\s]+(/\S+/)\s", str(mail_of(mails(template)[-1], timezone.now()).body))
    assert found
    return found[1]


def test_who_reads_the_old_mailbox_stops_it_with_one_press(screen, anna, client):
    ask(screen)
    link = link_in_the_last_mail()
    assert client.post(denial_in("email_change_requested")).status_code in {200, 303}
    assert Block.objects.open().get(account=anna).reason == "support"
    assert screen.post(link).status_code == 302
    assert address_of(anna) != ELSEWHERE


def test_also_when_it_has_happened_already(screen, anna, client):
    ask(screen)
    screen.post(link_in_the_last_mail())
    assert client.post(denial_in("email_changed")).status_code in {200, 303}
    assert Block.objects.open().get(account=anna).reason == "support"
