"""Every mail has three parts, says how to reach Support, and can do nothing but be read."""

from __future__ import annotations

import re
from email.message import Message as Parsed

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account
from accounts.services import Parameters
from blocking.choices import BlockReason
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message
from messagebox.services import queue_mail
from tests.messagebox.conftest import Post
from tests.messagebox.every_mail import ALL, FOLDER, HOSTILE, MOMENT, TO_SUPPORT, facts_of_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(anna: Account, anja: Account, post: Post) -> Message:
    return post(anna)


def _mail(
    template: str, parameters: Parameters, to: Account | str, message: Message | None = None
) -> EmailMultiAlternatives:
    at = timezone.now()
    queued = queue_mail(template, to=to, parameters=parameters, at=at, message=message)
    return mail_of(Delivery.objects.get(pk=queued.pk), at)


def _parts(mail: EmailMultiAlternatives) -> dict[str, str]:
    parsed: Parsed = mail.message()
    return {part.get_content_type(): _text(part) for part in parsed.walk() if not part.is_multipart()}


def _text(part: Parsed) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


@pytest.mark.parametrize(
    ("environment", "begins"), [("production", "Uw "), ("acceptance", "[Acceptatie] Uw "), ("test", "[Test] Uw ")]
)
def test_a_mail_of_a_test_says_so_in_its_subject(
    settings: Settings, anna: Account, environment: str, begins: str
) -> None:
    settings.PORTAL_ENVIRONMENT = environment
    assert _mail("password_changed", {"changed_at": MOMENT}, anna).subject.startswith(begins)


def test_every_mail_of_the_portal_is_tried_here() -> None:
    assert {template for template, _ in ALL} == {folder.name for folder in FOLDER.iterdir() if folder.is_dir()}


@pytest.mark.parametrize(("template", "parameters"), ALL)
def test_a_mail_has_a_subject_a_text_and_html_and_always_supports_route(
    template: str, parameters: Parameters, anna: Account, message: Message
) -> None:
    to = "support@voorbeeld.test" if template in TO_SUPPORT else anna
    mail = _mail(template, parameters, to, message)
    parts = _parts(mail)
    assert set(parts) == {"text/plain", "text/html"}
    for text in (str(mail.subject), *parts.values()):
        assert text.strip()
        assert not re.search(r"{[{%#]|[%#}]}|None|\bTrue\b|\bFalse\b", text)
    for text in parts.values():
        assert settings.PORTAL_SUPPORT_PHONE in text
        assert settings.PORTAL_SUPPORT_EMAIL in text
        assert "uw wachtwoord of pincode" in text
    assert "\n\n\n" not in parts["text/plain"]
    assert not re.search(r"<(script|style)|\s(style|on\w+)=", parts["text/html"])


@pytest.mark.parametrize(("template", "parameters"), ALL)
def test_no_mail_holds_a_user_number(template: str, parameters: Parameters, anna: Account, message: Message) -> None:
    mail = _mail(template, parameters, anna, message)
    for text in (str(mail.subject), *_parts(mail).values()):
        assert not re.search(r"\d{14}", text)
    assert anna.user_number not in str(mail.message().items())


@pytest.mark.parametrize(("template", "parameters"), ALL)
def test_hostile_names_stay_text(template: str, parameters: Parameters, anna: Account, message: Message) -> None:
    Account.objects.update(name=HOSTILE)
    organisation = message.organisation
    organisation.name = HOSTILE
    organisation.save()
    mail = _mail(template, parameters, anna, message)
    parsed = mail.message()
    assert parsed["Bcc"] is None
    assert parsed["To"] == anna.email
    parts = _parts(mail)
    assert "<script" not in parts["text/html"]
    for text in (str(mail.subject), *parts.values()):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
        assert not re.search(r"^Bcc:", text, re.MULTILINE)


def test_hostile_parameters_stay_text(anna: Account) -> None:
    mail = _mail("unread_messages", {"count": HOSTILE}, anna)
    assert "\n" not in mail.subject
    assert mail.message()["Bcc"] is None
    assert "<script" not in _parts(mail)["text/html"]


