"""An event loop of a test's own: the browser's tests, in the same process, leave one behind that still runs."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_to_its_end(story: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as own_thread:
        own_thread.submit(asyncio.run, story).result()
