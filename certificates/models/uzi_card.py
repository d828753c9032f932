from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Account

UZI_NUMBER_PATTERN = r"^[0-9]{8,10}$"


class UziCard(models.Model):
    """A UZI card by which somebody shows who they are: one card per account, one account per card."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.OneToOneField(Account, verbose_name="account", on_delete=models.PROTECT, related_name="uzi_card")
    uzi_number = models.CharField("UZI-nummer", max_length=10, unique=True)
    card_type = models.CharField("soort pas", max_length=1)
    subscriber_number = models.CharField("abonneenummer", max_length=8)
    linked_at = models.DateTimeField("gekoppeld op")

    class Meta:
        verbose_name = "UZI-pas"
        verbose_name_plural = "UZI-passen"
        ordering = ("-linked_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(uzi_number__regex=UZI_NUMBER_PATTERN), name="uzi_card_number"),
            models.CheckConstraint(condition=Q(card_type__in=("Z", "N")), name="uzi_card_names_a_person"),
        )

    def __str__(self) -> str:
        return f"UZI-pas {self.uzi_number}"
