"""Every mail has three parts, says how to reach Support, and can do nothing but be read."""

from __future__ import annotations

import re
from email.message import Message as Parsed
from itertools import product

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import Secret
from accounts.models import Account
from accounts.services import Parameters
from blocking.choices import BlockReason
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message
from messagebox.services import queue_mail
from tests.messagebox.conftest import Post
from vecozo_portal.environment import BASE_DIR

pytestmark = pytest.mark.django_db

FOLDER = BASE_DIR / "templates" / "emails"
MOMENT = "2026-03-01T09:05:00+00:00"
HOSTILE = "Anna\r\nBcc: dief@elders.test\u202e<script>alert(1)</script>\x07\x1b[31m"


def _facts(reason: BlockReason, *, by_contact_person: bool = True) -> dict[str, str | int | bool | None]:
    return {
        "reason": reason.value,
        "opened_at": MOMENT,
        "lifted_at": MOMENT,
        "count": 5,
        "lifted_by_contact_person": by_contact_person,
    }


BLOCKS = [
    (template, _facts(reason, by_contact_person=by))
    for template, reason, by in product(("block_opened", "block_lifted"), BlockReason, (True, False))
]
TO_SUPPORT = {"no_reader", "glass_broken", "factors_glass_broken", "not_me_alarm", "episode_alarm"}
GLASS: Parameters = {
    "block_pk": 7,
    "reason": "Pincode geblokkeerd",
    "account": HOSTILE,
    "why": HOSTILE,
    "by_name": HOSTILE,
    "lifted_at": MOMENT,
}
NOT_ME: Parameters = {
    "account": HOSTILE,
    "about": "Wachtwoord gewijzigd",
    "told_at": MOMENT,
    "reported_at": MOMENT,
    "block_pk": 7,
}
ALL: list[tuple[str, Parameters]] = [
    *BLOCKS,
    ("block_opened", _facts(BlockReason.PASSWORD) | {"scope": "strangers"}),
    ("block_opened", _facts(BlockReason.PASSWORD) | {"scope": "everywhere", "is_widened": True}),
    ("new_browser", {"signed_in_at": MOMENT, "program": HOSTILE, "source_address": "192.0.2.7"}),
    ("new_browser", {"signed_in_at": MOMENT, "program": "", "source_address": ""}),
    ("password_changed", {"changed_at": MOMENT}),
    ("password_changed", {"changed_at": MOMENT, "stays_signed_in": True}),
    ("password_changed", {"changed_at": MOMENT, "notice": "00000000-0000-4000-8000-000000000000"}),
    ("block_opened", _facts(BlockReason.SUPPORT) | {"reported_by_holder": True}),
    ("not_me_alarm", NOT_ME),
    ("episode_alarm", {"episode_pk": 7, "source": "192.0.2.7", "accounts": 3, "began_at": MOMENT}),
    ("episode_alarm", {"episode_pk": 7, "source": "", "accounts": 20, "began_at": MOMENT}),
    *[("secret_voided", {"secret": secret.value, "voided_at": MOMENT}) for secret in Secret],
    ("email_confirm", {"email_change": "0b4f1f0e-6c0a-4a39-9d2b-6f0f6a1c2d3e", "expires_at": MOMENT}),
    ("email_change_requested", {"requested_at": MOMENT}),
    ("email_changed", {"changed_at": MOMENT}),
    ("certificate_installed", {"installed_at": MOMENT, "valid_until_at": MOMENT, "is_system": False}),
    ("certificate_revoked", {"revoked_at": MOMENT, "valid_until_at": MOMENT, "why": HOSTILE}),
    ("removal_asked", {"changed_at": MOMENT, "until_at": MOMENT, "by_support": False}),
    ("removal_asked", {"changed_at": MOMENT, "until_at": MOMENT, "by_support": True}),
    ("removal_undone", {"changed_at": MOMENT}),
    ("removal_final", {"changed_at": MOMENT}),
    ("account_requested", {"request_pk": 7, "account": HOSTILE, "asked_for": HOSTILE, "asked_at": MOMENT}),
    ("user_number", {"number_of": "00000000-0000-4000-8000-000000000000"}),
    ("account_activated", {"activated_at": MOMENT}),
    ("pin_issued", {"issued_at": MOMENT}),
    ("pin_revealed", {"reader": HOSTILE, "revealed_at": MOMENT}),
    ("new_message", {}),
    ("no_reader", {}),
    ("glass_broken", GLASS),
    ("factors_glass_broken", {**GLASS, "account_pk": 7, "done_at": MOMENT}),
    ("factor_added", {"change": "added", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_added", {"change": "replaced", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_removed", {"change": "removed", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_removed", {"change": "reset", "means": "", "left": 0, "changed_at": MOMENT}),
    ("recovery_code_used", {"change": "used", "means": "recovery_code", "left": 9, "changed_at": MOMENT}),
    ("recovery_code_used", {"change": "used", "means": "recovery_code", "left": 1, "changed_at": MOMENT}),
    ("recovery_codes_renewed", {"change": "renewed", "means": "recovery_code", "left": 10, "changed_at": MOMENT}),
    ("unread_messages", {"count": 1}),
    ("unread_messages", {"count": 12}),
]


TO_SUPPORT = {"no_reader", "glass_broken", "not_me_alarm", "episode_alarm", "account_requested"}


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
    return _parts(_mail("block_opened", _facts(reason, by_contact_person=by_contact_person), anna))["text/plain"]


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
    text = _parts(_mail("block_lifted", _facts(BlockReason.PASSWORD), anna))["text/plain"]
    assert "Was u dit niet?" in text
    assert "Bel dan meteen Support" in text


def test_who_is_still_blocked_is_not_told_to_sign_in(anna: Account) -> None:
    facts = {**_facts(BlockReason.PASSWORD), "is_still_blocked": True}
    for text in _parts(_mail("block_lifted", facts, anna)).values():
        assert "u kunt nog niet inloggen" in text
        assert "U kunt weer inloggen" not in text
        assert "/inloggen/" not in text
