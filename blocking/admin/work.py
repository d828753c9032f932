"""What waits for Support because of cases, blocks and void secrets."""

from __future__ import annotations

from django.urls import reverse

from accounts.admin_kit.work import Load, Pile, Work, amount
from blocking.admin.case_filters import AssigneeFilter
from blocking.admin.on_accounts import VOID_WORDS
from blocking.queries.case_desk import open_cases_count
from blocking.queries.secrets import accounts_with_void_secrets
from blocking.queries.support_desk import open_blocks_by_reason


def open_cases() -> Load:
    count, unassigned = open_cases_count()
    cases = reverse("admin:blocking_supportcase_changelist")
    nobodys = reverse(
        "admin:blocking_supportcase_changelist", query={AssigneeFilter.parameter_name: AssigneeFilter.NOBODY}
    )
    return Load(
        Pile(count, amount(count, "open supportverzoek", "open supportverzoeken"), cases),
        (Pile(unassigned, "zonder behandelaar", nobodys),) if unassigned else (),
    )


def open_blocks() -> Load:
    by_reason = open_blocks_by_reason()
    count = sum(by_reason.values())
    return Load(
        Pile(count, amount(count, "open blokkade", "open blokkades"), _blocks()),
        tuple(Pile(few, reason.label, _blocks(reason__exact=reason.value)) for reason, few in by_reason.items()),
    )


def void_secrets() -> Load:
    count, by_secret = accounts_with_void_secrets()
    words = f"{amount(count, 'account', 'accounts')} met een vervallen wachtwoord of pincode"
    return Load(
        Pile(count, words, _accounts("1")),
        tuple(Pile(few, VOID_WORDS[secret], _accounts(secret.value)) for secret, few in by_secret.items() if few),
    )


def _blocks(**asked: str) -> str:
    return reverse("admin:blocking_block_changelist", query={"open": "1", **asked})


def _accounts(void: str) -> str:
    return reverse("admin:accounts_account_changelist", query={"ongeldig": void})


OPEN_CASES = Work(rank=10, look=open_cases)
OPEN_BLOCKS = Work(rank=20, look=open_blocks)
VOID_SECRETS = Work(rank=40, look=void_secrets)
