"""The allowance after a quota block was lifted: what was granted, until when, and how much of it is used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.models import Block, Probation, ProbationQuerySet
from blocking.windows import window_start


def allowance_after(block: Block) -> Probation | None:
    """What was granted when this quota block was lifted; None while it is open, and of every other block."""
    if block.lifted_at is None:
        return None
    return _of(block).filter(granted_at__lte=block.lifted_at, granted_at__gte=block.opened_at).first()


def allowance_before(block: Block) -> Probation | None:
    """What was granted before, and is over now: why this quota block came long past the quota; else None.

    A quota that nobody widened is crossed by the one query past it.
    """
    if not block.quota_limit or block.evidence_count <= block.quota_limit + 1:
        return None
    window_began = window_start(QuotaWindow(block.quota_window), block.opened_at)
    return _of(block).filter(granted_at__lt=block.opened_at, valid_until__gt=window_began).first()


def live_allowances(account: Account, services: Iterable[Service], at: datetime) -> dict[int, Probation]:
    """The allowance of each service whose time is not over, by the service's key, in one statement."""
    probations = Probation.objects.filter(account=account, service__in=list(services)).newest_first()
    newest: dict[int, Probation] = {}
    for probation in probations:
        newest.setdefault(probation.service_id, probation)
    return {key: probation for key, probation in newest.items() if probation.valid_until > at}


def _of(block: Block) -> ProbationQuerySet:
    return Probation.objects.filter(account=block.account_id, service=block.service_id).newest_first()
