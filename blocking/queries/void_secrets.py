"""The void secrets of many accounts at once, PIN first: a new password is chosen with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from accounts.models import Account
from blocking.models import Tally


def void_secrets_column() -> ArraySubquery:
    """To annotate accounts with, where a statement of its own would be one too many."""
    void = Tally.objects.filter(account=OuterRef("pk"), voided_at__isnull=False)
    return ArraySubquery(void.order_by("-secret").values("secret"))


def void_secrets_by_account(accounts: Iterable[Account]) -> dict[int, list[str]]:
    asked = Account.objects.filter(pk__in=[account.pk for account in accounts])
    return dict(asked.values_list("pk", void_secrets_column()))
