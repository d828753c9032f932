import uuid

from django.db import models
from django.db.models import Q

from accounts.policy import AGB_CODE_PATTERN


class Organisation(models.Model):
    """A care organisation, told apart by its AGB code."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    agb_code = models.CharField("AGB-code", max_length=8, unique=True)
    name = models.CharField("naam", max_length=200)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    correspondence_address = models.TextField("correspondentieadres", blank=True)
    is_pgb_provider = models.BooleanField("PGB-aanbieder", default=False)
    created_at = models.DateTimeField("aangemaakt op")

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(agb_code__regex=AGB_CODE_PATTERN), name="organisation_agb_code_8_digits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.agb_code})"
