"""Stored codes of the post and their Dutch labels."""

from django.db.models import TextChoices


class DeliveryState(TextChoices):
    WAITING = "waiting", "Wacht"
    SENT = "sent", "Verzonden"
    GIVEN_UP = "given_up", "Opgegeven"
