"""Journeys in a real browser: the system's Chromium, the really running portal, and axe.

def test_a_journey(page, axe):
    page.goto("/inloggen/")
    axe(page)
"""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.portal_process import RunningPortal
from vecozo_portal.environment import BASE_DIR

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MILLISECONDS = 15_000


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. A browser test without one fails; it is never skipped."""
    found = subprocess.run([BASE_DIR / "deploy" / "find-chromium"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    return {"executable_path": chromium, "headless": True, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], _shared_portal: RunningPortal) -> dict[str, Any]:
    ours = {"base_url": _shared_portal.base_url, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
    return browser_context_args | ours


@pytest.fixture
def context(running_portal: RunningPortal, context: BrowserContext) -> BrowserContext:
    """A browser of one person; every test that has one has the portal, and data that are committed."""
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with what a person who cannot see, hear or point would stumble over."""
    # Preloading style sheets would break the page's own security policy, and only helps with turned screens.
    kinds = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": kinds, "preload": False}

    def look(page: Page) -> None:
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, found.generate_report()

    return look
