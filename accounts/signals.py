"""Ground-floor signals: the seams through which higher floors hear what happened below."""

from django.dispatch import Signal

# A sign-in is complete (all factors shown). Arguments: account, by, at.
sign_in_completed = Signal()

# A secret of an account got a new value, in the transaction that wrote it.
# Arguments: account, secret, by, at.
secret_replaced = Signal()

# A second factor was added, replaced, removed, used up or reset, in the transaction that wrote it: the rightful user is
# told. Arguments: account, change (accounts.choices.FactorChange), means, left, by, at.
factor_changed = Signal()

# Whoever knows the password keeps failing the second factor; in the transaction that wrote it, at most once a day.
# Arguments: account, count (wrong codes within a day), by, at.
factor_guessed = Signal()

# Somebody removes an account, undid that, it became final, or it ends unused; in the transaction that wrote it. The
# rightful user and the contact persons are told, of an unused one by who ended it. When `step.is_the_end` each floor
# lets go of what it has of the account: open blocks, deliveries, sealed secrets. Arguments: account (organisation
# selected), step (accounts.choices.RemovalStep), by, at.
account_removal = Signal()

# Something that the gate decides by changed, and is committed. Argument: account_ids. Only to be quick: whoever misses
# it finds the account among the versions that were not pushed (`AccountVersion`).
accounts_changed = Signal()
