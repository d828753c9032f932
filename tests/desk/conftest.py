from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account, AuditEvent, Organisation
from blocking.choices import LiftChannel, LiftReason
from blocking.models import Block
from blocking.services import lift_block
from tests import factories

As = Callable[[Account], Client]

LIST = "/gebruikersbeheer/"
BULK = "/gebruikersbeheer/blokkades/opheffen/"


def account_address(account: Account) -> str:
    return f"/gebruikersbeheer/accounts/{account.public_id}/"


def lift_address(block: Block) -> str:
    return f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/"


@pytest.fixture
def signed_in() -> As:
    """`signed_in(anja).get(...)`: a browser in which somebody is signed in."""

    def browser(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return browser


@pytest.fixture
def blocked(anna: Account) -> Block:
    return factories.block(anna)


def names_on(page: Any) -> list[str]:
    """The names in the list, from top to bottom."""
    return [unescape(name) for name in re.findall(r'class="vp-table__title">([^<]*)<', page.content.decode())]


def text_of(page: Any) -> str:
    """What is read on a page, without markup and with single spaces."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", page.content.decode())
    # Inside a word nothing is read.
    return " ".join(re.sub(r"<[^>]+>", " ", body.replace("<wbr>", "")).split())


def query_of(page: Any, direction: str) -> str | None:
    """Where «Volgende» (next) or «Vorige» (prev) leads."""
    found = re.search(rf'rel="{direction}"\s+href="([^"]+)"', page.content.decode())
    return found.group(1).replace("&amp;", "&") if found else None


def is_open(block: Block) -> bool:
    return Block.objects.open().filter(pk=block.pk).exists()


def refusals(slug: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(slug=slug, outcome="refused").order_by("id"))


def lifted(block: Block, by: Account, *, at: datetime | None = None) -> Block:
    how = {"channel": LiftChannel.USER_ADMINISTRATION, "reason": LiftReason.OTHER}
    return lift_block(block, by=factories.by(by), at=at or timezone.now(), **how)  # type: ignore[arg-type]


def many_accounts(organisation: Organisation, count: int, *, blocked: int = 0) -> list[Account]:
    """So many users at once, named Gebruiker 00001 and on; the first of them blocked, the longest first."""
    first = 30_000_000_000_000
    accounts = Account.objects.bulk_create(
        Account(
            organisation=organisation,
            public_id=uuid4(),
            name=f"Gebruiker {number:05d}",
            user_number=str(first + organisation.pk * 1_000_000 + number),
            state=AccountState.ACTIVE,
            created_at=factories.a_moment_ago(days=10),
        )
        for number in range(1, count + 1)
    )
    Block.objects.bulk_create(
        Block(account=account, reason="password", opened_at=factories.a_moment_ago(hours=blocked - place))
        for place, account in enumerate(accounts[:blocked])
    )
    return accounts
