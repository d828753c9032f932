"""`manage.py gate_worker`: turns what the gate saw into blocks, messages and the journal, and keeps its store right."""

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from gate.services.working import work

ENDING_SIGNALS = {signal.SIGTERM, signal.SIGINT}


class Command(BaseCommand):
    help = "Keeps PostgreSQL and the gate's store in step, until SIGTERM or SIGINT."

    def handle(self, *args: Any, **options: Any) -> None:
        # Before any thread starts: from then on the signals are waited for, and interrupt nobody.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
        work(asked_to_stop=_asked_to_stop, sign_of_life=Path(settings.PORTAL_STATE_DIR) / "gate-worker.alive")


def _asked_to_stop(within_seconds: float) -> bool:
    return signal.sigtimedwait(ENDING_SIGNALS, within_seconds) is not None
