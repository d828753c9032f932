"""How long a crossing takes to become a message that lies in the message box, with the worker at its work."""

from __future__ import annotations

import sys
import time
from typing import Final

from bench.gate_stage import Stage, ask
from bench.people import software_with_a_quota

SERVICE: Final = "crossing"
QUOTA: Final = 1
PATIENCE_SECONDS: Final = 10.0


def crossings_told(stage: Stage, gate: str, *, crossings: int) -> list[float]:
    """Seconds from just before each query that crosses until its message is there."""
    from vecozo_portal.run.worker import sign_of_life  # noqa: PLC0415  # wants settings

    numbers = software_with_a_quota(stage.account, SERVICE, limit=QUOTA, accounts=crossings)
    sign = sign_of_life(stage.folder, "gate-worker")
    stage.run([sys.executable, "manage.py", "gate_worker"], sign.exists, name="gate-worker")
    url = f"{gate.rpartition('/')[0]}/{SERVICE}"
    return [_told(url, stage.asking_for(number), number) for number in numbers]


def _told(url: str, headers: dict[str, str], user_number: str) -> float:
    _expect(204, url, headers)
    began = time.perf_counter()
    _expect(429, url, headers)
    while not _lies_there(user_number):
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise SystemExit(f"After {PATIENCE_SECONDS:.0f} seconds there is no message yet.")
    return time.perf_counter() - began


def _expect(status: int, url: str, headers: dict[str, str]) -> None:
    answered = ask(url, headers)
    if answered != status:
        raise SystemExit(f"A query was answered {answered}, so this measured something else.")


def _lies_there(user_number: str) -> bool:
    from messagebox.models import Message  # noqa: PLC0415  # wants settings

    return Message.objects.filter(kind="blocking:block_opened", about__user_number=user_number).exists()
