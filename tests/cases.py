"""Support cases for tests, through the services: somebody rings, Support checks who it is, and decides."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from blocking.choices import CallerCheck, CallerRole, CaseChannel
from blocking.models import Block, SupportCase
from blocking.services import (
    NOBODY,
    CallerSaid,
    Quoted,
    check_caller,
    grant_case,
    open_case,
)
from tests.factories import by as acting

NEW_CASE = "/beheer/blocking/supportcase/nieuw/"
CONTACT_PERSON = CallerSaid(CallerRole.CONTACT_PERSON, "Anja Visser")
HOLDER = CallerSaid(CallerRole.ACCOUNT_HOLDER, "Anna de Boer")


def a_case(
    about: Block,
    support: Account,
    caller: CallerSaid = CONTACT_PERSON,
    *,
    channel: CaseChannel = CaseChannel.PHONE,
    quoted: Quoted | None = None,
) -> SupportCase:
    """Somebody rang about this block, and quoted its numbers rightly unless others are given."""
    numbers = quoted or Quoted.of(about.account)
    return open_case(quoted=numbers, caller=caller, channel=channel, about=about, by=acting(support), at=timezone.now())


def a_case_of_supports_own(about: Block, support: Account) -> SupportCase:
    """Nobody asked."""
    return a_case(about, support, NOBODY, channel=CaseChannel.PORTAL)


def checked(case: SupportCase, support: Account, **how: Any) -> SupportCase:
    """Support rang back, and spoke to who the case says."""
    spoken_to = CallerSaid(CallerRole(case.caller_role), case.caller_name)
    chosen: dict[str, Any] = {"check": CallerCheck.CALL_BACK, "spoken_to": spoken_to, "seen": case.as_seen} | how
    return check_caller(case, by=acting(support), at=timezone.now(), **chosen)


def granted(case: SupportCase, support: Account, **how: Any) -> SupportCase:
    chosen = {"note": "teruggebeld op het nummer van de praktijk", "seen": case.as_seen} | how
    return grant_case(case, by=acting(support), at=timezone.now(), **chosen)


def lifted_by_support(
    block: Block,
    support: Account,
    caller: CallerSaid = CONTACT_PERSON,
    *,
    channel: CaseChannel = CaseChannel.PHONE,
    **how: Any,
) -> Block:
    """The whole way: a case, the caller checked where somebody calls, granted."""
    case = a_case(block, support, caller, channel=channel)
    if caller is not NOBODY:
        case = checked(case, support)
    done = granted(case, support, **how)
    assert done.block
    return done.block


def page_of(case: SupportCase) -> str:
    return reverse("admin:blocking_supportcase_change", args=[case.pk])


def act_on(case: SupportCase, act: str) -> str:
    """The page of an act on the case."""
    return reverse(f"admin:blocking_supportcase_{act}", args=[case.pk])
