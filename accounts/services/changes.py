"""Telling higher floors, after the commit, that accounts changed; the database has raised their versions by itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.afterwards import afterwards
from accounts.models import Account
from accounts.signals import accounts_changed


def announce_change(account_ids: Iterable[int]) -> None:
    """Send `accounts_changed` on commit. A receiver that fails harms nobody: versions not pushed are swept."""
    ids = tuple(account_ids)
    transaction.on_commit(lambda: afterwards(lambda: _send(ids)), robust=True)


def _send(ids: tuple[int, ...]) -> None:
    accounts_changed.send_robust(Account, account_ids=ids)
