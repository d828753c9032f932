from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.crypto import salted_hmac

from accounts.choices import AccountKind, AccountState, Secret
from accounts.models.organisation import Organisation
from accounts.policy import USER_NUMBER_PATTERN, can_sign_in


class AccountQuerySet(models.QuerySet["Account"]):
    def personal(self) -> AccountQuerySet:
        return self.filter(kind=AccountKind.PERSONAL)

    def live(self) -> AccountQuerySet:
        return self.exclude(state=AccountState.REMOVED)

    def of(self, organisation: Organisation) -> AccountQuerySet:
        return self.filter(organisation=organisation)


class Account(AbstractBaseUser):
    """Somebody, or some software, that has a user number. Support staff are accounts too."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    user_number = models.CharField("gebruikersnummer", max_length=14, unique=True)
    kind = models.CharField("soort", max_length=10, choices=AccountKind.choices, default=AccountKind.PERSONAL)
    state = models.CharField("status", max_length=20, choices=AccountState.choices, default=AccountState.REQUESTED)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="accounts",
        null=True,
        blank=True,
    )
    name = models.CharField("naam", max_length=200)
    email = models.EmailField("e-mailadres", blank=True)
    is_staff = models.BooleanField("medewerker Support", default=False)
    pin = models.CharField("pincode (hash)", max_length=256, blank=True, editable=False)
    password_set_at = models.DateTimeField("wachtwoord ingesteld op", null=True, blank=True)
    pin_set_at = models.DateTimeField("pincode uitgegeven op", null=True, blank=True)
    last_sign_in_at = models.DateTimeField("laatst ingelogd", null=True, blank=True)
    created_at = models.DateTimeField("aangemaakt op")
    # Since when it may be activated; the deadline counts from here.
    issued_at = models.DateTimeField("uitgegeven op", null=True, blank=True)
    # Part of what a session is tied to: raised, it ends every session there is, for good.
    session_epoch = models.PositiveIntegerField("sessiereeks", default=0, db_default=0, editable=False)
    # While somebody removes it, and after: from when that is final, what it goes back to when undone, and who asked.
    removal_final_at = models.DateTimeField("definitief verwijderd op", null=True, blank=True, editable=False)
    state_before_removal = models.CharField(
        "status voor verwijderen",
        max_length=20,
        choices=AccountState.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    removal_asked_by = models.ForeignKey(
        "self",
        verbose_name="verwijderd door",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    # Signing in is recorded in last_sign_in_at when it is complete, not by Django at half-way.
    last_login = None

    objects = AccountQuerySet.as_manager()

    USERNAME_FIELD = "user_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"
        ordering = ("name", "pk")
        indexes = (
            models.Index(fields=("organisation", "kind", "name", "id"), name="account_list_order"),
            models.Index(fields=("organisation", "kind", "state", "name", "id"), name="account_list_by_state"),
            models.Index(
                fields=("removal_final_at",),
                condition=Q(state=AccountState.REMOVAL_PENDING),
                name="account_removal_due",
            ),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="account_name_trigram"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(user_number__regex=USER_NUMBER_PATTERN),
                name="account_user_number_14_digits",
            ),
            models.CheckConstraint(
                condition=Q(is_staff=True, organisation=None, kind=AccountKind.PERSONAL)
                | Q(is_staff=False, organisation__isnull=False),
                name="account_staff_or_organisation",
            ),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(kind=AccountKind.SYSTEM) & ~Q(state=AccountState.REMOVED),
                name="account_one_live_system_per_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccountState.REMOVAL_PENDING)
                | (Q(removal_final_at__isnull=False) & ~Q(state_before_removal="")),
                name="account_removal_knows_its_end",
            ),
            # The other end of the mandate's composite foreign key: mandates only at one's own.
            models.UniqueConstraint(fields=("id", "organisation"), name="account_id_with_organisation"),
        )

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares this at every request: a new password or a new epoch ends all sessions."""
        tied_to = f"{self.session_epoch}:{self.password}"
        return salted_hmac("accounts.Account.session", tied_to, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return can_sign_in(self.state)

    @property
    def is_system(self) -> bool:
        return self.kind == AccountKind.SYSTEM

    def hash_of(self, secret: Secret) -> str:
        return self.pin if secret == Secret.PIN else self.password

    def set_at(self, secret: Secret) -> datetime | None:
        """When the secret got the value it has; another hash of the same value changes nothing here."""
        return self.pin_set_at if secret == Secret.PIN else self.password_set_at

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Support sees everything in the admin; what it may do is asked of policy, act by act."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
