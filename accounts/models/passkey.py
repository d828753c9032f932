from __future__ import annotations

import uuid

from django.db import models

from accounts.models.account import Account

# WebAuthn, level 3, section 4: no authenticator makes a longer one.
CREDENTIAL_ID_MAX_BYTES = 1023
NAME_MAX_LENGTH = 60


class Passkey(models.Model):
    """A key in somebody's laptop, phone or stick that signs what we ask. What is kept is its public half: no secret."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField("naam", max_length=NAME_MAX_LENGTH)
    credential_id = models.BinaryField("kenmerk van de sleutel", max_length=CREDENTIAL_ID_MAX_BYTES, unique=True)
    public_key = models.BinaryField("openbare sleutel")
    # Counted by the key itself, where it counts; a lower number than before is a copy.
    sign_count = models.PositiveBigIntegerField("teller", default=0)
    created_at = models.DateTimeField("toegevoegd op")
    last_used_at = models.DateTimeField("laatst gebruikt op", null=True, blank=True)

    class Meta:
        verbose_name = "passkey"
        verbose_name_plural = "passkeys"
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.name
