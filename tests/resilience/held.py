"""Holding an entry between reserving and verifying: the stored hash asks for hours of work.

How long a verification takes stands in the hash itself (passes `t`), so an account with such a hash keeps whoever
enters anything for it waiting, with the attempt committed as taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import F

from accounts.models import Account
from blocking.models import Attempt
from tests.factories import PASSWORD, PIN
from tests.security.visitor import Answer, Visitor
from vecozo_portal.processes.waiting import wait_until

HOURS_OF_PASSES = 10_000_000
PATIENCE_SECONDS = 30.0


def slow_hash(passes: int = HOURS_OF_PASSES, *, memory_kib: int = 65536) -> str:
    """A well-formed Argon2id hash that belongs to no secret and takes this long to find that out."""
    return f"argon2$argon2id$v=19$m={memory_kib},t={passes},p=1$c29tZSBzYWx0IGhlcmU${'A' * 43}"


def make_slow(account: Account, hash_: str) -> None:
    Account.objects.filter(pk=account.pk).update(password=hash_, pin=hash_)


def make_quick(account: Account) -> None:
    """The secrets everybody has in the tests, without telling anybody that they were replaced."""
    Account.objects.filter(pk=account.pk).update(password=make_password(PASSWORD), pin=make_password(PIN))


@contextmanager
def entries_under_way(visitor: Visitor, account: Account) -> Iterator[list[Future[Answer]]]:
    """A password and a PIN being verified at this moment, both committed as taken."""
    visitor.open_door()
    with ThreadPoolExecutor(2) as pool:
        held = [
            pool.submit(visitor.enter_password, account.user_number, PASSWORD),
            pool.submit(visitor.enter_pin, account.user_number, PIN),
        ]
        assert wait_until(lambda: attempts_taken(account) == 2, PATIENCE_SECONDS)
        yield held


def attempts_taken(account: Account) -> int:
    return Attempt.objects.filter(budget__account=account, settled_at=None).count()


def let_time_pass() -> None:
    """All attempts so far become older than PORTAL_ATTEMPT_TIMEOUT_SECONDS."""
    Attempt.objects.update(taken_at=F("taken_at") - timedelta(minutes=1))
