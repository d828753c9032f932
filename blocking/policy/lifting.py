"""Who lifts what, as data, and who may lift this very block (behaviour.md, section 5)."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.choices import AccountKind
from blocking.choices import BlockReason, CallerRole, LiftChannel
from blocking.verdicts import LiftCode, Verdict


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
_EITHER = frozenset({CallerRole.CONTACT_PERSON, CallerRole.ACCOUNT_HOLDER})

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
    """On whose request Support acts, what the caller said, and whether Support made sure who it is."""

    role: CallerRole
    is_checked: bool = False
    states_absence: bool = False
    quoted_agb_code: str = ""
    quoted_user_number: str = ""


_NOBODY_IS_ASKED = LiftRule(contact_person=False)


def rule_at_support(reason: BlockReason, kind: AccountKind, *, is_colleague: bool) -> LiftRule:
    """What Support asks of whoever calls; about a colleague nothing, who has no contact person."""
    return _NOBODY_IS_ASKED if is_colleague else LIFTERS[reason, kind]


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
    in_case: bool = False,
) -> Verdict:
    """May this person lift this block, in this way? Every page, bulk act and command asks here.

    `in_case`: it is the decision on a support case; whatever Support lifts is one.
    """
    if channel == LiftChannel.USER_ADMINISTRATION:
        return Verdict(_contact_person_verdict(lifter, block, lift_budget))
    return Verdict(_support_verdict(lifter, block, caller, in_case))


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


def _support_verdict(lifter: Lifter, block: BlockFacts, caller: Caller | None, in_case: bool) -> LiftCode:
    grounds = (
        (not lifter.is_support, LiftCode.NOT_SUPPORT),
        (not in_case, LiftCode.CASE_REQUIRED),
        (not block.is_open, LiftCode.ALREADY_LIFTED),
        (lifter.account_id == block.account_id, LiftCode.OWN_ACCOUNT),
    )
    refused = next((code for refused, code in grounds if refused), None)
    return refused or _caller_verdict(block, caller)


def _caller_verdict(block: BlockFacts, caller: Caller | None) -> LiftCode:
    rule = rule_at_support(block.reason, block.kind, is_colleague=block.organisation_id is None)
    if not rule.support_for:
        return LiftCode.ALLOWED
    if caller is None:
        return LiftCode.CALLER_REQUIRED
    is_alone = caller.role == CallerRole.ACCOUNT_HOLDER and not caller.states_absence
    grounds = (
        (caller.role not in rule.support_for, LiftCode.CALLER_NOT_ENTITLED),
        (is_alone and rule.holder_states_absence, LiftCode.ABSENCE_NOT_STATED),
        (rule.quotes_numbers and not _quotes_match(block, caller), LiftCode.QUOTES_DO_NOT_MATCH),
        (not caller.is_checked, LiftCode.CALLER_NOT_CHECKED),
    )
    return next((code for refused, code in grounds if refused), LiftCode.ALLOWED)


def _rule(block: BlockFacts) -> LiftRule:
    return LIFTERS[block.reason, block.kind]


def _is_closed_system(block: BlockFacts) -> bool:
    return block.kind == AccountKind.SYSTEM and not _rule(block).contact_person


def _quotes_match(block: BlockFacts, caller: Caller) -> bool:
    quoted = (caller.quoted_agb_code, caller.quoted_user_number)
    return bool(block.agb_code) and quoted == (block.agb_code, block.user_number)
