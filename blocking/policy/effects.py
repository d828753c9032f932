"""What a block stops, as data (behaviour.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.choices import AccountKind, Secret
from blocking.choices import BlockReason, BlockScope, ServiceAnswer

REASON_OF_SECRET = {Secret.PASSWORD: BlockReason.PASSWORD, Secret.PIN: BlockReason.PIN}
SECRET_OF_REASON = {reason: secret for secret, reason in REASON_OF_SECRET.items()}


@dataclass(frozen=True, slots=True)
class Effect:
    refuses_sign_in: bool
    refuses_pin: bool
    service_answer: ServiceAnswer
    ends_sessions: bool = False


_ANY_KIND = tuple(AccountKind)
_BlockType = tuple[BlockReason, AccountKind, BlockScope]

EFFECTS: dict[_BlockType, Effect] = {
    **{
        (BlockReason.PASSWORD, kind, BlockScope.EVERYWHERE): Effect(
            refuses_sign_in=True, refuses_pin=False, service_answer=ServiceAnswer.FORBIDDEN
        )
        for kind in _ANY_KIND
    },
    **{
        # From strange browsers only; `refuses_entry` looks at who is at the door.
        (BlockReason.PASSWORD, kind, BlockScope.STRANGERS): Effect(
            refuses_sign_in=True, refuses_pin=False, service_answer=ServiceAnswer.GOES_ON
        )
        for kind in _ANY_KIND
    },
    (BlockReason.PIN, AccountKind.PERSONAL, BlockScope.EVERYWHERE): Effect(
        refuses_sign_in=True, refuses_pin=True, service_answer=ServiceAnswer.FORBIDDEN
    ),
    # A stranger with a number may not stop a practice's software.
    (BlockReason.PIN, AccountKind.SYSTEM, BlockScope.EVERYWHERE): Effect(
        refuses_sign_in=True, refuses_pin=True, service_answer=ServiceAnswer.GOES_ON
    ),
    **{
        (BlockReason.QUOTA, kind, BlockScope.EVERYWHERE): Effect(
            refuses_sign_in=True, refuses_pin=False, service_answer=ServiceAnswer.TOO_MANY
        )
        for kind in _ANY_KIND
    },
    **{
        (BlockReason.SUPPORT, kind, BlockScope.EVERYWHERE): Effect(
            refuses_sign_in=True,
            refuses_pin=True,
            service_answer=ServiceAnswer.FORBIDDEN,
            ends_sessions=True,
        )
        for kind in _ANY_KIND
    },
}


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """An open block as the rules see it."""

    reason: BlockReason
    scope: BlockScope = BlockScope.EVERYWHERE


def effect_of(block: OpenBlock, kind: AccountKind) -> Effect:
    return EFFECTS[block.reason, kind, block.scope]


def refuses_entry(
    blocks: Iterable[OpenBlock], *, kind: AccountKind, secret: Secret, known_browser: bool = False
) -> bool:
    """May this secret not even be looked at, because a block is open?"""
    return any(_refuses(block, kind, secret, known_browser) for block in blocks)


def _refuses(block: OpenBlock, kind: AccountKind, secret: Secret, known_browser: bool) -> bool:
    if block.scope == BlockScope.STRANGERS and known_browser:
        return False
    effect = effect_of(block, kind)
    return effect.refuses_pin if secret == Secret.PIN else effect.refuses_sign_in


def ends_sessions(blocks: Iterable[OpenBlock], *, kind: AccountKind) -> bool:
    return any(effect_of(block, kind).ends_sessions for block in blocks)


def scope_of_failures(secret: Secret, *, from_known_browser: bool, knows_browsers: bool) -> BlockScope:
    """Whom five wrong entries shut out: only strangers, where strangers typed a password and others are known."""
    only_strangers = secret == Secret.PASSWORD and knows_browsers and not from_known_browser
    return BlockScope.STRANGERS if only_strangers else BlockScope.EVERYWHERE
