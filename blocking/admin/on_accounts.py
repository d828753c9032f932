"""What blocks and void secrets add to the pages of accounts and organisations in Support's admin.

`accounts` cannot show them itself: it never learns what a block is. It offers a seam, `accounts.admin_kit.additions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.admin_kit.additions import Addition, Link, Remark
from accounts.choices import Secret
from accounts.models import Account
from blocking.admin.words import cause_of
from blocking.models import Block, Tally
from blocking.queries.secrets import void_secrets

BLOCKS = "admin:blocking_block_changelist"
CASES = "admin:blocking_supportcase_changelist"
VOID_WORDS = {
    Secret.PASSWORD: "Wachtwoord vervallen",
    Secret.PIN: "Pincode vervallen",
}
# Neither a lift nor a right entry makes a void secret valid again: only a new value does.
WAYS_OUT = {
    Secret.PASSWORD: (
        "Er is in totaal te vaak een verkeerd wachtwoord ingevuld. Ook het goede wachtwoord werkt niet meer, en een "
        "blokkade opheffen verandert dat niet. De gebruiker kiest een nieuw wachtwoord met de pincode, via "
        "«Wachtwoord vergeten»."
    ),
    Secret.PIN: (
        "Er is in totaal te vaak een verkeerde pincode ingevuld. Ook de goede pincode werkt niet meer, en een blokkade "
        "opheffen verandert dat niet. De contactpersoon geeft een nieuwe pincode uit in Gebruikersbeheer, of de "
        "gebruiker vraagt er een via «Pincode vergeten»."
    ),
}


class VoidSecretFilter(SimpleListFilter):
    title = "vervallen"
    parameter_name = "ongeldig"
    EITHER = "1"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        of_each = [(secret.value, words) for secret, words in VOID_WORDS.items()]
        return [(self.EITHER, "Wachtwoord of pincode"), *of_each]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = [secret for secret in Secret if self.value() in {self.EITHER, secret.value}]
        if not wanted:
            return queryset
        return queryset.filter(pk__in=void_secrets().filter(secret__in=wanted).order_by().values("account"))


@display(description="let op")
def attention(account: Account) -> str:
    """What keeps somebody out, in a few words."""
    blocks = [block.get_reason_display() for block in _open_blocks(account)]
    return ", ".join([*blocks, *(VOID_WORDS[secret] for secret in _void_secrets(account))])


def remarks_on(account: Account) -> Iterator[Remark]:
    for block in _open_blocks(account):
        address = reverse("admin:blocking_block_change", args=[block.pk])
        yield Remark(block.get_reason_display(), f"{cause_of(block)}.", address, "Naar deze blokkade")
    for secret in _void_secrets(account):
        yield Remark(VOID_WORDS[secret], WAYS_OUT[secret])


def _open_blocks(account: Account) -> list[Block]:
    blocks: list[Block] = vars(account)["open_blocks"]
    return blocks


def _void_secrets(account: Account) -> list[Secret]:
    tallies: list[Tally] = vars(account)["void_tallies"]
    return [Secret(tally.secret) for tally in tallies]


ON_ACCOUNTS = Addition(
    links=(
        Link("Account blokkeren", "admin:blocking_block_place", "account"),
        Link("Brief met nieuwe pincode", "admin:blocking_pinletter_order", "account"),
        Link("Brieven met pincode", "admin:blocking_pinletter_changelist", "account"),
        Link("Blokkades", BLOCKS, "account"),
        Link("Supportverzoeken", CASES, "account"),
    ),
    remarks=remarks_on,
    columns=(attention,),
    filters=(VoidSecretFilter,),
    prefetch=(
        Prefetch("blocks", Block.objects.open().select_related("service").order_by("opened_at"), "open_blocks"),
        Prefetch("tallies", void_secrets(), "void_tallies"),
    ),
)
ON_ORGANISATIONS = Addition(
    links=(Link("Blokkades", BLOCKS, "organisation"), Link("Supportverzoeken", CASES, "organisation"))
)
