"""Opening a block: the row, the audit event, the message and the mails in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountKind
from accounts.models import Account, Service
from accounts.services import announce_change, end_sessions, record
from blocking import metrics
from blocking.choices import BlockReason, BlockScope, QuotaWindow
from blocking.models import STRANGERS, Block
from blocking.policy import REASON_OF_SECRET, effect_of, scope_of_failures
from blocking.queries.browsers import known_browsers_of
from blocking.services.counting import Entry
from blocking.services.episodes import note_in_episode
from blocking.services.notices import tell_block_opened, tell_block_widened


@dataclass(frozen=True, slots=True)
class Evidence:
    """On what a block rests: how many, from where, with which program, as which client."""

    count: int = 0
    source_address: str | None = None
    user_agent: str = ""
    client: str = ""
    # Of a quota: which one was exceeded.
    window: QuotaWindow | None = None
    limit: int | None = None


def open_block_for_failures(entry: Entry, *, evidence_count: int) -> Block | None:
    """Open the block that five wrong entries call for, or widen the one against strangers; None where it is open.

    In the caller's transaction, so that the count and the block stand or fall together.
    """
    evidence = Evidence(evidence_count, entry.by.source_address, entry.by.user_agent, entry.door.label)
    block = _block(entry.account, reason=REASON_OF_SECRET[entry.secret], at=entry.at, evidence=evidence)
    block.scope = _scope(entry)
    opened = _open(block, by=PORTAL)
    if opened:
        note_in_episode(opened)
    elif block.scope == BlockScope.EVERYWHERE:
        return _widen(block)
    return opened


def _scope(entry: Entry) -> BlockScope:
    """Strangers shut out strangers alone, where the account has browsers that it knows."""
    knows_any = known_browsers_of(entry.account, entry.at).exists()
    return scope_of_failures(
        entry.secret, from_known_browser=entry.browser_class != STRANGERS, knows_browsers=knows_any
    )


def _widen(wanted: Block) -> Block | None:
    """The block against strangers, which from now on holds everywhere; None where there is none. Audited."""
    narrow = Block.objects.open().filter(account=wanted.account, reason=wanted.reason, scope=BlockScope.STRANGERS)
    block = narrow.select_for_update(no_key=True).first()
    if block is None:
        return None
    block.account, block.scope = wanted.account, BlockScope.EVERYWHERE
    block.save(update_fields=["scope"])
    count, at = wanted.evidence_count, wanted.opened_at
    _audit("account:block:widened", block, count=count, by=PORTAL, at=at)
    tell_block_widened(block, count=count, at=at)
    announce_change([block.account_id])
    return block


@transaction.atomic
def open_block(
    account: Account,
    *,
    reason: BlockReason,
    by: Actor,
    at: datetime,
    service: Service | None = None,
    evidence: Evidence = Evidence(),
    remark: str = "",
) -> Block | None:
    """Open a block that rests on something else than wrong entries; None where it is open already.

    Whether `by` may do so is the caller's question. A service belongs to a quota block, and only there. A remark stands
    in the log, for Support alone.
    """
    return _open(_block(account, reason=reason, at=at, service=service, evidence=evidence), by=by, remark=remark)


def _block(
    account: Account, *, reason: BlockReason, at: datetime, evidence: Evidence, service: Service | None = None
) -> Block:
    return Block(
        account=account,
        reason=reason,
        service=service,
        opened_at=at,
        evidence_count=evidence.count,
        source_address=evidence.source_address,
        user_agent=evidence.user_agent,
        client=evidence.client,
        quota_window=evidence.window or "",
        quota_limit=evidence.limit,
    )


def _open(opening: Block, *, by: Actor, remark: str = "") -> Block | None:
    block = _inserted(opening)
    if block is None:
        return None
    count, at = block.evidence_count, block.opened_at
    _audit("account:block:opened", block, count=count, by=by, at=at, remark=remark)
    if effect_of(block.as_open_block, AccountKind(block.account.kind)).ends_sessions:
        end_sessions(block.account, by=by, at=block.opened_at)
    tell_block_opened(block)
    announce_change([block.account_id])
    transaction.on_commit(metrics.blocks_opened.labels(reason=block.reason).inc, robust=True)
    return block


def _audit(slug: str, block: Block, *, count: int, by: Actor, at: datetime, remark: str = "") -> None:
    parameters: dict[str, str | int] = {
        "block": str(block.public_id),
        "reason": block.reason_in_words,
        "count": count,
    }
    if remark:
        parameters["remark"] = remark
    record(slug, by=by, at=at, account=block.account, parameters=parameters)


def _inserted(opening: Block) -> Block | None:
    """The block as it was stored. A second open one is no error, also not in PostgreSQL's log."""
    Block.objects.bulk_create([opening], ignore_conflicts=True)
    stored = Block.objects.select_related("account__organisation", "service")
    return stored.filter(public_id=opening.public_id).first()
