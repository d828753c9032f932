from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Account
from blocking.choices import LetterState


class PinLetterQuerySet(models.QuerySet["PinLetter"]):
    def sealed_now(self) -> PinLetterQuerySet:
        return self.filter(state__in=(LetterState.WAITING, LetterState.READY))

    def waiting(self) -> PinLetterQuerySet:
        return self.filter(state=LetterState.WAITING).order_by("ordered_at", "pk")

    def overdue(self, ordered_before: datetime) -> PinLetterQuerySet:
        return self.sealed_now().filter(ordered_at__lte=ordered_before)


class PinLetter(models.Model):
    """A letter with a new PIN, for whom no message box can bring it. Sealed until Support downloads it, once.

    `sealed` holds the PIN while the letter waits to be made, the PDF once it is, and nothing afterwards.
    """

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="pin_letters")
    ordered_by = models.ForeignKey(
        Account, verbose_name="gevraagd door", on_delete=models.PROTECT, related_name="+", null=True
    )
    ordered_at = models.DateTimeField("gevraagd op")
    state = models.CharField("status", max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    sealed = models.TextField("verzegelde inhoud", blank=True, editable=False)
    ended_at = models.DateTimeField("gewist op", null=True, blank=True)
    downloaded_by = models.ForeignKey(
        Account, verbose_name="gedownload door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PinLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brief met pincode"
        verbose_name_plural = "brieven met pincode"
        ordering = ("-ordered_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(state__in=(LetterState.WAITING, LetterState.READY), ended_at=None) & ~Q(sealed=""))
                | (Q(ended_at__isnull=False, sealed="") & ~Q(state__in=(LetterState.WAITING, LetterState.READY))),
                name="letter_erased_with_its_end",
            ),
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(state__in=(LetterState.WAITING, LetterState.READY)),
                name="letter_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"Brief voor {self.account}"
