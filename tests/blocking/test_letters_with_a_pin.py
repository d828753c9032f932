"""Letters with a PIN: Support orders one, a worker makes an accessible PDF, Support downloads it once."""

import re
import zlib
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import AuditEvent
from accounts.sealing import unseal
from accounts.services import issue_pin
from blocking import letter_paper
from blocking.choices import LetterState
from blocking.life_refusals import LetterGone, LettersUnavailable, NoPinInThisState, OnlySupportSendsLetters
from blocking.models import PinLetter
from blocking.services import download_letter, erase_old_letters, make_letters, order_letter
from messagebox.models import Delivery
from tests import factories
from tests.factories import PIN, by

pytestmark = pytest.mark.django_db

MISSING = letter_paper.what_is_missing()
needs_paper = pytest.mark.skipif(bool(MISSING), reason=f"WeasyPrint with Pango is not on this machine. {MISSING}")


@pytest.fixture
def omar(pgb):
    pgb.correspondence_address = "Thuiszorg Dichtbij\nVoorbeeldstraat 1"
    pgb.save()
    return factories.account(pgb, "Omar Benali")


@pytest.fixture
def support(sanne):
    browser = Client()
    browser.force_login(sanne)
    return browser


def ordered(account, sanne):
    return order_letter(account, by=by(sanne), at=timezone.now())


def made(account, sanne):
    letter = ordered(account, sanne)
    assert make_letters(at=timezone.now()) == 1
    letter.refresh_from_db()
    return letter


@needs_paper
def test_ordering_makes_a_new_pin_that_nobody_reads_in_the_database(omar, sanne):
    letter = ordered(omar, sanne)
    pin = unseal(letter.sealed).decode()
    omar.refresh_from_db()
    assert check_password(pin, omar.pin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM blocking_pinletter l")
        assert pin not in str(cursor.fetchall())
    assert Delivery.objects.get().template == "pin_issued"


def test_the_letter_holds_the_pin_the_person_and_the_address_and_never_the_number(omar):
    text = letter_paper.words_of(omar, PIN, timezone.now())
    for told in (PIN, "hoofdletter K, kleine letter x, cijfer 7", "Omar Benali", "Voorbeeldstraat 1", "/activeren/"):
        assert told in text
    assert omar.user_number not in text


@needs_paper
def test_it_is_an_accessible_pdf(omar, sanne):
    pdf = download_letter(made(omar, sanne), by=by(sanne), at=timezone.now())
    assert pdf.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = pdf + b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x")
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid:part"):
        assert mark in opened


@needs_paper
def test_it_is_downloaded_once_and_then_gone(omar, sanne):
    letter = made(omar, sanne)
    download_letter(letter, by=by(sanne), at=timezone.now())
    with pytest.raises(LetterGone):
        download_letter(letter, by=by(sanne), at=timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.sealed, letter.downloaded_by) == (LetterState.DOWNLOADED, "", sanne)
    assert AuditEvent.objects.filter(slug="account:letter:downloaded", account=omar).count() == 1


@needs_paper
def test_making_twice_is_making_once_and_before_that_there_is_nothing_to_download(omar, sanne):
    letter = ordered(omar, sanne)
    with pytest.raises(LetterGone):
        download_letter(letter, by=by(sanne), at=timezone.now())
    assert [make_letters(at=timezone.now()) for _ in range(2)] == [1, 0]


@needs_paper
def test_a_newer_pin_or_letter_erases_the_one_before(omar, sanne):
    first = ordered(omar, sanne)
    second = ordered(omar, sanne)
    issue_pin(omar, by=by(sanne), at=timezone.now())
    states = [PinLetter.objects.get(pk=letter.pk).state for letter in (first, second)]
    assert states == [LetterState.REPLACED] * 2


@needs_paper
def test_after_thirty_days_it_is_erased(omar, sanne):
    letter, at = made(omar, sanne), timezone.now()
    assert [erase_old_letters(at=at + timedelta(days=days)) for days in (29, 31, 31)] == [0, 1, 0]
    letter.refresh_from_db()
    assert (letter.state, letter.sealed) == (LetterState.EXPIRED, "")


@needs_paper
@pytest.mark.parametrize("who", ["anja", "chris", "dirk", "anna"])
def test_only_support_orders_and_downloads(request, omar, sanne, who):
    person = request.getfixturevalue(who)
    with pytest.raises(OnlySupportSendsLetters):
        ordered(omar, person)
    letter = made(omar, sanne)
    with pytest.raises(OnlySupportSendsLetters):
        download_letter(letter, by=by(person), at=timezone.now())
    browser = Client()
    browser.force_login(person)
    assert browser.post(reverse("admin:blocking_pinletter_download", args=[letter.pk])).status_code in {302, 403}


@needs_paper
def test_who_has_no_pin_gets_no_letter(pgb, sanne):
    with pytest.raises(NoPinInThisState):
        ordered(factories.account(pgb, state=AccountState.REQUESTED), sanne)


@needs_paper
def test_in_the_admin_from_an_accounts_page_to_the_file(support, omar):
    order = f"{reverse('admin:blocking_pinletter_order')}?account={omar.pk}"
    assert order in support.get(reverse("admin:accounts_account_change", args=[omar.pk])).content.decode()
    assert "Voorbeeldstraat 1" in support.get(order).content.decode()
    assert not PinLetter.objects.exists()
    assert support.post(order).status_code == 303
    letter = PinLetter.objects.get()
    waiting = support.get(reverse("admin:blocking_pinletter_change", args=[letter.pk])).content.decode()
    assert "Ververs deze bladzijde" in waiting
    make_letters(at=timezone.now())
    assert "brief met pincode te versturen" in support.get("/beheer/").content.decode()
    page = support.get(reverse("admin:blocking_pinletter_change", args=[letter.pk])).content.decode()
    download = reverse("admin:blocking_pinletter_download", args=[letter.pk])
    assert download in page
    answer = support.post(download)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert support.post(download).status_code == 409


@pytest.mark.parametrize(
    ("failure", "told"),
    [(ImportError("no module"), "WeasyPrint ontbreekt"), (OSError("libpango-1.0-0"), "Pango ontbreekt")],
)
def test_where_something_is_missing_it_is_said_and_nothing_changes(support, omar, sanne, monkeypatch, failure, told):
    def missing(name):
        raise failure

    monkeypatch.setattr(letter_paper, "import_module", missing)
    order = f"{reverse('admin:blocking_pinletter_order')}?account={omar.pk}"
    assert told in support.get(order).content.decode()
    assert support.post(order).status_code == 409
    with pytest.raises(LettersUnavailable):
        ordered(omar, sanne)
    assert make_letters(at=timezone.now()) == 0
    omar.refresh_from_db()
    assert check_password(PIN, omar.pin)
    assert not PinLetter.objects.exists()
