"""200 people sign in at once with the real Argon2id: memory stays within the settings, nobody is miscounted."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from argon2 import PasswordHasher

from accounts.models import Account, AuditEvent
from blocking.models import Attempt
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.security.visitor import Visitor

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

MIB = 1024**2
HASH_MIB = 46
WORKERS, THREADS, PLACES, ENTRIES = 2, 16, 2, 12
ALLOWED_MIB = WORKERS * PLACES * HASH_MIB
# What 32 threads that answered pages keep beside the hashes: connections, templates, what malloc does not give back.
MARGIN_MIB = 96
VISITORS = 200


@pytest.fixture
def portal(start_portal):
    settings = {
        "PORTAL_ARGON2_MEMORY_KIB": str(HASH_MIB * 1024),
        "PORTAL_HASHING_PLACES": str(PLACES),
        # So little patience that some are turned away, for whom nothing may be counted.
        "PORTAL_HASHING_WAIT_SECONDS": "0.3",
        "PORTAL_ENTRIES_AT_ONCE": str(ENTRIES),
    }
    return start_portal(workers=WORKERS, threads=THREADS, settings=settings)


@pytest.fixture
def people():
    """Fifty accounts with the real hash of the same password, so that making them takes no minute."""
    noord = factories.organisation()
    made = [factories.account(noord, f"Gebruiker {number}", password=None) for number in range(50)]
    real = "argon2" + PasswordHasher(time_cost=1, memory_cost=HASH_MIB * 1024, parallelism=1).hash(PASSWORD)
    Account.objects.update(password=real)
    factories.block(made[-1])
    return made


class MemoryOf:
    """The most that some processes held at once, seen from outside while they worked."""

    def __init__(self, pids):
        self.processes = [psutil.Process(pid) for pid in pids]
        self.idle = self.peak = self.now()
        self.done = threading.Event()

    def now(self):
        return sum(process.memory_info().rss for process in self.processes)

    def look(self):
        while not self.done.wait(0.002):
            self.peak = max(self.peak, self.now())

    def __enter__(self):
        self.looking = threading.Thread(target=self.look)
        self.looking.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.looking.join()

    @property
    def over_idle_mib(self):
        return (self.peak - self.idle) / MIB


def entries(people):
    """Right, wrong, unknown and blocked, all mixed."""
    *free, blocked = [person.user_number for person in people]
    mixed = []
    for n in range(VISITORS // 4):
        somebody = free[n % len(free)]
        mixed += [
            (somebody, PASSWORD),
            (somebody, WRONG_PASSWORD),
            (f"{n:014d}", WRONG_PASSWORD),
            (blocked, PASSWORD),
        ]
    return mixed


def hashed(portal):
    return portal.metric("portal_secret_verifications_total") + portal.metric("portal_dummy_hashes_total")


def test_memory_is_bounded_and_who_is_turned_away_is_not_counted(portal, people):
    visitors = [Visitor(portal.base_url) for _ in range(VISITORS)]
    visitors[0].open_door()
    for visitor in visitors:
        visitor.cookies, visitor.token = dict(visitors[0].cookies), visitors[0].token
    start = threading.Barrier(VISITORS)

    def enter(visitor, entry):
        start.wait()
        return visitor.enter_password(*entry)

    before = hashed(portal)
    with MemoryOf(portal.worker_pids()) as memory, ThreadPoolExecutor(VISITORS) as pool:
        answers = list(pool.map(enter, visitors, entries(people)))

    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) <= {200, 303, 503}
    turned_away = [answer for answer in answers if answer.status == 503]
    assert all("erg druk" in answer.body and answer.headers["Retry-After"] for answer in turned_away)
    assert HASH_MIB < memory.over_idle_mib <= ALLOWED_MIB + MARGIN_MIB

    assert hashed(portal) - before == VISITORS - len(turned_away), "a hash for each that was heard, none for the others"
    seen = AuditEvent.objects.filter(slug__in=("account:password:failed", "account:password:refused")).count()
    unknown = sum(answer.status == 200 for answer in answers[2::4])
    assert seen + unknown == statuses[200], "nor a line in the log"
    assert Attempt.objects.filter(settled_at=None).count() == 0
