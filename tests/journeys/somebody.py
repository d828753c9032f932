"""Somebody behind a browser of their own, going about. Every screen that a person comes to is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import Account
from tests.journeys.hands import Hands

Words = str | re.Pattern[str]


@dataclass
class Somebody:
    account: Account
    page: Page
    hands: Hands
    look: Callable[[Page], None]

    def goes_to(self, address: str) -> None:
        self.page.goto(address)
        self.looks_around()

    def is_at(self, address: str) -> None:
        if urlsplit(self.page.url).path != address:
            self.goes_to(address)

    def looks_around(self) -> None:
        """The screen as it is now is sound: for who cannot see or point, and where there is little room."""
        self.look(self.page)

    def presses(self, name: Words, *, role: Literal["button", "link"] = "button") -> None:
        """Presses a button or link that leads to another page, and looks at what comes."""
        with self.page.expect_navigation():
            self.hands.press(self.control(name, role=role))
        self.looks_around()

    def presses_twice(self, name: Words) -> None:
        """As impatient people do: the second time when the first is done, and its answer still on a slow line."""
        spot, again = self._spot_of(self.control(name)), iter([True])

        def slowly(route: Route) -> None:
            answer = route.fetch(max_redirects=0)
            if next(again, False):
                self.page.mouse.click(*spot)
            route.fulfill(response=answer)

        self.page.route(lambda _: True, slowly, times=2)
        with self.page.expect_navigation():
            self.page.mouse.click(*spot)
        self.looks_around()

    def _spot_of(self, control: Locator) -> tuple[float, float]:
        """Where a mouse presses it, without asking the page, which may be on its way out."""
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box, f"{control} is nowhere to be seen"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def follows(self, name: Words) -> None:
        self.presses(name, role="link")

    def sees(self, words: Words) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def sees_heading(self, name: Words) -> None:
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def control(self, name: Words, *, role: Literal["button", "link"] = "button") -> Locator:
        """A button or link by its whole name, or by a pattern in it; in the content where it is twice."""
        return self.page.get_by_role(role, name=name, exact=isinstance(name, str))

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)
