"""Loading the demo: everybody is founded at once, then each person's history is told, some at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import connections

from vecozo_portal.demo.cast import CAST, Person
from vecozo_portal.demo.certificates import make_certificates_ready
from vecozo_portal.demo.founding import found
from vecozo_portal.demo.history import tell
from vecozo_portal.demo.past_mail import mail_of_the_past
from vecozo_portal.demo.permission import see_that_demo_is_allowed, see_that_nobody_is_real
from vecozo_portal.demo.quotas import give_quotas, register_addresses
from vecozo_portal.demo.usage import tell_usage


def load_demo(*, at: datetime, threads: int = 1) -> int:
    """Load what is missing of the demo; how many people were missing. Loading twice changes nothing.

    Threads help, because nearly all of it is hashing. Raises NoDemoHere in a production, without
    PORTAL_DEMO, and where real accounts stand.
    """
    see_that_demo_is_allowed()
    see_that_nobody_is_real()
    newcomers = found(at=at)
    give_quotas(at=at)
    register_addresses(at=at)
    make_certificates_ready(at=at)
    tell_usage(at=at)
    with mail_of_the_past(), _over_many_days():
        _tell_everybody(at, threads)
    return newcomers


@contextmanager
def _over_many_days() -> Iterator[None]:
    """The throttle goes by the clock, and would take what happened over weeks for an attack of this minute."""
    limit = settings.PORTAL_SOURCE_LIMIT
    settings.PORTAL_SOURCE_LIMIT = "off"
    try:
        yield
    finally:
        settings.PORTAL_SOURCE_LIMIT = limit


def _tell_everybody(at: datetime, threads: int) -> None:
    if threads == 1:
        for person in CAST:
            tell(person, at=at)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(partial(_tell_in_thread, at=at), CAST))


def _tell_in_thread(person: Person, *, at: datetime) -> None:
    try:
        tell(person, at=at)
    finally:
        connections.close_all()
