"""Comparing secrets with their hashes, with a bound on how many are computed at once.

Memory is bounded by PORTAL_HASHING_PLACES x PORTAL_ARGON2_MEMORY_KIB in every process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from accounts.choices import Secret
from accounts.refusals import Overloaded
from blocking import metrics
from blocking.services import pace


@cache
def _places() -> BoundedSemaphore:
    return BoundedSemaphore(settings.PORTAL_HASHING_PLACES)


@cache
def _entries() -> BoundedSemaphore:
    return BoundedSemaphore(settings.PORTAL_ENTRIES_AT_ONCE)


@contextmanager
def entry_place() -> Iterator[None]:
    """Be one of the entries that this process is at: its other threads answer whoever types no secret.

    Raises Overloaded at once when there are PORTAL_ENTRIES_AT_ONCE; nothing is counted.
    """
    with _held(_entries(), wait_seconds=0):
        yield


@contextmanager
def hashing_place() -> Iterator[None]:
    """Hold one of this process's hashing places.

    Raises Overloaded when none comes free within PORTAL_HASHING_WAIT_SECONDS; nothing is counted.
    """
    with _held(_places(), wait_seconds=settings.PORTAL_HASHING_WAIT_SECONDS):
        yield


@contextmanager
def _held(places: BoundedSemaphore, *, wait_seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=wait_seconds):
        metrics.hashing_refusals.inc()
        raise Overloaded
    try:
        yield
    finally:
        places.release()


def verify(secret: Secret, entered: str, encoded: str) -> bool:
    """Compare an entered secret with its hash. Call only with an attempt reserved."""
    metrics.secret_verifications.labels(secret=secret.value).inc()
    return _compared(entered, encoded)


def is_outdated(encoded: str) -> bool:
    """Was this hash made with other parameters than today's? Then it takes another time than the dummy."""
    return identify_hasher(encoded).must_update(encoded)


def prepare() -> None:
    """Make the dummy before the first entry, which would otherwise pay for two hashes."""
    _dummy()


def pay_for_nothing(entered: str) -> None:
    """Compute the same hash on a dummy, so that refusing takes as long as verifying."""
    metrics.dummy_hashes.inc()
    _compared(entered, _dummy())


def _compared(entered: str, encoded: str) -> bool:
    try:
        return check_password(entered, encoded)
    finally:
        pace.looked()


@cache
def _dummy() -> str:
    return make_password("a secret that belongs to nobody")