def test_a_text_mail_shows_a_name_as_it_is_written(anna: Account) -> None:
    Account.objects.filter(pk=anna.pk).update(name="Anna 't Hooft & Zn.")
    parts = _parts(_mail("password_changed", {"changed_at": MOMENT}, anna))
    assert "Beste Anna 't Hooft & Zn.," in parts["text/plain"]


def _opened(anna: Account, reason: BlockReason, *, by_contact_person: bool = True) -> str:
    return _parts(_mail("block_opened", facts_of_block(reason, by_contact_person=by_contact_person), anna))[
        "text/plain"
    ]


def test_who_is_blocked_by_a_password_reads_why_since_when_who_lifts_it_and_what_to_do(
    anna: Account, anja: Account, bram: Account
) -> None:
    text = _opened(anna, BlockReason.PASSWORD)
    assert "5 keer achter elkaar een verkeerd wachtwoord" in text
    assert "1 maart 2026 om 10.05 uur" in text
    assert f"Uw contactpersonen zijn: {anja.name}, {bram.name}" in text
    assert "Is er geen contactpersoon aanwezig? Neem dan zelf contact op met Support." in text
    assert "Caps Lock" in text
    assert "Num Lock" in text
    assert "/wachtwoord-vergeten/" in text
    assert "Was u dit niet?" in text


def test_who_is_blocked_for_strangers_only_reads_first_that_there_is_nothing_to_do(
    anna: Account, anja: Account
) -> None:
    facts = facts_of_block(BlockReason.PASSWORD) | {"scope": "strangers"}
    for text in _parts(_mail("block_opened", facts, anna)).values():
        assert text.index("U hoeft niets te doen") < text.index("geblokkeerd voor onbekende browsers")
        assert "Wat moet u doen?" not in text
        assert "Denkt u dat iemand uw wachtwoord kent?" in text


def test_who_is_blocked_by_a_pin_is_sent_to_the_contact_person_only(anna: Account, anja: Account) -> None:
    text = _opened(anna, BlockReason.PIN)
    assert f"Uw contactpersoon is: {anja.name}" in text
    assert "zelf contact op met Support" not in text
    assert "Num Lock" in text


def test_a_contact_person_is_never_sent_to_herself(anja: Account, bram: Account) -> None:
    assert f"Uw contactpersoon is: {bram.name}" in _opened(anja, BlockReason.PASSWORD)


def test_the_only_contact_person_is_sent_to_support(anja: Account) -> None:
    text = _opened(anja, BlockReason.PASSWORD)
    assert "Neem contact op met Support. Houd de AGB-code" in text
    assert "Uw contactpersoon is" not in text


@pytest.mark.parametrize("reason", list(BlockReason))
def test_somebody_of_a_pgb_provider_is_sent_to_support(dirk: Account, reason: BlockReason) -> None:
    text = _opened(dirk, reason, by_contact_person=False)
    assert "Neem contact op met Support" in text
    assert "contactpersoon" not in text


def test_who_is_over_the_quota_hears_that_waiting_does_not_help(anna: Account, anja: Account) -> None:
    text = _opened(anna, BlockReason.QUOTA, by_contact_person=False)
    assert "Wachten helpt niet" in text
    assert "kan de blokkade niet zelf opheffen" in text


def test_supports_own_staff_asks_a_colleague(sanne: Account) -> None:
    assert "Vraag een collega van Support" in _opened(sanne, BlockReason.PASSWORD, by_contact_person=False)


def test_after_a_lift_the_rightful_user_can_say_this_was_not_me(anna: Account) -> None:
    text = _parts(_mail("block_lifted", facts_of_block(BlockReason.PASSWORD), anna))["text/plain"]
    assert "Was u dit niet?" in text
    assert "/dit-was-ik-niet/" in text


def test_who_is_still_blocked_is_not_told_to_sign_in(anna: Account) -> None:
    facts = {**facts_of_block(BlockReason.PASSWORD), "is_still_blocked": True}
    for text in _parts(_mail("block_lifted", facts, anna)).values():
        assert "u kunt nog niet inloggen" in text
        assert "U kunt weer inloggen" not in text
        assert "/inloggen/" not in text
