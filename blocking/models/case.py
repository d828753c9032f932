from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Account, Organisation
from blocking.choices import CallerCheck, CallerRole, CaseChannel, CaseState
from blocking.models.block import Block


class SupportCaseQuerySet(models.QuerySet["SupportCase"]):
    def open(self) -> SupportCaseQuerySet:
        return self.filter(state=CaseState.OPEN)

    def oldest_first(self) -> SupportCaseQuerySet:
        return self.order_by("opened_at", "pk")


class SupportCase(models.Model):
    """A request to Support to lift a block: who asked, how that was checked, who decided what. Never deleted.

    `account` is empty while the quoted numbers match nobody; `block` while it is not chosen yet.
    """

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("nummer", max_length=16, unique=True, editable=False)
    state = models.CharField("status", max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    channel = models.CharField("binnengekomen via", max_length=10, choices=CaseChannel.choices)

    quoted_agb_code = models.CharField("genoemde AGB-code", max_length=20)
    quoted_user_number = models.CharField("genoemd gebruikersnummer", max_length=30)
    account = models.ForeignKey(
        Account, verbose_name="account", on_delete=models.PROTECT, related_name="support_cases", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    block = models.ForeignKey(
        Block, verbose_name="blokkade", on_delete=models.PROTECT, related_name="support_cases", null=True, blank=True
    )

    caller_role = models.CharField("wie vraagt het", max_length=20, choices=CallerRole.choices)
    caller_name = models.CharField("naam van de beller", max_length=200)
    caller_account = models.ForeignKey(
        Account, verbose_name="account van de beller", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    states_absence = models.BooleanField("verklaart dat de contactpersoon afwezig is", default=False)
    caller_check = models.CharField("hoe gecontroleerd", max_length=20, choices=CallerCheck.choices, blank=True)
    checked_at = models.DateTimeField("gecontroleerd op", null=True, blank=True)
    checked_by = models.ForeignKey(
        Account, verbose_name="gecontroleerd door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    note = models.CharField("toelichting", max_length=500, blank=True)
    opened_at = models.DateTimeField("geopend op")
    opened_by = models.ForeignKey(
        Account, verbose_name="geopend door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    assignee = models.ForeignKey(
        Account, verbose_name="behandelaar", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    handled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    handled_by = models.ForeignKey(
        Account, verbose_name="afgehandeld door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision_note = models.CharField("reden van het besluit", max_length=500, blank=True)

    objects = SupportCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "supportverzoek"
        verbose_name_plural = "supportverzoeken"
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(fields=("opened_at", "id"), condition=Q(state=CaseState.OPEN), name="case_queue"),
            models.Index(fields=("account", "-opened_at"), name="case_by_account"),
            models.Index(fields=("-opened_at", "-id"), name="case_by_moment"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("block",),
                condition=Q(state=CaseState.OPEN, block__isnull=False),
                name="case_one_open_per_block",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, handled_at=None)
                | (~Q(state=CaseState.OPEN) & Q(handled_at__isnull=False)),
                name="case_handled_as_a_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.GRANTED) | Q(account__isnull=False, block__isnull=False),
                name="case_granted_for_a_block",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def numbers_match(self) -> bool:
        return self.account_id is not None

    @property
    def is_caller_checked(self) -> bool:
        return bool(self.caller_check)

    @property
    def as_seen(self) -> str:
        """How it looks to whoever acts on it: a page that shows something else is out of date."""
        parts = (self.state, self.assignee_id, self.block_id, self.caller_role, self.caller_check)
        return ".".join(str(part or "") for part in parts)


class CallerCode(models.Model):
    """A short code that a signed-in contact person reads out, so that Support knows who is on the telephone.

    Only a keyed hash is kept. Good once, for ten minutes; a new one makes the older ones worthless.
    """

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField("code (hash)", max_length=64, editable=False)
    issued_at = models.DateTimeField("uitgegeven op")
    expires_at = models.DateTimeField("geldig tot")
    used_at = models.DateTimeField("gebruikt op", null=True, blank=True)
    wrong_entries = models.PositiveSmallIntegerField("verkeerde pogingen", default=0)

    class Meta:
        verbose_name = "bellerscode"
        verbose_name_plural = "bellerscodes"
        ordering = ("-issued_at",)
        indexes = (models.Index(fields=("account", "-issued_at"), name="caller_code_newest"),)

    def __str__(self) -> str:
        return f"{self.account} {self.issued_at:%Y-%m-%d %H:%M}"
