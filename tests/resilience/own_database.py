"""The database of a portal that has an engine of its own: filled and read from beside the portal."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from tests.portal_process import test_database_url as the_database_url


class OwnDatabase:
    def __init__(self, url: str) -> None:
        self.url = url
        self.empty()

    def execute(self, statement: LiteralString, *values: object) -> None:
        with psycopg.connect(self.url) as own:
            own.execute(statement, values)

    def rows(self, query: LiteralString) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row) as own:
            return own.execute(query).fetchall()

    def empty(self) -> None:
        """As after the migrations; the engine is shared with other tests, one after the other."""
        with psycopg.connect(self.url) as own:
            own.execute("SET session_replication_role = replica")
            own.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, self.tables()))))

    def tables(self) -> list[str]:
        names = self.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
        return [row["name"] for row in names if row["name"] not in {"django_migrations", "django_content_type"}]

    def keep_what_is_committed(self) -> None:
        """The engines of tests are hasty with commits; for connections made from now on it is as in production."""
        self.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")

    def log_every_statement(self) -> None:
        """As somebody looking for a slow query might, for connections made from now on."""
        self.execute("ALTER ROLE CURRENT_USER SET log_statement = 'all'")

    def copy_people(self) -> None:
        """Everybody the test has made so far, from the tests' database."""
        with psycopg.connect(self.url) as own, psycopg.connect(the_database_url(), row_factory=dict_row) as tests:
            for table in ("accounts_organisation", "accounts_account", "accounts_mandate"):
                for row in tests.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))):
                    columns = sql.SQL(", ").join(map(sql.Identifier, row))
                    values = sql.SQL(", ").join(sql.Placeholder() * len(row))
                    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
                    own.execute(insert.format(sql.Identifier(table), columns, values), list(row.values()))

    def everything_as_text(self) -> str:
        """Every row of every table, whatever it is."""
        return "\n".join(text for table in self.tables() for text in self._texts(table))

    def _texts(self, table: str) -> list[str]:
        with psycopg.connect(self.url) as own:
            found = own.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(table)))
            return [text for (text,) in found]
