"""Second factors of an account, as devices of django-otp: verified by name and locked, each with its own throttle."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin

from accounts.models.account import Account
from accounts.policy.factors import canonical_code, canonical_recovery_code, digest_of, matching_step
from accounts.sealing import reseal, unseal

# After a wrong code one waits a second, after the next one in a row twice as long, and so on, up to the longest rest:
# who knows only the password must not keep the rightful person out for days. At four codes an hour a guess comes right
# once in some ten years.
THROTTLE_FACTOR_SECONDS = 1
LONGEST_REST = timedelta(minutes=15)


class FactorDevice(ThrottlingMixin, Device):  # type: ignore[misc]
    """One of a kind for an account; what is stored is there because it was confirmed."""

    user = models.OneToOneField(Account, verbose_name="account", on_delete=models.PROTECT, related_name="+")
    name = None
    confirmed = None
    created_at = models.DateTimeField("toegevoegd op")
    last_used_at = models.DateTimeField("laatst gebruikt op", null=True, blank=True)
    throttling_failure_timestamp = models.DateTimeField("laatste verkeerde code op", null=True, blank=True)
    throttling_failure_count = models.PositiveIntegerField("verkeerde codes achter elkaar", default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_throttle_factor(self) -> int:
        return THROTTLE_FACTOR_SECONDS

    def verify_is_allowed(self) -> tuple[bool, dict[str, Any] | None]:
        """As django-otp says, whose own longest rest is a hundred years."""
        is_allowed, facts = super().verify_is_allowed()
        failed_at = self.throttling_failure_timestamp
        if is_allowed or facts is None or failed_at is None:
            return is_allowed, facts
        until = min(facts["locked_until"], failed_at + LONGEST_REST)
        return (True, None) if timezone.now() >= until else (False, facts | {"locked_until": until})

    @property
    def locked_until(self) -> datetime | None:
        """Until when no code is looked at, None where the next one is."""
        _, facts = self.verify_is_allowed()
        return facts["locked_until"] if facts else None

    def accept(self) -> bool:
        """A right code: the throttle rests. The row is locked by django-otp."""
        self.last_used_at = timezone.now()
        self.throttle_reset(commit=True)
        return True

    def refuse(self) -> bool:
        self.throttle_increment(commit=True)
        return False


class OneTimeCodeDevice(FactorDevice):
    """An app that shows a code every thirty seconds. Its key is sealed: with it anybody could make the codes."""

    sealed_key = models.TextField("verzegelde sleutel", editable=False)
    # The step of the newest code that was accepted: that one, and earlier ones, are used up.
    last_step = models.BigIntegerField("laatst gebruikte stap", default=-1, editable=False)

    class Meta:
        verbose_name = "code-app"
        verbose_name_plural = "code-apps"

    @property
    def key(self) -> bytes:
        return unseal(self.sealed_key)

    def verify_token(self, token: str) -> bool:
        """A right code that was used before is refused without a throttle: nobody guessed."""
        if not self.verify_is_allowed()[0]:
            return False
        step = self.step_of(token)
        if step is None:
            return self.refuse()
        if step <= self.last_step:
            return False
        self.last_step = step
        # So that an old key is out of use once everybody has signed in.
        self.sealed_key = reseal(self.sealed_key)
        return self.accept()

    def is_used(self, token: str) -> bool:
        step = self.step_of(token)
        return step is not None and step <= self.last_step

    def step_of(self, token: str) -> int | None:
        code = canonical_code(token)
        return matching_step(self.key, code, timezone.now()) if code else None


class RecoveryCodes(FactorDevice):
    """Ten codes on paper, for when the app is not at hand."""

    class Meta:
        verbose_name = "herstelcodes"
        verbose_name_plural = "herstelcodes"

    def verify_token(self, token: str) -> bool:
        if not self.verify_is_allowed()[0]:
            return False
        code = canonical_recovery_code(token)
        return self.accept() if code and self._spend(code) else self.refuse()

    def _spend(self, code: str) -> bool:
        """One statement, so that of any number of parallel uses one finds it unused."""
        unused = self.codes.filter(digest=digest_of(code), used_at=None)
        return bool(unused.update(used_at=timezone.now()) == 1)


class RecoveryCode(models.Model):
    """One of the ten; only its digest is kept."""

    belongs_to = models.ForeignKey(
        RecoveryCodes, verbose_name="hoort bij", on_delete=models.CASCADE, related_name="codes"
    )
    digest = models.CharField("hash", max_length=64, editable=False)
    used_at = models.DateTimeField("gebruikt op", null=True, blank=True)

    class Meta:
        verbose_name = "herstelcode"
        verbose_name_plural = "herstelcodes"
        constraints = (models.UniqueConstraint(fields=("belongs_to", "digest"), name="recovery_code_once"),)

    def __str__(self) -> str:
        return "gebruikt" if self.used_at else "ongebruikt"
