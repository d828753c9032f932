"""The engines' life, and a flush that gets past the audit's triggers.

Audit rows refuse UPDATE, DELETE and TRUNCATE by trigger. Tests that commit (`transactional_db`) end with Django's
flush, which truncates every table. So the flush, and nothing else, runs with `session_replication_role = replica`, for
that one transaction: triggers rest, and it takes a superuser, which no running portal needs to be.

A really running portal may still end its last transaction while the test ends; two that wait for each other are a
deadlock, and PostgreSQL gives up one of them. It can be the flush, which is then simply done again.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import override_settings

from tests import engines_for_tests

TRIES_TO_FLUSH = 5


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        engines_for_tests.start()
        # A worker of pytest-xdist that inherits this reads settings before its conftest gives it a queue of its own.
        if getattr(config.option, "dist", "no") != "no":
            os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure() -> None:
    engines_for_tests.stop()


def _flush_past_the_triggers(operations: DatabaseOperations, statements: list[str]) -> None:
    del operations
    for tries_left in reversed(range(TRIES_TO_FLUSH)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                for statement in statements:
                    cursor.execute(statement)
        except OperationalError:
            if not tries_left:
                raise
        else:
            return


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests() -> Iterator[None]:
    """Pages made inside a test name static files plainly; the really running portal serves hashed names."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with pytest.MonkeyPatch.context() as patch, override_settings(STORAGES=plain):
        patch.setattr(DatabaseOperations, "execute_sql_flush", _flush_past_the_triggers)
        yield


@pytest.fixture(autouse=True)
def _an_empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def query_counter(db: None) -> Any:
    """`with query_counter() as queries: ...; assert len(queries) <= 8`."""
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    return lambda: CaptureQueriesContext(connection)
