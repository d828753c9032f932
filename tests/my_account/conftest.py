from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account
from tests.blocking.conftest import counted

__all__ = ["counted"]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"

As = Callable[..., Client]


@pytest.fixture
def browser_of() -> As:
    """`browser_of(anna)`: a browser in which somebody is signed in; what it calls itself, and where it is."""

    def signed_in(account: Account, *, program: str = FIREFOX, address: str = "192.0.2.10") -> Client:
        browser = Client(headers={"User-Agent": program}, REMOTE_ADDR=address)
        browser.force_login(account)
        # Signing in by force is no request of this browser.
        session = browser.session
        session["begun"] |= {"user_agent": program, "source_address": address}
        session.save()
        return browser

    return signed_in
