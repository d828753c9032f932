"""Whether an account's secrets still work."""

from accounts.models import Account
from blocking.models import Tally


def void_secrets_of(account: Account) -> list[str]:
    """The secrets past the cumulative cap: refused until they get a new value."""
    return list(Tally.objects.filter(account=account, voided_at__isnull=False).values_list("secret", flat=True))
