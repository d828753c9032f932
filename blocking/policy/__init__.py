"""Blocks as data and pure functions: what each block stops, who lifts it, and the cases of Support.

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

Each known browser has a budget of its own beside the strangers' one. A block that strangers caused holds for strangers
only, as long as the account has browsers that it knows; five wrong ones on any of those widen it to everywhere.

Time alone never resets a count. A second count per secret, the cumulative cap, is reset by nothing
but a new secret; at the cap the secret itself is void.
"""

from blocking.policy.cases import (
    CallerFacts,
    CaseFacts,
    may_ask,
    may_choose,
    may_file,
    may_grant,
    may_handle,
    may_take,
    may_withdraw,
    suits,
)
from blocking.policy.denials import DENIABLE_FOR, DenialCode, may_deny
from blocking.policy.effects import (
    EFFECTS,
    REASON_OF_SECRET,
    SECRET_OF_REASON,
    Effect,
    OpenBlock,
    effect_of,
    ends_sessions,
    refuses_entry,
    scope_of_failures,
)
from blocking.policy.episodes import Thresholds, kind_of_episode
from blocking.policy.lifting import (
    LIFTERS,
    BlockFacts,
    Caller,
    Lifter,
    LiftRule,
    contact_person_lifts,
    may_lift,
    rule_at_support,
)
from blocking.policy.sources import source_of

__all__ = [
    "DENIABLE_FOR",
    "EFFECTS",
    "LIFTERS",
    "REASON_OF_SECRET",
    "SECRET_OF_REASON",
    "BlockFacts",
    "Caller",
    "CallerFacts",
    "CaseFacts",
    "DenialCode",
    "Effect",
    "LiftRule",
    "Lifter",
    "OpenBlock",
    "Thresholds",
    "contact_person_lifts",
    "effect_of",
    "ends_sessions",
    "kind_of_episode",
    "may_ask",
    "may_choose",
    "may_deny",
    "may_file",
    "may_grant",
    "may_handle",
    "may_lift",
    "may_take",
    "may_withdraw",
    "refuses_entry",
    "rule_at_support",
    "scope_of_failures",
    "source_of",
    "suits",
]
