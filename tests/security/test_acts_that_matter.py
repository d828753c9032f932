"""Every address that takes a POST asks a recent second factor, or is on a list with the reason why not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.choices import Means
from accounts.models import Account
from tests.factories import a_moment_ago
from tests.fixtures_signing_in import showed
from tests.house.test_addresses import filled_in
from tests.security.acts_that_matter import ASK_A_RECENT_FACTOR, LOOKING_ASKS_TOO, WITHOUT

pytestmark = pytest.mark.django_db

# Support's admin shows and edits nothing: these pages of Django's own are tried in tests/blocking and tests/accounts.
TO_READ = ("_changelist", "_add", "_change", "_delete", "_history")
DJANGOS_OWN = {"admin:index", "admin:login", "admin:password_change", "admin:password_change_done", "admin:jsi18n"}
DJANGOS_OWN |= {"admin:autocomplete", "admin:app_list", "admin:view_on_site"}
TAKES_NO_POST = {403, 404, 405}


def named(
    patterns: list[URLPattern | URLResolver], route: str = "", space: str = ""
) -> dict[str, tuple[str, URLPattern]]:
    found: dict[str, tuple[str, URLPattern]] = {}
    for pattern in patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= named(pattern.url_patterns, here, space + inside)
        elif pattern.name:
            found[space + pattern.name] = (here, pattern)
    return found


ADDRESSES = named(get_resolver().url_patterns)


@pytest.fixture
def yesterday(anja: Account, sanne: Account) -> dict[bool, Client]:
    """Browsers of Anja and of Support, in which nothing was shown since long ago."""
    browsers = {False: Client(), True: Client()}
    for is_support, person in ((False, anja), (True, sanne)):
        browsers[is_support].force_login(person)
        showed(browsers[is_support], Means.PASSWORD, Means.ONE_TIME_CODE, at=a_moment_ago(hours=2))
    return browsers


def sent(yesterday: dict[bool, Client], name: str, method: str = "post") -> tuple[int, str]:
    route, pattern = ADDRESSES[name]
    answer = getattr(yesterday[route.startswith("beheer/")], method)(filled_in(route, pattern))
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize("name", sorted(ASK_A_RECENT_FACTOR))
def test_an_act_that_matters_asks(yesterday: dict[bool, Client], name: str) -> None:
    status, where_to = sent(yesterday, name)
    assert status in {302, 303, 405}
    assert where_to.startswith("/bevestigen/") or name in LOOKING_ASKS_TOO


@pytest.mark.parametrize("name", sorted(LOOKING_ASKS_TOO))
def test_so_does_looking_at_secrets_and_at_everything_of_oneself(yesterday: dict[bool, Client], name: str) -> None:
    assert sent(yesterday, name, "get")[1].startswith("/bevestigen/")


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - ASK_A_RECENT_FACTOR - LOOKING_ASKS_TOO - set(WITHOUT)))
def test_whatever_else_there_is_takes_no_post(yesterday: dict[bool, Client], name: str) -> None:
    if name.endswith(TO_READ) or name in DJANGOS_OWN:
        assert ADDRESSES[name][0].startswith("beheer/")
        return
    assert sent(yesterday, name)[0] in TAKES_NO_POST


def test_no_list_names_what_is_gone() -> None:
    assert set(ADDRESSES) >= ASK_A_RECENT_FACTOR | LOOKING_ASKS_TOO | set(WITHOUT)
    assert not (ASK_A_RECENT_FACTOR & set(WITHOUT))


@pytest.mark.parametrize("name", sorted(set(WITHOUT) - {"sign-out", "admin:logout"}))
def test_what_is_said_to_ask_nothing_asks_nothing(yesterday: dict[bool, Client], name: str) -> None:
    assert not sent(yesterday, name)[1].startswith("/bevestigen/")
