from django.conf import settings
from django.db import models

from accounts.choices import LegalBasis
from accounts.models.account import Account


class Service(models.Model):
    """A service (dienst) that accounts may be authorised to query."""

    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("naam", max_length=120)
    legal_basis = models.CharField("grondslag", max_length=10, choices=LegalBasis.choices)

    class Meta:
        verbose_name = "dienst"
        verbose_name_plural = "diensten"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Authorisation(models.Model):
    """This account may query this service."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="authorisations")
    service = models.ForeignKey(Service, verbose_name="dienst", on_delete=models.PROTECT, related_name="authorisations")
    granted_at = models.DateTimeField("verleend op")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="verleend door",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "autorisatie"
        verbose_name_plural = "autorisaties"
        ordering = ("service__name",)
        constraints = (models.UniqueConstraint(fields=("account", "service"), name="authorisation_once_per_service"),)

    def __str__(self) -> str:
        return f"{self.account} – {self.service}"
