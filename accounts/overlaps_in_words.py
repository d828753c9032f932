"""What is still true of calls from an address, when others are registered around it or within it."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import RegisteredAddress


def after_adding(added: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> str:
    """What more there is to say of an address that was added; nothing where it overlaps no other."""
    around, within = _around(added, beside), _within(added, beside)
    if around:
        return f"Het viel al binnen {_listed(around)}: van daar mocht de software al bevragen."
    return f"Ook {_listed(within)} valt hierbinnen." if within else ""


def stays_allowed(removed: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> str:
    """Why calls from all of it stay allowed without it; nothing where they do not."""
    around = _around(removed, beside)
    return (
        f"Bevragingen vanaf {removed.in_words} blijven toegestaan, want {_listed(around)} is ook geregistreerd."
        if around
        else ""
    )


def stays_allowed_in_part(removed: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> str:
    """From where within it calls stay allowed; nothing where they do from nowhere."""
    within = _within(removed, beside)
    return f"Vanaf {_listed(within)} blijven bevragingen toegestaan, want dat is apart geregistreerd." if within else ""


def after_removal(removed: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> str:
    """What becomes of calls from there, in full."""
    refused = "Bevragingen daarvandaan worden geweigerd."
    allowed = stays_allowed(removed, beside)
    return allowed or " ".join(filter(None, (refused, stays_allowed_in_part(removed, beside))))


def _around(address: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> list[RegisteredAddress]:
    return [each for each in beside if each.holds(address)]


def _within(address: RegisteredAddress, beside: Sequence[RegisteredAddress]) -> list[RegisteredAddress]:
    return [each for each in beside if address.holds(each)]


def _listed(addresses: Sequence[RegisteredAddress]) -> str:
    *others, last = (each.in_words for each in addresses)
    return f"{', '.join(others)} en {last}" if others else last
