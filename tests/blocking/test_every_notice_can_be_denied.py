"""Every mail that tells somebody what was done with their account has the link «dit was ik niet»."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from accounts.models import Account
from accounts.services import Parameters
from blocking.choices import NoticeKind
from blocking.models import Notice
from blocking.services.deniable import DENIABLE
from messagebox.mails import mail_of
from messagebox.services import queue_mail
from tests.messagebox.every_mail import ALL, FOLDER, TO_SUPPORT

pytestmark = pytest.mark.django_db

# Mails without the link, each with its reason.
WITHOUT = {
    "email_confirm": "goes to an address that may be a stranger's, and nothing happens without its confirmation",
    "new_message": "tells that a message waits, nothing about the reader's account",
    "unread_messages": "a reminder: nothing was done",
    "user_number": "to the contact person, about somebody else's new account",
    "removal_asked": "the account is shut already, and the mail says who undoes that",
    "removal_final": "nothing is left to block",
} | dict.fromkeys(TO_SUPPORT, "to Support as a whole")
BY_SUPPORT = "support"
TOLD = [(template, parameters) for template, parameters in ALL if template not in WITHOUT]


def test_every_mail_has_the_link_or_a_reason_to_have_none() -> None:
    assert {folder.name for folder in FOLDER.iterdir() if folder.is_dir()} == set(DENIABLE) | set(WITHOUT)
    assert not set(DENIABLE) & set(WITHOUT)


def test_every_kind_of_notice_is_told_by_some_mail() -> None:
    assert set(DENIABLE.values()) == set(NoticeKind)


@pytest.mark.parametrize(("template", "parameters"), TOLD)
def test_the_link_stands_in_the_text_and_in_the_html(template: str, parameters: Parameters, anna: Account) -> None:
    found = [_links(text) for text in _texts(template, parameters, anna)]
    if template == "block_opened" and parameters.get("reason") == BY_SUPPORT:
        assert found == [[], []]
        assert not Notice.objects.exists()
        return
    assert len(found[0]) == 1
    assert found[0] == found[1]
    assert Notice.objects.get().account == anna
    assert Notice.objects.get().kind == DENIABLE[template]


@pytest.mark.parametrize("template", sorted(set(WITHOUT) - {"new_message", "no_reader"}))
def test_the_others_leave_nothing_to_answer(template: str, anna: Account) -> None:
    parameters = next(facts for name, facts in ALL if name == template)
    assert [_links(text) for text in _texts(template, parameters, anna)] == [[], []]
    assert not Notice.objects.exists()


def _texts(template: str, parameters: Parameters, to: Account) -> list[str]:
    at = timezone.now()
    mail = mail_of(queue_mail(template, to=to, parameters=_without_notice(parameters), at=at), at)
    return [str(mail.body), str(mail.alternatives[0][0])]


def _without_notice(parameters: Parameters) -> Parameters:
    return {name: value for name, value in parameters.items() if name != "notice"}


def _links(text: str) -> list[str]:
    return re.findall(r"/dit-was-ik-niet/[^\s\"<]+", text)
