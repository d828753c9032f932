"""One press on the link in a mail: the account is blocked as Support would, sessions end, Support is alarmed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block, KnownBrowser, Notice
from blocking.not_me_link import token_of
from blocking.services import lift_block, place_support_block
from blocking.services.notices import tell_password_changed
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD, by

pytestmark = pytest.mark.django_db(transaction=True)


def enter(account, password=WRONG_PASSWORD, browser=None):
    return (browser or Client()).post("/inloggen/", {"user_number": account.user_number, "password": password})


def links_in(delivery):
    """In the text and in the HTML of the mail, as it would leave now."""
    mail = mail_of(delivery, timezone.now())
    texts = f"{mail.body}\n{_html(mail)}"
    return set(re.findall(r"https?://[^/]+(/dit-was-ik-niet/[^\s\"<]+)", texts))


def _html(mail):
    return mail.alternatives[0][0]


@pytest.fixture
def link(anna):
    """The link in the mail about Anna's changed password."""
    tell_password_changed(anna, at=timezone.now())
    return links_in(Delivery.objects.get(template="password_changed")).pop()


def test_looking_at_the_page_does_nothing(anna, link):
    for ask in (Client().get, Client().head, Client().get):
        assert ask(link).status_code == 200
    assert not Block.objects.exists()
    assert "Dit was ik niet: blokkeer mijn account" in Client().get(link).content.decode()


def test_one_press_blocks_the_account_and_ends_its_sessions(anna, anja, link):
    browser = Client()
    enter(anna, PASSWORD, browser)
    assert browser.get("/mijn-account/").status_code == 200
    answer = Client().post(link)
    assert (answer.status_code, answer["Location"]) == (303, "/dit-was-ik-niet/gelukt/")
    assert Client().get(answer["Location"]).status_code == 200
    block = Block.objects.get()
    assert (block.account, block.reason, block.is_open) == (anna, BlockReason.SUPPORT, True)
    assert browser.get("/mijn-account/").status_code == 302
    assert enter(anna, PASSWORD).status_code == 200
    assert "meldde iets niet zelf" in _letter(anja)


def _letter(reader):
    browser = Client()
    browser.force_login(reader)
    return browser.get(f"/berichtenbox/{Message.objects.latest('pk').public_id}/").content.decode()


def test_support_is_alarmed_by_mail_and_on_the_first_page_of_the_admin(anna, sanne, link):
    Client().post(link)
    alarm = Delivery.objects.get(template="not_me_alarm")
    assert anna.name in mail_of(alarm, timezone.now()).body
    browser = Client()
    browser.force_login(sanne)
    first = " ".join(browser.get("/beheer/").content.decode().split())
    assert '<span class="vp-work__count">1</span> melding «dit was ik niet»' in first
    listed = browser.get("/beheer/blocking/notice/?open=1").content.decode()
    assert anna.name in listed
    report = browser.get(f"/beheer/blocking/notice/{Notice.objects.get().pk}/change/").content.decode()
    assert f"/beheer/blocking/block/{Block.objects.get().pk}/change/" in report


def test_it_stands_in_the_log(anna, link):
    Client(REMOTE_ADDR="192.0.2.40").post(link)
    event = AuditEvent.objects.get(slug="account:not_me:reported")
    assert (event.account, event.source_address, event.parameters) == (
        anna,
        "192.0.2.40",
        {"about": "Wachtwoord gewijzigd"},
    )


def test_no_browser_is_known_any_more(anna, link):
    enter(anna, PASSWORD, Client())
    Client().post(link)
    assert not KnownBrowser.objects.exists()


def test_the_link_works_once(anna, sanne, link):
    Client().post(link)
    for answer in (Client().post(link), Client().get(link)):
        assert answer.status_code == 409
        assert "al gebruikt" in answer.content.decode()
    assert Block.objects.count() == Delivery.objects.filter(template="not_me_alarm").count() == 1


def test_after_thirty_days_it_is_too_late(link):
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        for answer in (Client().get(link), Client().post(link)):
            assert answer.status_code == 410
            assert "ouder dan 30 dagen" in answer.content.decode()
    assert not Block.objects.exists()


def test_a_forged_link_is_no_link(anna, link):
    public_id = Notice.objects.get().public_id
    forged = [
        "x",
        str(public_id),
        f"{public_id}:abc",
        token_of(public_id)[:-1],
        Signer().sign(str(public_id)),
        token_of("00000000-0000-4000-8000-000000000000"),
        token_of("geen kenmerk"),
        "é",
        "x" * 3000,
    ]
    for token in forged:
        for answer in (Client().get(f"/dit-was-ik-niet/{token}/"), Client().post(f"/dit-was-ik-niet/{token}/")):
            assert answer.status_code == 404, token
    assert not Block.objects.exists()


def test_without_a_token_of_its_form_the_press_does_nothing(link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link).status_code == 403
    assert not Block.objects.exists()


def test_where_support_blocked_already_the_alarm_is_raised_all_the_same(anna, sanne, link):
    place_support_block(anna, by=by(sanne), at=timezone.now(), reason="verloren sleutel")
    Client().post(link)
    assert Block.objects.count() == 1
    assert Notice.objects.denied().get().block == Block.objects.get()
    assert Delivery.objects.filter(template="not_me_alarm").count() == 1


def test_what_happens_at_the_doors_is_told_with_a_link_each_time(anna, anja):
    enter(anna, PASSWORD, Client())
    enter(anna, PASSWORD, Client())
    for _ in range(5):
        enter(anna)
    lifted = {"channel": LiftChannel.USER_ADMINISTRATION, "reason": LiftReason.FORGOTTEN}
    lift_block(Block.objects.get(), by=by(anja), at=timezone.now(), **lifted)  # type: ignore[arg-type]
    tell_password_changed(anna, at=timezone.now())
    told = Delivery.objects.filter(to_account=anna).exclude(template="new_message")
    assert {delivery.template for delivery in told} == {
        "new_browser",
        "block_opened",
        "block_lifted",
        "password_changed",
    }
    assert all(len(links_in(delivery)) == 1 for delivery in told)
    assert len({link for delivery in told for link in links_in(delivery)}) == len(told)


def test_the_outbox_holds_no_link_that_a_reader_of_the_database_could_press(anna, link):
    kept = [str(vars(delivery)) for delivery in Delivery.objects.all()]
    assert not any(link.split("/")[2] in text for text in kept)


def test_contact_persons_do_not_lift_it(anna, anja, chris, link):
    Client().post(link)
    block = Block.objects.get()
    for person, status in ((anja, 403), (chris, 404)):
        browser = Client()
        browser.force_login(person)
        answer = browser.post(f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/", {"reason": "other"})
        assert answer.status_code == status


def test_only_support_reads_the_reports(anna, anja, link):
    Client().post(link)
    browser = Client()
    browser.force_login(anja)
    assert browser.get("/beheer/blocking/notice/").status_code == 403


def test_a_notice_that_nobody_answered_is_no_report(anna, sanne, link):
    browser = Client()
    browser.force_login(sanne)
    assert browser.get(f"/beheer/blocking/notice/{Notice.objects.get().pk}/change/").status_code == 302
    assert factories.PASSWORD not in browser.get("/beheer/blocking/notice/").content.decode()
