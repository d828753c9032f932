from __future__ import annotations

from django.db import models

from certificates.models.certificate import Certificate


class ExpiryReminder(models.Model):
    """That the end of a certificate was told so many days before: once each."""

    certificate = models.ForeignKey(
        Certificate, verbose_name="certificaat", on_delete=models.CASCADE, related_name="reminders"
    )
    days = models.PositiveSmallIntegerField("dagen van tevoren")
    reminded_at = models.DateTimeField("herinnerd op")

    class Meta:
        verbose_name = "herinnering aan een einde"
        verbose_name_plural = "herinneringen aan een einde"
        ordering = ("-reminded_at", "-id")
        constraints = (models.UniqueConstraint(fields=("certificate", "days"), name="reminder_once_each"),)

    def __str__(self) -> str:
        return f"{self.certificate}: {self.days} dagen"
