"""What the contact person reads of a quota: before it is too late, and when it was exceeded, with the evidence."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.services.quota import QuotaEvent, record_crossing, record_forecast
from messagebox.letters import body_of, subject_of
from messagebox.models import Delivery, Message
from tests import factories
from tests.messagebox.conftest import Post

pytestmark = pytest.mark.django_db

MOMENT = datetime.fromisoformat("2026-03-01T13:32:00+00:00")
MIDNIGHT = datetime.fromisoformat("2026-02-28T23:00:00+00:00")
PRINT = "ab12cd34" + "e" * 56


def event(account: Account, service: Service, *, count: int = 2001, client: str = PRINT) -> QuotaEvent:
    return QuotaEvent(account, service, QuotaWindow.DAY, limit=2000, count=count, client=client, at=MOMENT)


def exceeded(account: Account, service: Service, *, client: str = PRINT) -> Message:
    record_crossing(uuid4(), event(account, service, client=client), at=MOMENT)
    return Message.objects.get(kind="blocking:block_opened")


def foreseen(account: Account, service: Service, *, client: str = PRINT) -> Message:
    nearly = event(account, service, count=1600, client=client)
    assert record_forecast(nearly, percent=80, window_started_at=MIDNIGHT, at=MOMENT)
    return Message.objects.get(kind="blocking:quota_forecast")


def read(message: Message, reader: Account) -> str:
    """The body without its markup, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", body_of(message, reader)).split())


class TestExceeded:
    def test_it_tells_service_quota_count_moment_and_who_used_most(
        self, noord_software: Account, anja: Account, a_service: Service
    ) -> None:
        message = exceeded(noord_software, a_service)
        told = read(message, anja)
        for words in (
            "Dienst Controle op verzekering",
            "Quotum 2.000 bevragingen per dag",
            "Geteld 2.001 bevragingen",
            "1 maart 2026 om 14.32 uur",
            "Meeste bevragingen Certificaat met vingerafdruk ab12 cd34…",
        ):
            assert words in told
        assert PRINT not in told
        assert subject_of(message) == "Quotum overschreden voor de dienst Controle op verzekering: Koppeling Noord"

    def test_the_client_that_used_most_is_told_not_the_last_one(
        self, noord_software: Account, anja: Account, a_service: Service
    ) -> None:
        factories.used(noord_software, a_service, 1900, hour=MOMENT - timedelta(hours=3), client="192.0.2.7")
        assert "Meeste bevragingen Adres 192.0.2.7" in read(exceeded(noord_software, a_service), anja)

    def test_it_says_what_one_can_do_and_what_not(
        self, noord_software: Account, anja: Account, a_service: Service
    ) -> None:
        message = exceeded(noord_software, a_service)
        told = read(message, anja)
        for words in (
            "429 Too Many Requests",
            "Wachten helpt niet",
            "Andere diensten gaan gewoon door",
            "Zelf opheffen kunt u deze blokkade niet",
            "als een contactpersoon daarom vraagt",
            settings.PORTAL_SUPPORT_PHONE,
        ):
            assert words in told
        assert "/gebruikersbeheer/systeemcertificaten/" in body_of(message, anja)

    def test_agb_code_and_user_number_are_ready_to_copy(
        self, noord_software: Account, anja: Account, a_service: Service
    ) -> None:
        message = exceeded(noord_software, a_service)
        body = body_of(message, anja)
        for number in (message.organisation.agb_code, noord_software.user_number):
            assert f'data-vp-copy="{number}"' in body

    def test_of_a_person_it_says_that_they_cannot_sign_in_and_may_ask_themselves(
        self, anna: Account, anja: Account, a_service: Service
    ) -> None:
        message = exceeded(anna, a_service, client="")
        told = read(message, anja)
        assert "De gebruiker kan ook niet inloggen" in told
        assert "De gebruiker mag Support hier ook zelf om vragen" in told
        assert "Meeste bevragingen" not in told
        assert "Systeemcertificaten" not in told

    def test_a_message_from_before_evidence_was_kept_can_still_be_read(
        self, anna: Account, anja: Account, post: Post
    ) -> None:
        old = post(anna, reason="quota", at=MOMENT, lifted_by_contact_person=False, count=0)
        told = read(old, anja)
        assert "429 Too Many Requests" in told
        assert "None" not in told
        assert "Quotum " not in told

    def test_a_hostile_client_stays_text(self, anna: Account, anja: Account, a_service: Service) -> None:
        body = body_of(exceeded(anna, a_service, client="<b>\u202e"), anja)
        assert "<b>" not in body
        assert "\u202e" not in body

    def test_the_mail_to_the_rightful_user_holds_no_evidence(self, anna: Account, a_service: Service) -> None:
        exceeded(anna, a_service)
        mail = Delivery.objects.get(template="block_opened")
        assert mail.to_account == anna
        assert not {"client", "quota_limit", "quota_window"} & set(mail.parameters)


class TestForeseen:
    def test_it_says_how_much_is_used_by_whom_and_what_to_do(
        self, noord_software: Account, anja: Account, a_service: Service
    ) -> None:
        message = foreseen(noord_software, a_service)
        told = read(message, anja)
        for words in (
            "1.600 van de 2.000 bevragingen per dag gebruikt. Dat is 80 %.",
            "Om middernacht begint de telling opnieuw",
            "Certificaat met vingerafdruk ab12 cd34…",
            "429 Too Many Requests",
            "alleen Support heft die blokkade op",
            settings.PORTAL_SUPPORT_PHONE,
        ):
            assert words in told
        assert told.startswith("Kijk vandaag nog welk programma zo veel bevragingen doet")
        assert (
            subject_of(message)
            == "80 % van het quotum gebruikt voor de dienst Controle op verzekering: Koppeling Noord"
        )

    def test_of_a_person_it_says_that_they_could_not_sign_in(
        self, anna: Account, anja: Account, a_service: Service
    ) -> None:
        told = read(foreseen(anna, a_service, client=""), anja)
        assert "de gebruiker kan niet meer inloggen" in told
        assert "Meeste bevragingen" not in told

    def test_nothing_of_the_template_is_left(self, noord_software: Account, anja: Account, a_service: Service) -> None:
        body = body_of(foreseen(noord_software, a_service), anja)
        assert not re.search(r"{[{%#]|[%#}]}|None|\bTrue\b", body)
        assert PRINT not in body
