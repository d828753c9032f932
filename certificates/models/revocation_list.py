from __future__ import annotations

from django.db import models


class RevocationList(models.Model):
    """The list of one authority as it was signed last: what everybody gets who asks for it."""

    authority = models.CharField("uitgever", max_length=60, unique=True)
    number = models.PositiveBigIntegerField("nummer")
    content = models.BinaryField("inhoud (DER)")
    # What stands in it, so that a change is seen without reading it: "serial reason" a line.
    entries = models.TextField("wat erin staat")
    signed_at = models.DateTimeField("ondertekend op")
    next_at = models.DateTimeField("uiterlijk vervangen op")

    class Meta:
        verbose_name = "intrekkingslijst"
        verbose_name_plural = "intrekkingslijsten"
        ordering = ("authority",)

    def __str__(self) -> str:
        return f"{self.authority}, nummer {self.number}"
