"""PostgreSQL killed under people who sign in: a plain page meanwhile, and afterwards every count is what it was."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.resilience.held import slow_hash
from tests.resilience.own_database import OwnDatabase
from tests.security.visitor import FORGOTTEN_PASSWORD, SIGN_IN, Visitor
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 30.0
# Long enough to be killed under, short enough to wait for: one to a few seconds of work.
SECONDS_OF_PASSES = 60


@pytest.fixture
def database(own_engines, anna):
    database = OwnDatabase(own_engines.postgres.url)
    database.keep_what_is_committed()
    database.copy_people()
    return database


@pytest.fixture
def portal(start_portal, own_engines, database):
    return start_portal(workers=2, threads=4, settings=own_engines.settings)


def counts(database):
    return database.rows("SELECT secret, taken, wrong FROM blocking_budget ORDER BY secret")


def unsettled(database):
    return database.rows("SELECT id FROM blocking_attempt WHERE settled_at IS NULL")


def assert_plain_page(answer):
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert "Het portaal is even niet bereikbaar" in answer.body
    for telling in ("Traceback", "psycopg", "django", "accounts_account", "OperationalError"):
        assert telling not in answer.body


def test_doors_answer_503_meanwhile_and_every_count_is_kept(portal, database, own_engines, anna):
    stranger, signed_in = Visitor(portal.base_url), Visitor(portal.base_url)
    assert signed_in.enter_password(anna.user_number, PASSWORD).status == 303
    for _ in range(3):
        stranger.enter_password(anna.user_number, WRONG_PASSWORD)
        stranger.enter_pin(anna.user_number, "verkeerd")
    before = counts(database)
    assert [row["wrong"] for row in before] == [3, 3]

    own_engines.postgres.kill()
    for _ in range(10):  # more than there are threads, so that each has held a dead connection
        assert_plain_page(stranger.enter_password(anna.user_number, WRONG_PASSWORD))
        assert_plain_page(stranger.enter_pin(anna.user_number, "verkeerd"))
        assert_plain_page(signed_in.get("/berichtenbox/"))
    pages_without_database = [stranger.get(path).status for path in (SIGN_IN, FORGOTTEN_PASSWORD, "/hulp/geblokkeerd/")]
    assert pages_without_database == [200, 200, 200]
    pids = portal.worker_pids()

    own_engines.revive()
    assert counts(database) == before, "an outage counts for nobody"
    assert signed_in.get("/berichtenbox/").status == 403, "the session is still there, Anna is no contact person"
    for _ in range(2):
        assert stranger.enter_password(anna.user_number, WRONG_PASSWORD).status == 200
    assert database.rows("SELECT reason, evidence_count FROM blocking_block") == [
        {"reason": "password", "evidence_count": 5}
    ]
    assert portal.worker_pids() == pids, "nobody restarted the portal"


def test_killed_while_a_password_is_being_verified_costs_one_attempt(portal, database, own_engines, anna):
    database.execute("UPDATE accounts_account SET password = %s", slow_hash(SECONDS_OF_PASSES))
    stranger = Visitor(portal.base_url)
    stranger.open_door()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(stranger.enter_password, anna.user_number, WRONG_PASSWORD)
        assert wait_until(lambda: unsettled(database) != [], PATIENCE_SECONDS)
        own_engines.postgres.kill()
        assert_plain_page(under_way.result(PATIENCE_SECONDS))

    own_engines.revive()
    assert len(unsettled(database)) == 1
    assert counts(database) == [{"secret": "password", "taken": 1, "wrong": 0}]
    database.execute("UPDATE accounts_account SET password = %s", anna.password)
    assert stranger.enter_password(anna.user_number, PASSWORD).status == 303
    assert counts(database) == [{"secret": "password", "taken": 0, "wrong": 0}]
