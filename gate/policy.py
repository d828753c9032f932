"""What the gate says and in which order it refuses, as data and pure functions (behaviour.md, section 7).

    certificate unknown or missing -> address not registered -> account not active -> blocked, not for a quota
    -> not authorised -> blocked for this service's quota -> this query exceeds the quota -> allowed

The first that holds is the answer. The script in the store walks this order; what it looks at is a `Projection`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from accounts.choices import AccountKind, AccountState
from blocking.choices import BlockReason, ServiceAnswer
from blocking.policy import OpenBlock, contact_person_lifts, effect_of


class Reason(StrEnum):
    """The `reason` of a refusal, as software reads it."""

    PASSWORD = "password"  # noqa: S105 - a word of the answer
    PIN = "pin"
    QUOTA = "quota"
    SUPPORT = "support"
    CERTIFICATE = "certificate"
    ADDRESS = "address"
    INACTIVE = "inactive"
    UNAUTHORISED = "unauthorised"


class LiftedBy(StrEnum):
    """Who can take the refusal away."""

    CONTACT_PERSON = "contact_person"
    SUPPORT = "support"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Queries past the quota that Support granted after a lift. `valid_until` in seconds since 1970."""

    id: int
    queries: int
    valid_until: int
    used: int = 0


@dataclass(frozen=True, slots=True)
class ServiceAccess:
    """A service that the account may query: its limits by window, and what stands against it."""

    limits: tuple[tuple[str, int], ...] = ()
    is_blocked: bool = False
    allowance: Allowance | None = None
    # The crossing whose block was lifted last: a mark of it is no longer true.
    lifted_crossing: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: Reason
    lifted_by: LiftedBy


@dataclass(frozen=True, slots=True)
class Projection:
    """The gate's copy of an account, at one version."""

    account_id: int
    version: int
    user_number: str
    kind: AccountKind
    refusal: Refusal | None = None
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    # Fingerprint, and from and until when it is valid in seconds since 1970, of installed certificates.
    certificates: tuple[tuple[str, int, int], ...] = ()
    services: dict[str, ServiceAccess] = field(default_factory=dict)
    # Of services that it may not query any more: the crossing whose block was lifted last, or closed with the account.
    lifted_elsewhere: dict[str, str] = field(default_factory=dict)


# Worst first: an account with several blocks is told the one that takes most to lift.
_ORDER = (BlockReason.SUPPORT, BlockReason.PASSWORD, BlockReason.PIN)


def standing_refusal(
    state: AccountState, kind: AccountKind, blocks: Iterable[OpenBlock], *, is_pgb_provider: bool
) -> Refusal | None:
    """What refuses every query of the account, whatever the service; a quota's block refuses only its own."""
    if state != AccountState.ACTIVE:
        return Refusal(Reason.INACTIVE, LiftedBy.NOBODY)
    refusing = {block.reason for block in blocks if effect_of(block, kind).service_answer == ServiceAnswer.FORBIDDEN}
    worst = next((reason for reason in _ORDER if reason in refusing), None)
    return Refusal(Reason(worst.value), lifter_of(worst, kind, is_pgb_provider=is_pgb_provider)) if worst else None


def lifter_of(reason: BlockReason, kind: AccountKind, *, is_pgb_provider: bool) -> LiftedBy:
    by_contact_person = contact_person_lifts(reason, kind, is_pgb_provider=is_pgb_provider)
    return LiftedBy.CONTACT_PERSON if by_contact_person else LiftedBy.SUPPORT


def as_hex(address: IPv4Address | IPv6Address) -> str:
    """32 hex digits that sort as addresses do; an IPv4 address is its mapped IPv6 address."""
    mapped = IPv6Address(f"::ffff:{address}") if isinstance(address, IPv4Address) else address
    return mapped.packed.hex()
