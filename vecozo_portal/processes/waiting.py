"""Waiting for something to be so, and no longer."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], within: float, every: float = 0.02) -> bool:
    """Asks again and again, without a fixed wait, until the condition holds or the time is over."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
