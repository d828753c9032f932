"""An account as it is now, locked until the end of the caller's transaction."""

from __future__ import annotations

from accounts.models import Account, Organisation


def locked_account(account_id: int) -> Account:
    """With its organisation, which is not locked."""
    locked = Account.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("organisation").get(pk=account_id)


def locked_with_organisation(account: Account) -> Account:
    """Locked in the order organisation, account: what is counted in one is not taken by another meanwhile."""
    if account.organisation_id:
        Organisation.objects.select_for_update(no_key=True).get(pk=account.organisation_id)
    return locked_account(account.pk)
