"""Blocks as data and pure functions: what each block stops, and who lifts it.

Counting wrong entries on one budget (account, secret, class of browser), limit five:

            right entry: the attempt is given back
              +--------+
              v        |
    +-----------------------+  reserve: taken + 1   +---------------------------+
    |  open: taken < five   | --------------------> | all taken, some unsettled |
    |  wrong <= taken       | <-------------------- | next entry refused,       |
    +-----------------------+  one comes back       | no block, no hash         |
              ^                                     +---------------------------+
              |  reset (complete sign-in, right PIN)        | fifth verified wrong,
              |  or lift: a new generation, five fresh      | or 30 s unsettled counts as wrong
              |                                             v
              |              lifted                 +---------------------------+
              +------------------------------------ | block open                |
                                                    | refused, no hash, no count|
                                                    +---------------------------+

Time alone never resets a count. A second count per secret, the cumulative cap, is reset by nothing
but a new secret; at the cap the secret itself is void.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.choices import AccountKind, Secret
from blocking.choices import BlockReason, BlockScope, CallerRole, LiftChannel, ServiceAnswer
from blocking.verdicts import LiftCode, Verdict

REASON_OF_SECRET = {Secret.PASSWORD: BlockReason.PASSWORD, Secret.PIN: BlockReason.PIN}
SECRET_OF_REASON = {reason: secret for secret, reason in REASON_OF_SECRET.items()}


# --- What a block stops (behaviour.md, section 4) ------------------------------------------------


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


# --- Who lifts what (behaviour.md, section 5) ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class LiftRule:
    """Who lifts blocks of one reason on one kind of account.

    `support_for` names on whose request Support lifts: empty means it asks nobody.
    """

    contact_person: bool
    support_for: frozenset[CallerRole] = frozenset()
    holder_states_absence: bool = False
    quotes_numbers: bool = False


_CONTACT_PERSON = frozenset({CallerRole.CONTACT_PERSON})
_EITHER = frozenset(CallerRole)

LIFTERS: dict[tuple[BlockReason, AccountKind], LiftRule] = {
    (BlockReason.PASSWORD, AccountKind.PERSONAL): LiftRule(
        contact_person=True, support_for=_EITHER, holder_states_absence=True
    ),
    # A system account never signs in on a page, so this row is never met; closed all the same.
    (BlockReason.PASSWORD, AccountKind.SYSTEM): LiftRule(contact_person=False, support_for=_CONTACT_PERSON),
    (BlockReason.PIN, AccountKind.PERSONAL): LiftRule(contact_person=True, support_for=_CONTACT_PERSON),
    (BlockReason.PIN, AccountKind.SYSTEM): LiftRule(contact_person=False, support_for=_CONTACT_PERSON),
    (BlockReason.QUOTA, AccountKind.PERSONAL): LiftRule(contact_person=False, support_for=_EITHER, quotes_numbers=True),
    (BlockReason.QUOTA, AccountKind.SYSTEM): LiftRule(
        contact_person=False, support_for=_CONTACT_PERSON, quotes_numbers=True
    ),
    (BlockReason.SUPPORT, AccountKind.PERSONAL): LiftRule(contact_person=False),
    (BlockReason.SUPPORT, AccountKind.SYSTEM): LiftRule(contact_person=False),
}


@dataclass(frozen=True, slots=True)
class Lifter:
    """Who wants to lift, as the rules see it. `mandate_of` is the organisation of a live mandate."""

    account_id: int | None
    is_support: bool = False
    mandate_of: int | None = None


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """The block and its account, as the rules see them. Two lifts a day are counted elsewhere."""

    reason: BlockReason
    kind: AccountKind
    account_id: int
    organisation_id: int | None
    is_pgb_provider: bool = False
    is_open: bool = True
    recent_lifts: int = 0
    agb_code: str = ""
    user_number: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose request Support acts, and what the caller said."""

    role: CallerRole
    states_absence: bool = False
    quoted_agb_code: str = ""
    quoted_user_number: str = ""


def contact_person_lifts(reason: BlockReason, kind: AccountKind, *, is_pgb_provider: bool) -> bool:
    """Is such a block lifted in user administration, by whichever contact person is not its holder?"""
    return LIFTERS[reason, kind].contact_person and not is_pgb_provider


def may_lift(
    lifter: Lifter,
    block: BlockFacts,
    caller: Caller | None,
    channel: LiftChannel,
    *,
    lift_budget: int,
) -> Verdict:
    """May this person lift this block, in this way? Every page, bulk act and command asks here."""
    if channel == LiftChannel.USER_ADMINISTRATION:
        return Verdict(_contact_person_verdict(lifter, block, lift_budget))
    return Verdict(_support_verdict(lifter, block, caller))


def _contact_person_verdict(lifter: Lifter, block: BlockFacts, lift_budget: int) -> LiftCode:
    """The first ground for refusal, most telling first; foreign objects before everything."""
    grounds = (
        (lifter.mandate_of is None, LiftCode.NO_LIVE_MANDATE),
        (lifter.mandate_of != block.organisation_id, LiftCode.NOT_YOUR_ORGANISATION),
        (block.is_pgb_provider, LiftCode.PGB_PROVIDER),
        (not block.is_open, LiftCode.ALREADY_LIFTED),
        (_is_closed_system(block), LiftCode.SYSTEM_ACCOUNT),
        (not _rule(block).contact_person, LiftCode.ONLY_SUPPORT_MAY_LIFT),
        # After what only Support lifts: a colleague could not lift that either.
        (lifter.account_id == block.account_id, LiftCode.OWN_ACCOUNT),
        (block.recent_lifts >= lift_budget, LiftCode.LIFT_BUDGET_SPENT),
    )
    return next((code for refused, code in grounds if refused), LiftCode.ALLOWED)


def _support_verdict(lifter: Lifter, block: BlockFacts, caller: Caller | None) -> LiftCode:
    grounds = (
        (not lifter.is_support, LiftCode.NOT_SUPPORT),
        (not block.is_open, LiftCode.ALREADY_LIFTED),
        (lifter.account_id == block.account_id, LiftCode.OWN_ACCOUNT),
    )
    refused = next((code for refused, code in grounds if refused), None)
    return refused or _caller_verdict(block, caller)


def _caller_verdict(block: BlockFacts, caller: Caller | None) -> LiftCode:
    rule = _rule(block)
    if not rule.support_for or block.organisation_id is None:
        return LiftCode.ALLOWED  # a colleague at Support has no contact person
    if caller is None:
        return LiftCode.CALLER_REQUIRED
    if caller.role not in rule.support_for:
        return LiftCode.CALLER_NOT_ENTITLED
    is_holder = caller.role == CallerRole.ACCOUNT_HOLDER
    if is_holder and rule.holder_states_absence and not caller.states_absence:
        return LiftCode.ABSENCE_NOT_STATED
    if rule.quotes_numbers and not _quotes_match(block, caller):
        return LiftCode.QUOTES_DO_NOT_MATCH
    return LiftCode.ALLOWED


def _rule(block: BlockFacts) -> LiftRule:
    return LIFTERS[block.reason, block.kind]


def _is_closed_system(block: BlockFacts) -> bool:
    return block.kind == AccountKind.SYSTEM and not _rule(block).contact_person


def _quotes_match(block: BlockFacts, caller: Caller) -> bool:
    quoted = (caller.quoted_agb_code, caller.quoted_user_number)
    return bool(block.agb_code) and quoted == (block.agb_code, block.user_number)
