"""Stored codes of the post and their Dutch labels."""

from django.db.models import TextChoices


class DeliveryState(TextChoices):
    WAITING = "waiting", "Wacht"
    SENT = "sent", "Verzonden"
    GIVEN_UP = "given_up", "Opgegeven"


class SecretEnd(TextChoices):
    """Why a sealed secret is no longer there."""

    REVEALED = "revealed", "Getoond"
    EXPIRED = "expired", "Niet op tijd gelezen"
    REMOVED = "removed", "Account verwijderd"
    REPLACED = "replaced", "Vervangen door een nieuwer geheim"
