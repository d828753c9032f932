from django.conf import settings
from django.db import models

from accounts.choices import Outcome
from accounts.models.organisation import Organisation


class AuditEvent(models.Model):
    """One line of the log: what, when, who, on whose behalf, on whom, from where, outcome.

    The database refuses update, delete and truncate (migration 0002). The slug and the parameters
    are stored; the sentence is made on reading, in `accounts.audit_sentences`.
    """

    at = models.DateTimeField("moment")
    slug = models.CharField("gebeurtenis", max_length=80)
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    on_behalf_of = models.ForeignKey(
        Organisation,
        verbose_name="namens",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="betreft account",
        on_delete=models.PROTECT,
        related_name="audit_events",
        null=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="betreft organisatie",
        on_delete=models.PROTECT,
        related_name="audit_events",
        null=True,
    )
    source_address = models.GenericIPAddressField("adres", null=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)
    parameters = models.JSONField("gegevens", default=dict)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek"
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("account", "-at", "-id"), name="audit_by_account"),
            models.Index(fields=("organisation", "-at", "-id"), name="audit_by_organisation"),
            models.Index(fields=("-at", "-id"), name="audit_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.slug}"
