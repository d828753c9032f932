from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class Session(AbstractBaseSession):
    """Somebody signed in somewhere; without an account, a visitor who still has to.

    The browser holds the key, the database only its digest: who reads this table can be nobody. `expire_date` is the
    one truth about the end, and is written with `last_seen_at` (`accounts.policy.session_ends_at`).
    """

    session_key = models.CharField("sleutel (hash)", max_length=64, primary_key=True)
    session_data = models.TextField("gegevens")
    expire_date = models.DateTimeField("eindigt op", db_index=True)
    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="account", on_delete=models.CASCADE, related_name="sessions", null=True
    )
    signed_in_at = models.DateTimeField("ingelogd op", null=True)
    last_seen_at = models.DateTimeField("laatst gezien op")
    source_address = models.GenericIPAddressField("adres", null=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        constraints = (
            models.CheckConstraint(
                condition=Q(account=None, signed_in_at=None) | Q(account__isnull=False, signed_in_at__isnull=False),
                name="session_of_account_since_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"Sessie van {self.account or 'een bezoeker'}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from accounts.sessions import SessionStore  # noqa: PLC0415 - the store is made of this model

        return SessionStore
