from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Account
from messagebox.choices import DeliveryState
from messagebox.models.message import Message
from messagebox.policy import NO_READER, TEMPLATE_PATTERN


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=DeliveryState.WAITING)

    def given_up(self) -> DeliveryQuerySet:
        return self.filter(state=DeliveryState.GIVEN_UP)

    def due(self, at: datetime) -> DeliveryQuerySet:
        """What is to be sent now, longest waiting first."""
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "id")


class Delivery(models.Model):
    """A mail in the outbox, written in the transaction of what caused it.

    Goes to an account (at the address it has when the mail leaves) or to a fixed address. When it
    has been sent, `to_address` says where it went. Parameters hold no secret and no user number.
    """

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField("sjabloon", max_length=40)
    to_account = models.ForeignKey(
        Account, verbose_name="aan account", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    to_address = models.CharField("aan adres", max_length=254, blank=True)
    parameters = models.JSONField("gegevens", default=dict)
    message = models.ForeignKey(
        Message, verbose_name="bericht", on_delete=models.PROTECT, related_name="deliveries", null=True, blank=True
    )
    state = models.CharField("status", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    next_try_at = models.DateTimeField("volgende poging", null=True, blank=True)
    last_error = models.CharField("laatste fout", max_length=500, blank=True)
    created_at = models.DateTimeField("aangemaakt op")
    sent_at = models.DateTimeField("verzonden op", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "bezorging"
        verbose_name_plural = "bezorgingen"
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("next_try_at", "id"), condition=Q(state=DeliveryState.WAITING), name="delivery_due"),
            models.Index(fields=("-created_at", "-id"), name="delivery_by_moment"),
            models.Index(
                fields=("-created_at", "-id"), condition=Q(state=DeliveryState.GIVEN_UP), name="delivery_given_up"
            ),
            models.Index(fields=("message",), condition=Q(template=NO_READER), name="delivery_without_reader"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(template__regex=TEMPLATE_PATTERN), name="delivery_template_format"),
            models.CheckConstraint(
                condition=Q(to_account__isnull=False) | ~Q(to_address=""), name="delivery_has_addressee"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_try_at__isnull=False, sent_at=None)
                | Q(state=DeliveryState.GIVEN_UP, next_try_at=None, sent_at=None)
                | (Q(state=DeliveryState.SENT, next_try_at=None, sent_at__isnull=False) & ~Q(to_address="")),
                name="delivery_state_with_its_moments",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_given_up(self) -> bool:
        return self.state == DeliveryState.GIVEN_UP

    @property
    def address_now(self) -> str:
        """Where it would go at this moment."""
        return self.to_account.email if self.to_account else self.to_address
