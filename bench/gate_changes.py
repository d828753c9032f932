"""How long a block or a lift takes until the gate answers so, from the moment its act returned or before."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bench.gate_stage import ask

if TYPE_CHECKING:
    from accounts.models import Account

LETS_THROUGH, REFUSES = 204, 403
PATIENCE_SECONDS = 5.0


def changes_known(account: Account, url: str, headers: Mapping[str, str], *, changes: int) -> list[float]:
    """Seconds from just before each commit until the first answer that follows it."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.actors import PORTAL  # noqa: PLC0415
    from blocking.choices import BlockReason, LiftChannel, LiftReason  # noqa: PLC0415
    from blocking.services import open_block  # noqa: PLC0415
    from blocking.services.lifting import Lift, lift_without_asking  # noqa: PLC0415

    measured = []
    lift = Lift(LiftChannel.PORTAL, LiftReason.OTHER)
    for _ in range(changes // 2):
        began = time.perf_counter()
        block = open_block(account, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
        measured.append(_until(REFUSES, url, headers, began))
        began = time.perf_counter()
        with transaction.atomic():
            lift_without_asking(block, by=PORTAL, at=timezone.now(), lift=lift)  # type: ignore[arg-type]
        measured.append(_until(LETS_THROUGH, url, headers, began))
    return measured


def _until(status: int, url: str, headers: Mapping[str, str], began: float) -> float:
    while ask(url, headers) != status:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise SystemExit(f"After {PATIENCE_SECONDS:.0f} seconds the gate does not answer {status} yet.")
    return time.perf_counter() - began
