"""«This was not me»: one press on a link in a mail blocks the account and raises an alarm at Support."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.choices import AccountState
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import record, refusals_recorded
from blocking.choices import BlockReason
from blocking.models import Block, Notice
from blocking.models.block import NOT_ME
from blocking.policy import may_deny
from blocking.refusals import NoticeExpired, denial_refusal_of
from blocking.services.blocks import Evidence, open_block
from blocking.services.browsers import forget_all_browsers
from blocking.services.notices import tell_not_me


def deny_notice(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Block the account as Support would, end its sessions, forget its browsers, and tell Support. Audited.

    Raises NoticeUsed or NoticeExpired, audited too. Call it outside a transaction.
    """
    with refusals_recorded("account:not_me:refused", by=by, at=at, account=notice.account):
        return _deny(notice, by=by, at=at)


def why_not_to_deny(notice: Notice, *, at: datetime) -> Refusal | None:
    """What would refuse the press, for a page that asks first. Of a removed account nothing is left to block."""
    if notice.account.state == AccountState.REMOVED:
        return NoticeExpired()
    return denial_refusal_of(may_deny(told_at=notice.told_at, is_denied=notice.denied_at is not None, at=at))


def _deny(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    account = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    holder = account.get(pk=notice.account_id)
    now = Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    refusal = why_not_to_deny(now, at=at)
    if refusal:
        raise refusal
    now.account, now.block = holder, _block(holder, by=by, at=at)
    now.denied_at, now.denied_from = at, by.source_address
    now.save(update_fields=["block", "denied_at", "denied_from"])
    forget_all_browsers(holder, by=by, at=at)
    record("account:not_me:reported", by=by, at=at, account=holder, parameters={"about": now.get_kind_display()})
    tell_not_me(now, at=at)
    return now


def _block(account: Account, *, by: Actor, at: datetime) -> Block:
    """The block by Support that this opens, or that is open already."""
    evidence = Evidence(source_address=by.source_address, user_agent=by.user_agent, client=NOT_ME)
    opened = open_block(account, reason=BlockReason.SUPPORT, by=by, at=at, evidence=evidence)
    return opened or Block.objects.open().get(account=account, reason=BlockReason.SUPPORT)
