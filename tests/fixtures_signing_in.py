"""Signing in, in one place: what a browser must do, and what a test that starts signed in gets for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Means
from accounts.models import Account, OneTimeCodeDevice
from accounts.policy.factors import Proof
from accounts.proofs import start_proofs
from tests.factories import PASSWORD
from tests.second_factors import code_for

SIGN_IN = "/inloggen/"
SIGN_IN_FACTOR = "/inloggen/tweede-factor/"


def sign_in(account: Account, browser: Client | None = None, password: str = PASSWORD, **more: str) -> Client:
    """Through both doors, as far as there are two."""
    browser = browser or Client()
    fields = {"user_number": account.user_number, "password": password} | more
    answer = browser.post(SIGN_IN, fields)
    assert answer.status_code == 303, answer.text
    if OneTimeCodeDevice.objects.filter(user=account).exists():
        answer = browser.post(answer["Location"], {"token": code_for(account), "means": "one_time_code"})
        assert answer.status_code == 303, answer.text
    return browser


@pytest.fixture(autouse=True)
def _who_is_seated_showed_everything() -> Iterator[None]:
    """`Client.force_login` seats somebody who has just shown password and second factor."""
    seat = Client.force_login

    def seated(self: Client, user: Any, backend: Any = None) -> None:
        seat(self, user, backend)
        showed(self, Means.PASSWORD, Means.ONE_TIME_CODE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", seated)
        yield


def showed(browser: Client, *means: Means, at: datetime | None = None) -> None:
    """What the person behind this browser has shown, now or at that moment, and nothing else."""
    session = browser.session
    start_proofs(session, *(Proof(each, at or timezone.now()) for each in means))
    session.save()


@pytest.fixture
def support(client: Client, sanne: Account) -> Client:
    """A browser in which Sanne is signed in."""
    client.force_login(sanne)
    return client
