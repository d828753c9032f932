"""Whether an account's secrets still work."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.choices import Secret
from accounts.models import Account
from blocking.models import Tally


def void_secrets_of(account: Account) -> list[str]:
    """The secrets past the cumulative cap: refused until they get a new value."""
    return list(void_secrets().filter(account=account).values_list("secret", flat=True))


def void_secrets() -> QuerySet[Tally]:
    return Tally.objects.filter(voided_at__isnull=False).order_by("secret")


def accounts_with_void_secrets() -> tuple[int, dict[Secret, int]]:
    """How many accounts have one, and how many of each; in one statement."""
    of_each = {secret.value: Count("pk", filter=Q(secret=secret)) for secret in Secret}
    counted = void_secrets().aggregate(accounts=Count("account", distinct=True), **of_each)
    return counted["accounts"], {secret: counted[secret.value] for secret in Secret}
