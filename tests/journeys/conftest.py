"""`at_screen(anna)` seats somebody behind a browser; `post` is the mail that really leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Account
from tests.fixtures_browser import PATIENCE_MILLISECONDS
from tests.journeys.complaints import listen
from tests.journeys.hands import Hands, Pointer
from tests.journeys.looking import Looking
from tests.journeys.person import Person
from tests.journeys.post import Post
from tests.portal_process import RunningPortal

HERE = Path(__file__).parent
POINTER = Pointer()
LOG_TAIL = 4000
# The first journey of a run starts engines, portal and browser before it begins.
PATIENCE_SECONDS = 300


class AtScreen(Protocol):
    def __call__(self, account: Account, *, hands: Hands = POINTER, **browser: Any) -> Person: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(PATIENCE_SECONDS))


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="session")
def looking(axe: Callable[[Page], None]) -> Looking:
    return Looking(axe)


@pytest.fixture
def complaints() -> list[str]:
    """Whatever the browsers of this journey complain of; it ends empty."""
    return []


@pytest.fixture
def at_screen(
    running_portal: RunningPortal,
    new_context: Callable[..., BrowserContext],
    looking: Looking,
    complaints: list[str],
) -> Iterator[AtScreen]:
    """Seats somebody behind a browser of their own; what else is given is how that browser is (its width, scripts).

    Where scripts are off, axe has nothing to look with; the other journeys come by the same screens.
    """

    def sit_down(account: Account, *, hands: Hands = POINTER, **browser: Any) -> Person:
        context = new_context(**browser)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        listen(context, complaints)
        can_look = browser.get("java_script_enabled", True)
        return Person(account, context.new_page(), hands, looking.at if can_look else lambda _: None)

    yield sit_down
    assert not complaints, "\n".join([*complaints, "The portal's log ends with:", running_portal.log[-LOG_TAIL:]])


@pytest.fixture
def post(running_portal: RunningPortal) -> Iterator[Post]:
    """The mail folder of the running portal, empty, with a Celery worker that fills it."""
    mail = Post(running_portal.folder / "mail")
    mail.clear()
    worker = running_portal.start_worker()
    yield mail
    # Before the tables are emptied: a worker in the middle of a mail would hold them.
    worker.stop()
    running_portal.others.remove(worker)
