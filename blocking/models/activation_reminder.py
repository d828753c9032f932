from django.db import models

from accounts.models import Account


class ActivationReminder(models.Model):
    """The contact persons were reminded so many days after an account was issued: once, ever."""

    account = models.ForeignKey(
        Account, verbose_name="account", on_delete=models.PROTECT, related_name="activation_reminders", db_index=False
    )
    days = models.PositiveSmallIntegerField("na dagen")
    reminded_at = models.DateTimeField("herinnerd op")

    class Meta:
        verbose_name = "herinnering aan activeren"
        verbose_name_plural = "herinneringen aan activeren"
        constraints = (models.UniqueConstraint(fields=("account", "days"), name="activation_reminder_once"),)

    def __str__(self) -> str:
        return f"{self.account} na {self.days} dagen"
