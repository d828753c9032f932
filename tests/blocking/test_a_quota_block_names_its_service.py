"""Who is told of a quota block is told for which service: other services go on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.audit_sentences import sentence_of
from accounts.models import Account, AuditEvent, Service
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.services import open_block
from messagebox.letters import body_of, subject_of
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message
from tests.cases import lifted_by_support

pytestmark = pytest.mark.django_db

NAMED = "de dienst Controle op verzekering"


@pytest.fixture
def block(anna: Account, a_service: Service) -> Block:
    opened = open_block(anna, reason=BlockReason.QUOTA, service=a_service, by=PORTAL, at=timezone.now())
    assert opened
    return opened


@pytest.fixture
def lifted(block: Block, sanne: Account) -> Block:
    return lifted_by_support(block, sanne)


def _mail_texts(template: str) -> list[str]:
    mail = mail_of(Delivery.objects.get(template=template), timezone.now())
    return [str(mail.body), str(mail.alternatives[0][0])]


def _message(kind: str) -> Message:
    return Message.objects.get(kind=f"blocking:{kind}")


def test_the_message_of_its_opening(anja: Account, block: Block) -> None:
    message = _message("block_opened")
    assert subject_of(message) == f"Quotum overschreden voor {NAMED}: Anna de Boer"
    assert "de dienst <bdi>Controle op verzekering</bdi>" in body_of(message, anja)


def test_the_mail_of_its_opening(block: Block) -> None:
    mail = mail_of(Delivery.objects.get(template="block_opened"), timezone.now())
    assert mail.subject == f"[Test] Uw account is geblokkeerd: quotum overschreden voor {NAMED}"
    text, html = _mail_texts("block_opened")
    assert NAMED in text
    assert "de dienst <bdi>Controle op verzekering</bdi>" in html


def test_the_message_of_its_lifting(anja: Account, lifted: Block) -> None:
    assert "Quotum overschreden voor de dienst <bdi>Controle op verzekering</bdi>" in body_of(
        _message("block_lifted"), anja
    )


def test_the_mail_of_its_lifting(lifted: Block) -> None:
    text, html = _mail_texts("block_lifted")
    assert f"U kunt {NAMED} weer gebruiken" in text
    assert "de dienst <bdi>Controle op verzekering</bdi>" in html


@pytest.mark.parametrize(
    ("slug", "told"), [("account:block:opened", "Blokkade ontstaan"), ("account:block:lifted", "Blokkade opgeheven")]
)
def test_the_log(lifted: Block, slug: str, told: str) -> None:
    event = AuditEvent.objects.get(slug=slug)
    assert sentence_of(event).startswith(f"{told}: Quotum overschreden voor {NAMED}.")


def test_other_blocks_name_no_service(anna: Account, anja: Account) -> None:
    open_block(anna, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    texts = [body_of(_message("block_opened"), anja), *_mail_texts("block_opened")]
    assert not any("dienst" in text for text in texts)
    assert sentence_of(AuditEvent.objects.get(slug="account:block:opened")) == (
        "Blokkade ontstaan: Geblokkeerd door Support."
    )
