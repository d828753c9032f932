"""The tests' own flush: a process that still ends its work takes no test down with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from accounts.models import Organisation
from tests import factories
from tests.portal_process import test_database_url as database_url
from vecozo_portal.processes.waiting import wait_until

WAITING = """
    SELECT 1 FROM pg_locks
    WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HELD = """
    SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation
    WHERE granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'AccessExclusiveLock' AND relkind = 'r' AND relname <> 'messagebox_message'
    LIMIT 1
"""


def _end_slowly(connection: psycopg.Connection) -> None:
    """Holds what the flush wants and then wants what the flush holds."""
    with psycopg.connect(database_url(), autocommit=True) as watching:
        assert wait_until(lambda: watching.execute(WAITING).fetchone() is not None, 20)
        [(wanted,)] = watching.execute(HELD).fetchall()
    connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(sql.Identifier(wanted)))
    connection.rollback()


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_with_a_process_that_ends_is_tried_again() -> None:
    factories.organisation()
    with psycopg.connect(database_url()) as process, ThreadPoolExecutor(1) as beside:
        process.execute("LOCK TABLE messagebox_message IN ACCESS SHARE MODE")
        ended = beside.submit(_end_slowly, process)
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        ended.result()
    assert not Organisation.objects.exists()
