"""Whoever finds one page, mail, letter or copy finds a user number or a PIN, never both; and a PIN once.

A whole life goes by, through the pages. Then everybody walks every address, and opens every mail, letter and copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, AuditEvent
from accounts.sealing import unseal
from accounts.services import finish_removals
from accounts.templatetags.dutch import spelled
from blocking import letter_paper
from blocking.models import AccountRequest, Block, PinLetter, SupportCase
from blocking.services import answer_pin_requests, make_letters
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message, SealedSecret
from tests.cases import a_case
from tests.desk.conftest import account_address, lift_address
from tests.factories import WRONG_PIN
from tests.security.addresses import addresses

# Some hundreds of pages, by three people.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

PASSWORD = "zeven kleine geiten thuis"
NEW_PASSWORD = "een nieuw begin op maandag"
NADIA = {"name": "Nadia Bouzid", "email": "nadia@voorbeeld.test", "authorisations": ["cov"], "terms": "on"}
_SHOWN = re.compile(r'class="vp-number vp-nowrap">(\w{8})<')


@dataclass
class Found:
    """Every place where something stands to read, and every PIN there was, with the one place where it may stand."""

    places: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)

    def keep(self, place: str, text: str) -> str:
        name = f"{len(self.places)} {place}"
        self.places[name] = text
        return name

    def with_pin(self) -> set[tuple[str, str]]:
        """Where which PIN stands, as it is typed or spelled out."""
        return {
            (place, pin)
            for place, text in self.places.items()
            for pin in self.pins
            if pin in text or spelled(pin) in text
        }

    def with_number(self, account: Account) -> set[str]:
        """With whatever stands between its digits."""
        number = re.compile(r"[\s\xa0.-]*".join(account.user_number))
        return {place for place, text in self.places.items() if number.search(text)}


class Reader(Client):
    """Keeps whatever it is shown, and where it was sent."""

    def __init__(self, found: Found, person: Account | None = None) -> None:
        super().__init__()
        self.found, self.name, self.last = found, person.name if person else "nobody", ""
        if person:
            self.force_login(person, "blocking.backends.GuardedBackend")

    def request(self, **asked: Any) -> Any:
        answer = super().request(**asked)
        said = f"{asked['PATH_INFO']}\n{answer.headers}\n{b''.join(answer).decode(errors='replace')}"
        self.last = self.found.keep(f"{self.name}: {asked['REQUEST_METHOD']} {asked['PATH_INFO']}", said)
        return answer

    def reveals(self, message: Message) -> str:
        answer = self.post(f"/berichtenbox/{message.public_id}/toon-pincode/")
        [pin] = _SHOWN.findall(answer.content.decode())
        self.found.pins[pin] = self.last
        return str(pin)


@pytest.fixture
def found() -> Found:
    return Found({}, {WRONG_PIN: "nowhere"})


@pytest.fixture
def life(found, anja, sanne, a_service):
    """As far as it goes with a PIN that waits, unseen: whose it is."""
    contact, support, her = Reader(found, anja), Reader(found, sanne), Reader(found)
    contact.post("/gebruikersbeheer/nieuw/", NADIA)
    contact.post("/gebruikersbeheer/nieuw/", NADIA | {"bevestigd": "1"})
    nadia = Account.objects.get(name="Nadia Bouzid")
    first = contact.reveals(newest_message())
    begins_and_is_blocked(her, nadia, first)
    contact.post(lift_address(Block.objects.get()), {"reason": "forgotten"})
    contact.post(f"{account_address(nadia)}nieuwe-pincode/")
    second = contact.reveals(newest_message())
    typed = {"user_number": nadia.user_number, "pin": second, "new_password": NEW_PASSWORD}
    assert her.post("/wachtwoord-vergeten/", typed).status_code == 303
    gets_a_letter(support, nadia)
    her.post("/pincode-vergeten/", {"user_number": nadia.user_number})
    assert answer_pin_requests(at=timezone.now()) == 1
    found.pins[SealedSecret.objects.waiting().get().secret] = "nowhere"
    return nadia


def begins_and_is_blocked(her, nadia, pin):
    """With a password that does not suit, at first: the page comes back."""
    typed = {"user_number": nadia.user_number, "pin": pin, "new_password": PASSWORD}
    assert her.post("/activeren/", typed | {"new_password": "kort"}).status_code == 200
    assert her.post("/activeren/", typed).status_code == 303
    for door in ("/wachtwoord-vergeten/", "/activeren/", "/certificaat-installeren/") * 2:
        her.post(door, typed | {"pin": WRONG_PIN, "passphrase": PASSWORD})
    assert Block.objects.get(account=nadia).is_open


def gets_a_letter(support, nadia):
    """Ordered by Support, made and fetched. What it says is read in the page that it is made of."""
    if letter_paper.what_is_missing():
        return
    support.post(f"{reverse('admin:blocking_pinletter_order')}?account={nadia.pk}")
    letter = PinLetter.objects.get()
    pin = unseal(letter.sealed).decode()
    support.found.pins[pin] = support.found.keep("letter", letter_paper.words_of(nadia, pin, timezone.now()))
    assert make_letters(at=timezone.now()) == 1
    assert support.post(reverse("admin:blocking_pinletter_download", args=[letter.pk])).status_code == 200


def newest_message():
    return Message.objects.latest("pk")


def walk(found, nadia, anja, sanne):
    """Everything there is, by everybody who may be somewhere; with one of each thing that an address can name."""
    block = Block.objects.filter(account=nadia).latest("pk")
    case = SupportCase.objects.first() or a_case(block, sanne)
    letters, asked = PinLetter.objects.all(), AccountRequest.objects.get(account=nadia)
    delivery, event = Delivery.objects.get(template="user_number"), AuditEvent.objects.filter(account=nadia).last()
    things = [nadia, block, case, asked, delivery, event, *letters, *Message.objects.filter(about=nadia)]
    everywhere = [path for path in addresses(things) if path not in {"/uitloggen/", "/beheer/logout/"}]
    for person in (anja, sanne, nadia):
        reader = Reader(found, person)
        for path in everywhere:
            if path.startswith("/beheer/") == person.is_staff:
                reader.get(path)
        reader.post("/mijn-account/gegevens/")
    read_every_mail(found)
    for row in AuditEvent.objects.all():
        found.keep(row.slug, str(row.parameters))


def read_every_mail(found):
    for delivery in Delivery.objects.all():
        if delivery.address_now:
            mail = mail_of(delivery, timezone.now())
            found.keep(f"mail {delivery.template}", mail.message().as_string() + mail.body + str(mail.alternatives))


def is_gone(nadia, anja):
    browser = Client()
    browser.force_login(anja, "blocking.backends.GuardedBackend")
    browser.post(f"{account_address(nadia)}verwijderen/")
    final_at = Account.objects.get(pk=nadia.pk).removal_final_at
    assert final_at
    assert finish_removals(at=final_at) == 1


@pytest.mark.parametrize("when", ["while it lives", "when it is gone"])
def test_no_place_has_both_and_each_pin_stands_where_it_was_shown_and_nowhere_else(found, life, anja, sanne, when):
    if when == "when it is gone":
        is_gone(life, anja)
    walk(found, Account.objects.get(pk=life.pk), anja, sanne)
    with_number = found.with_number(life)
    for where in ("mail user_number", "GET /gebruikersbeheer/accounts/", "GET /beheer/accounts/account/"):
        assert any(where in place for place in with_number), f"{where} was read, and has the number"
    assert found.with_pin() == {(place, pin) for pin, place in found.pins.items() if place != "nowhere"}
    assert with_number.isdisjoint(place for place, _ in found.with_pin())
