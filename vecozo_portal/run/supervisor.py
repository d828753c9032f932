"""Keeps the children of a run alive, in order, until somebody asks to stop.

A child that dies is started again after a pause that doubles; one that keeps dying ends the run with a sentence.
Stopping goes the other way round: first who uses the engines, then the engines.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.failures import RunFailure, StopAsked

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 2.0
DEATHS_ALLOWED = 5
DEATHS_WITHIN_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.2
LOG_TAIL_LINES = 15
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Process = subprocess.Popen[bytes]


@dataclass
class Child:
    """One process of the run: how it starts, how one sees that it answers, how it is asked to stop."""

    name: str
    start: Callable[[], Process]
    answers: Callable[[], bool]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within_seconds: float = 20.0
    ready_within_seconds: float = 120.0
    process: Process | None = None
    deaths: list[float] = field(default_factory=list)
    start_at: float | None = None

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def launch(self) -> None:
        self.start_at = None
        self.process = self.start()

    def note_death(self, now: float) -> None:
        """Plans the next start. Raises `RunFailure` when it died too often."""
        self.deaths = [moment for moment in self.deaths if now - moment < DEATHS_WITHIN_SECONDS] + [now]
        if len(self.deaths) > DEATHS_ALLOWED:
            raise RunFailure(f"{self.name} keeps stopping, so the run ends. {self.last_words()}")
        self.start_at = now + min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (len(self.deaths) - 1))

    def ask_to_stop(self) -> None:
        if self.is_alive and self.process is not None:
            self.process.send_signal(self.stop_signal)

    def see_stopped(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        return last_words(self.log)


def last_words(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:]
    except OSError:
        lines = []
    return "\n".join([f"Its log ({log}) ends with:", *(f"  {line}" for line in lines)])


class Supervisor:
    """`with supervisor.listening(): supervisor.bring_up(...); supervisor.watch()`."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.layers: list[list[Child]] = []
        self.stop_asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """From here on the signals that end a run only ask for it, and on the way out everything is stopped."""
        before = {number: signal.signal(number, self._ask) for number in ENDING_SIGNALS}
        try:
            yield
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self.stop_asked and number == signal.SIGINT:
            self._kill_all()
        self.stop_asked = True

    def go_on(self) -> None:
        """Raises `StopAsked` when somebody asked to stop; long steps call it."""
        if self.stop_asked:
            raise StopAsked

    def bring_up(self, *children: Child) -> None:
        """Starts them together and waits until each answers; they are stopped before what was brought up earlier."""
        self.launch(*children)
        self.wait_for(*children)

    def launch(self, *children: Child) -> None:
        """The first half of `bring_up`, for who has something to do while they start."""
        self.layers.append(list(children))
        for child in children:
            child.launch()

    def wait_for(self, *children: Child) -> None:
        for child in children:
            self._wait_for(child)

    def _wait_for(self, child: Child) -> None:
        def settled() -> bool:
            self.go_on()
            return not child.is_alive or child.answers()

        if not wait_until(settled, child.ready_within_seconds):
            raise RunFailure(f"{child.name} does not answer. {child.last_words()}")
        if not child.is_alive:
            raise RunFailure(f"{child.name} stopped while starting. {child.last_words()}")

    def watch(self) -> None:
        """Until somebody asks to stop. Raises `RunFailure` when a child keeps dying."""
        while not wait_until(lambda: self.stop_asked, within=LOOK_EVERY_SECONDS, every=LOOK_EVERY_SECONDS):
            for child in self._children():
                self._look_after(child)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_alive:
            return
        if child.start_at is None:
            child.note_death(now)
            self.say(f"{child.name} stopped unexpectedly and is started again.")
        elif now >= child.start_at:
            child.launch()

    def _children(self) -> list[Child]:
        return [child for layer in self.layers for child in layer]

    def _stop_all(self) -> None:
        for layer in reversed(self.layers):
            for child in layer:
                child.ask_to_stop()
            for child in layer:
                child.see_stopped(time.monotonic() + child.stop_within_seconds)

    def _kill_all(self) -> None:
        for child in self._children():
            if child.is_alive and child.process is not None:
                child.process.kill()
