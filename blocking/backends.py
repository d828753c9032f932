"""The sign-in door: Django asks this backend, and it asks the guard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor, actor_of
from accounts.choices import Secret
from accounts.models import Account
from blocking.choices import Door
from blocking.queries.browsers import budget_class_of
from blocking.queries.doors import account_with_session, is_refused_now
from blocking.services import Typed, check_secret


class GuardedBackend(BaseBackend):
    """Every password of every account is compared here, and nowhere else."""

    def authenticate(
        self,
        request: HttpRequest | None,
        user_number: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Account | None:
        if user_number is None or password is None:
            return None
        by = actor_of(request) if request else Actor()
        return check_secret(Typed(Door.SIGN_IN, user_number, password), by=by, at=timezone.now())

    def user_can_authenticate(self, account: Account, *, by: Actor, at: datetime) -> bool:
        """May who gave the right password still go on to the second factor? A browser that is known, past strangers."""
        browser_class = budget_class_of(account, by=by, at=at)
        return account.is_active and not is_refused_now(account, Secret.PASSWORD, browser_class=browser_class)

    def get_user(self, user_id: int) -> Account | None:
        return account_with_session(user_id)
