"""The register of doors: every place where an account's secret is typed, and whom it serves.

One guard (`services.guard`) stands behind all of them. A door that is not here cannot ask it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.choices import AccountKind, AccountState, Secret
from blocking.choices import Door


@dataclass(frozen=True, slots=True)
class DoorRule:
    secret: Secret
    kinds: frozenset[AccountKind]
    states: frozenset[AccountState]
    # The name of its address.
    page: str
    # Where nobody gets in, but a wrong entry counts: one who guesses has five in all, whichever door it is.
    counted_in: frozenset[AccountState] = frozenset()

    @property
    def address(self) -> str:
        return reverse(self.page)


_PEOPLE = frozenset({AccountKind.PERSONAL})
_ACTIVE = frozenset({AccountState.ACTIVE})

DOORS: dict[Door, DoorRule] = {
    Door.SIGN_IN: DoorRule(Secret.PASSWORD, _PEOPLE, _ACTIVE, "sign-in"),
    Door.FORGOTTEN_PASSWORD: DoorRule(Secret.PIN, _PEOPLE, _ACTIVE, "forgotten-password"),
    Door.CHANGE_PASSWORD: DoorRule(Secret.PASSWORD, _PEOPLE, _ACTIVE, "change-password"),
    Door.CHANGE_EMAIL: DoorRule(Secret.PASSWORD, _PEOPLE, _ACTIVE, "change-email"),
    # For people and for software: whose certificate it is, the account says.
    Door.INSTALLING: DoorRule(Secret.PIN, frozenset(AccountKind), _ACTIVE, "install-certificate"),
    Door.ACTIVATING: DoorRule(
        Secret.PIN,
        _PEOPLE,
        frozenset({AccountState.ISSUED, AccountState.EXPIRED}),
        "activate",
        counted_in=_ACTIVE,
    ),
}

# Where a second factor is shown. It is no secret of these counts: each device has a throttle of its own (django-otp).
FACTOR_PAGES = ("sign-in-factor", "confirm", "second-factor", "replace-app", "new-passkey")

# What else lets somebody on: no secret of an account, so each has a watch of its own, the module that keeps it.
# Addresses as the URL map writes them; what has none has a name.
OTHERWISE_WATCHED: dict[str, str] = {
    # Read out over the telephone: good once, for ten minutes; a wrong entry counts against all of the organisation.
    "/beheer/blocking/supportcase/<int:pk>/code/": "blocking.services.cases.codes",
    # Links in mails: signed, for one row, good once.
    "/dit-was-ik-niet/<str:token>/": "blocking.not_me_link",
    "/mijn-account/e-mailadres/bevestigen/<str:token>/": "accounts.links",
    # Bearer tokens of machines: long, random, compared by their hash or in constant time.
    "/metrics": "vecozo_portal.metrics",
    "gate": "gate.api.reading",
    # The cookie of a known browser: signed, and worth nothing without the secret.
    "device cookie": "blocking.device_cookie",
}


def factor_doors() -> frozenset[str]:
    """The addresses where a second factor is shown."""
    return frozenset(map(reverse, FACTOR_PAGES))


def serves(door: Door, *, kind: str, state: str) -> bool:
    """Is this door meant for accounts of this kind in this state?"""
    rule = DOORS[door]
    return kind in rule.kinds and state in rule.states


def looks_at(door: Door, *, kind: str, state: str) -> bool:
    """Is an entry here compared with the secret of such an account? More than are served."""
    rule = DOORS[door]
    return kind in rule.kinds and state in rule.states | rule.counted_in
