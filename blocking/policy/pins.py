"""Who may have a new PIN issued, for whom. That and lifting a PIN block are two acts; neither does the other."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from accounts.choices import AccountState

# Before it is issued an account has no PIN, and once it is being removed nobody needs one any more.
STATES_WITH_PIN: Final = frozenset({AccountState.ISSUED, AccountState.ACTIVE, AccountState.EXPIRED})


class PinCode(StrEnum):
    ALLOWED = "allowed"
    NOT_CONTACT_PERSON = "not_contact_person_for_pin"
    OWN_PIN = "own_pin"
    NO_PIN_IN_THIS_STATE = "no_pin_in_this_state"
    BLOCKED_BY_SUPPORT = "pin_blocked_by_support"


def may_renew_pin(*, is_contact_person: bool, is_own: bool, state: str, is_blocked_by_support: bool) -> PinCode:
    """By a contact person of the account's organisation, in user administration."""
    if not is_contact_person:
        return PinCode.NOT_CONTACT_PERSON
    if is_own:
        return PinCode.OWN_PIN
    return can_have_new_pin(state=state, is_blocked_by_support=is_blocked_by_support)


def can_have_new_pin(*, state: str, is_blocked_by_support: bool) -> PinCode:
    """Whoever asks. While Support suspects abuse, nobody gets new secrets."""
    if state not in STATES_WITH_PIN:
        return PinCode.NO_PIN_IN_THIS_STATE
    return PinCode.BLOCKED_BY_SUPPORT if is_blocked_by_support else PinCode.ALLOWED
