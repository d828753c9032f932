"""Ground-floor signals: the seams through which higher floors hear what happened below."""

from django.dispatch import Signal

# A sign-in is complete (all factors shown). Arguments: account, by, at.
sign_in_completed = Signal()

# A secret of an account got a new value, in the transaction that wrote it.
# Arguments: account, secret, by, at.
secret_replaced = Signal()

# Something that the gate decides by changed, and is committed. Argument: account_ids. Only to be quick: whoever misses
# it finds the account among the versions that were not pushed (`AccountVersion`).
accounts_changed = Signal()
