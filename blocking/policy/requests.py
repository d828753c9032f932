"""Who asks for an account, and who decides on it.

asked -> approved   by itself, or by Support where PORTAL_REQUESTS_NEED_APPROVAL
      -> rejected   by Support
      -> nothing    where the account was removed before that
"""

from __future__ import annotations

from enum import StrEnum

from accounts.choices import AccountState
from blocking.policy.lifting import Lifter


class RequestCode(StrEnum):
    ALLOWED = "allowed"
    NOT_FOR_THIS_ORGANISATION = "request_not_for_this_organisation"
    ONLY_SUPPORT_DECIDES = "only_support_decides"
    DECIDED_ALREADY = "request_decided_already"
    NOT_WAITING = "request_not_waiting"
    NO_REASON = "request_rejected_without_reason"


def may_request(asker: Lifter, *, organisation_id: int) -> RequestCode:
    """A contact person for the own organisation, Support for any: for those without user administration too."""
    if asker.is_support or asker.mandate_of == organisation_id:
        return RequestCode.ALLOWED
    return RequestCode.NOT_FOR_THIS_ORGANISATION


def may_decide(decider: Lifter, *, is_decided: bool, state: str, is_rejected: bool, reason: str) -> RequestCode:
    if not decider.is_support:
        return RequestCode.ONLY_SUPPORT_DECIDES
    if is_decided:
        return RequestCode.DECIDED_ALREADY
    if state != AccountState.REQUESTED:
        return RequestCode.NOT_WAITING
    return RequestCode.NO_REASON if is_rejected and not reason else RequestCode.ALLOWED
