from django.db import models
from django.db.models import Q

from accounts.models import Account


class PinRequestQuerySet(models.QuerySet["PinRequest"]):
    def waiting(self) -> "PinRequestQuerySet":
        return self.filter(answered_at=None).order_by("asked_at", "pk")


class PinRequest(models.Model):
    """Somebody who knows a user number says that the PIN is forgotten: once a day for each account, at most.

    The day is Amsterdam's. A worker answers it, so that asking takes as long for a number that is nobody's.
    """

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="pin_requests")
    asked_at = models.DateTimeField("gevraagd op")
    asked_on = models.DateField("gevraagd op dag")
    source_address = models.GenericIPAddressField("adres", null=True, blank=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = PinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag om een nieuwe pincode"
        verbose_name_plural = "vragen om een nieuwe pincode"
        constraints = (models.UniqueConstraint(fields=("account", "asked_on"), name="pin_request_once_a_day"),)
        indexes = (models.Index(fields=("asked_at",), condition=Q(answered_at=None), name="pin_request_waiting"),)

    def __str__(self) -> str:
        return f"{self.account} {self.asked_at:%Y-%m-%d %H:%M}"
