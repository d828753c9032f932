from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Account, Organisation, Service
from blocking.choices import BlockReason, BlockScope, CallerRole, LiftChannel, LiftReason, QuotaWindow
from blocking.policy import OpenBlock

# What stands in `client` of a block by Support that the rightful user asked for.
NOT_ME = "Dit was ik niet"


class BlockQuerySet(models.QuerySet["Block"]):
    def open(self) -> BlockQuerySet:
        return self.filter(lifted_at=None)

    def lifted(self) -> BlockQuerySet:
        return self.exclude(lifted_at=None)

    def of(self, organisation: Organisation) -> BlockQuerySet:
        return self.filter(organisation=organisation)


class Block(models.Model):
    """Why an account is refused, since when, on what evidence, and who ended it. Never deleted."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="blocks")
    # The account's, filled in by the database (migration 0003): what is blocked in an organisation is found by it.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        db_index=False,
    )
    reason = models.CharField("reden", max_length=10, choices=BlockReason.choices)
    scope = models.CharField("bereik", max_length=10, choices=BlockScope.choices, default=BlockScope.EVERYWHERE)
    service = models.ForeignKey(
        Service,
        verbose_name="dienst",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField("sinds")

    evidence_count = models.PositiveIntegerField("aantal pogingen", default=0)
    source_address = models.GenericIPAddressField("adres", null=True, blank=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)
    client = models.CharField("client", max_length=200, blank=True)
    # Of a quota block: which quota was exceeded, as it was at that moment.
    quota_window = models.CharField(
        "venster", max_length=10, choices=QuotaWindow.choices, blank=True, default="", db_default=""
    )
    quota_limit = models.PositiveIntegerField("quotum", null=True, blank=True)

    lifted_at = models.DateTimeField("opgeheven op", null=True, blank=True)
    lifted_by = models.ForeignKey(
        Account,
        verbose_name="opgeheven door",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    lift_channel = models.CharField("via", max_length=20, choices=LiftChannel.choices, blank=True)
    lift_caller = models.CharField("op verzoek van", max_length=20, choices=CallerRole.choices, blank=True)
    lift_reason = models.CharField("reden van opheffen", max_length=20, choices=LiftReason.choices, blank=True)
    lift_note = models.CharField("toelichting", max_length=500, blank=True)
    lift_case = models.ForeignKey(
        "blocking.SupportCase",
        verbose_name="supportverzoek",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = "blokkade"
        verbose_name_plural = "blokkades"
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(fields=("account", "opened_at"), condition=Q(lifted_at=None), name="block_open"),
            models.Index(fields=("account", "-opened_at"), name="block_history"),
            models.Index(fields=("opened_at",), name="block_by_moment"),
            models.Index(
                fields=("organisation", "opened_at", "account"), condition=Q(lifted_at=None), name="block_open_waiting"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("account", "reason", "service"),
                condition=Q(lifted_at=None),
                nulls_distinct=False,
                name="block_one_open_per_reason",
            ),
            models.CheckConstraint(
                condition=Q(reason=BlockReason.QUOTA, service__isnull=False)
                | (~Q(reason=BlockReason.QUOTA) & Q(service=None)),
                name="block_service_for_quota_only",
            ),
            models.CheckConstraint(
                condition=Q(scope=BlockScope.EVERYWHERE) | Q(reason=BlockReason.PASSWORD),
                name="block_strangers_for_password_only",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_channel="")
                | (Q(lifted_at__gte=F("opened_at")) & ~Q(lift_channel="")),
                name="block_lifted_as_a_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()} – {self.account}"

    @property
    def reason_in_words(self) -> str:
        """What people are told: a quota's with its service, for other services go on."""
        label = self.get_reason_display()
        return f"{label} voor de dienst {self.service.name}" if self.service else label

    @property
    def is_open(self) -> bool:
        return self.lifted_at is None

    @property
    def is_reported_by_holder(self) -> bool:
        """The rightful user said not to have done something, and so Support blocks."""
        return self.reason == BlockReason.SUPPORT and self.client == NOT_ME

    @property
    def as_open_block(self) -> OpenBlock:
        return OpenBlock(BlockReason(self.reason), BlockScope(self.scope))
