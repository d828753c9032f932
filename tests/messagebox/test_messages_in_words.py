"""A message is put into words on reading; its first sentence says what to do."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product

import pytest
from django.conf import settings

from accounts.models import Account
from blocking.choices import BlockReason
from messagebox.letters import body_of, letter_of, subject_of
from messagebox.models import Message
from tests import factories
from tests.messagebox.conftest import Post

pytestmark = pytest.mark.django_db

MOMENT = datetime.fromisoformat("2026-03-01T09:05:00+00:00")
KINDS = ("blocking:block_opened", "blocking:block_lifted", "blocking:case_refused")


def _first_sentence(body: str) -> str:
    return re.sub(r"<[^>]+>", "", body).strip().splitlines()[0]


@pytest.mark.parametrize(("kind", "reason", "is_system"), list(product(KINDS, BlockReason, (False, True))))
def test_every_message_of_a_block_has_words(
    kind: str, reason: BlockReason, is_system: bool, anna: Account, noord_software: Account, anja: Account, post: Post
) -> None:
    about = noord_software if is_system else anna
    message = post(about, kind=kind, reason=reason, at=MOMENT, lifted_by_contact_person=False)
    body = body_of(message, anja)
    assert about.name in subject_of(message)
    assert "1 maart 2026 om 10.05 uur" in body
    assert settings.PORTAL_SUPPORT_PHONE in body
    assert not re.search(r"{[{%#]|[%#}]}|None|\bTrue\b", body)


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN])
def test_where_the_contact_person_lifts_the_message_leads_to_the_account(
    reason: BlockReason, anna: Account, anja: Account, post: Post
) -> None:
    body = body_of(post(anna, reason=reason, at=MOMENT), anja)
    assert "hef daarna de blokkade op in Gebruikersbeheer" in _first_sentence(body)
    assert f'href="/gebruikersbeheer/accounts/{anna.public_id}/"' in body
    assert "5 keer achter elkaar" in body
    assert anna.user_number in body


@pytest.mark.parametrize("reason", [BlockReason.QUOTA, BlockReason.SUPPORT])
def test_where_only_support_lifts_the_message_says_what_to_quote(
    reason: BlockReason, anna: Account, anja: Account, post: Post
) -> None:
    message = post(anna, reason=reason, at=MOMENT, lifted_by_contact_person=False)
    body = body_of(message, anja)
    assert "Neem contact op met Support" in _first_sentence(body)
    for quoted in (message.organisation.agb_code, anna.user_number, settings.PORTAL_SUPPORT_PHONE):
        assert quoted in body
    assert "/gebruikersbeheer/accounts/" not in body


def test_a_system_accounts_pin_is_lifted_by_support_at_the_contact_persons_request(
    noord_software: Account, anja: Account, post: Post
) -> None:
    body = body_of(post(noord_software, reason="pin", at=MOMENT, lifted_by_contact_person=False), anja)
    assert "Neem contact op met Support" in _first_sentence(body)
    assert "als een contactpersoon daarom vraagt" in body
    assert noord_software.user_number in body


def test_who_reads_about_the_own_account_is_sent_to_a_colleague(anja: Account, bram: Account, post: Post) -> None:
    message = post(anja, at=MOMENT)
    assert "Vraag een andere contactpersoon" in _first_sentence(body_of(message, anja))
    assert "/gebruikersbeheer/accounts/" not in body_of(message, anja)
    assert "hef daarna de blokkade op" in _first_sentence(body_of(message, bram))


def test_a_hostile_name_stays_text(anna: Account, anja: Account, post: Post) -> None:
    Account.objects.filter(pk=anna.pk).update(name="Anna\r\n\u202e<script>alert(1)</script>")
    anna.refresh_from_db()
    message = post(anna, at=MOMENT, reason="<img src=x>\u202e")
    body = body_of(message, anja)
    assert "<script" not in body
    assert "<img" not in body
    for text in (body, subject_of(message)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)
    assert "\n" not in subject_of(message)


def test_a_message_is_from_support_where_support_acted_and_from_the_portal_otherwise(
    anna: Account, anja: Account, sanne: Account, post: Post
) -> None:
    assert letter_of(post(anna), anja).sender == "Het portaal"
    assert letter_of(post(anna, by=factories.by(sanne)), anja).sender == "Support"


def test_a_kind_that_has_no_words_any_more_can_still_be_opened(anna: Account, anja: Account, post: Post) -> None:
    message = Message.objects.get(pk=post(anna, kind="vanished:long_ago").pk)
    assert subject_of(message) == "Bericht over uw organisatie"
    assert "Vraag Support" in body_of(message, anja)


@pytest.mark.parametrize("step", ["removal_asked", "removal_undone", "removal_final"])
@pytest.mark.parametrize("by_support", [False, True])
@pytest.mark.parametrize("is_system", [False, True])
def test_every_step_of_a_removal_has_words(
    step: str, by_support: bool, is_system: bool, anna: Account, noord_software: Account, anja: Account, post: Post
) -> None:
    about = noord_software if is_system else anna
    facts = {"changed_at": MOMENT.isoformat(), "until_at": MOMENT.isoformat(), "by_name": "" if by_support else "Anja"}
    message = post(about, kind=f"accounts:{step}", by_support=by_support, is_system=is_system, **facts)
    body = body_of(message, anja)
    assert about.name in subject_of(message)
    assert "1 maart 2026 om 10.05 uur" in body
    leads_there = f"/gebruikersbeheer/accounts/{about.public_id}/" in body
    assert leads_there == (step == "removal_asked" and not is_system and not by_support)
    assert leads_there or settings.PORTAL_SUPPORT_PHONE in body
    assert not re.search(r"{[{%#]|[%#}]}|None|\bTrue\b", body)
