"""How long a block or a lift by Support takes until the gate answers so, from just before its act began."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bench.gate_stage import ask
from bench.people import somebody_at_support

if TYPE_CHECKING:
    from accounts.actors import Actor
    from accounts.models import Account
    from blocking.models import Block, SupportCase

LETS_THROUGH, REFUSES = 204, 403
PATIENCE_SECONDS = 5.0
WHY = "gemeten door de bench"


def changes_known(account: Account, url: str, headers: Mapping[str, str], *, changes: int) -> list[float]:
    """Seconds, of the services that the pages call: audited, told, and pushed when they commit."""
    from django.utils import timezone  # noqa: PLC0415  # these want settings

    from accounts.actors import Actor  # noqa: PLC0415
    from blocking.services import grant_case, place_support_block  # noqa: PLC0415

    by, measured = Actor(account=somebody_at_support()), []
    for _ in range(changes // 2):
        began = time.perf_counter()
        block = place_support_block(account, by=by, at=timezone.now(), reason=WHY)
        measured.append(_until(REFUSES, url, headers, began))
        case = _case_about(block, by)
        began = time.perf_counter()
        grant_case(case, by=by, at=timezone.now(), seen=case.as_seen, note=WHY)
        measured.append(_until(LETS_THROUGH, url, headers, began))
    return measured


def _case_about(block: Block, by: Actor) -> SupportCase:
    """Nobody rang: Support takes back its own block."""
    from django.utils import timezone  # noqa: PLC0415

    from blocking.choices import CaseChannel  # noqa: PLC0415
    from blocking.services import NOBODY, Quoted, open_case  # noqa: PLC0415

    quoted = Quoted.of(block.account)
    return open_case(quoted=quoted, caller=NOBODY, channel=CaseChannel.PORTAL, about=block, by=by, at=timezone.now())


def _until(status: int, url: str, headers: Mapping[str, str], began: float) -> float:
    while ask(url, headers) != status:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise SystemExit(f"After {PATIENCE_SECONDS:.0f} seconds the gate does not answer {status} yet.")
    return time.perf_counter() - began
