"""Migrations are complete, and can be applied while the version before is still running."""

import pytest
from django.core.management import call_command
from django_migration_linter import MigrationLinter

from vecozo_portal.environment import BASE_DIR

OURS = ("accounts", "messagebox", "blocking", "certificates")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_leave_the_running_version_working() -> None:
    linter = MigrationLinter(str(BASE_DIR), include_apps=list(OURS), no_cache=True, quiet=["ok", "ignore", "warning"])
    linter.lint_all_migrations()
    assert linter.nb_total >= len(OURS)
    assert not linter.has_errors
