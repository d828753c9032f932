from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.choices import AccountState
from accounts.models import Account
from blocking.choices import RequestDecision


class AccountRequestQuerySet(models.QuerySet["AccountRequest"]):
    def undecided(self) -> AccountRequestQuerySet:
        """Those that wait for Support: where the account is or was removed meanwhile there is nothing to decide."""
        return self.filter(decided_at=None, account__state=AccountState.REQUESTED)


class AccountRequest(models.Model):
    """Somebody asked for a personal account, and what came of it.

    `once` belongs to the page that was pressed: pressing twice asks once.
    """

    account = models.OneToOneField(Account, verbose_name="account", on_delete=models.PROTECT, related_name="request")
    once = models.UUIDField("kenmerk van het formulier", default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(
        Account, verbose_name="aangevraagd door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField("aangevraagd op")
    decision = models.CharField("besluit", max_length=10, choices=RequestDecision.choices, blank=True)
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, verbose_name="besloten door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField("reden", max_length=500, blank=True)

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag van een account"
        verbose_name_plural = "aanvragen van accounts"
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=("-asked_at",), condition=Q(decided_at=None), name="request_undecided"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="", decided_by=None)
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="request_decided_as_a_whole",
            ),
        )

    def __str__(self) -> str:
        return f"Aanvraag voor {self.account}"
