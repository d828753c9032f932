"""Looking at a screen: axe finds nothing, and nothing sticks out beyond the page.

The same screen comes by in many journeys. Axe looks at it once: what differs in numbers and names of objects alone is
the same screen, at the same width.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

_DIFFERS_EACH_TIME = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4,12}){4}|(?<=name="csrfmiddlewaretoken" value=")\w+|\d+')
# Where a page of the portal ends is where its footer ends; the stock admin has its own frame.
_BEYOND = """() => {
  const page = document.documentElement, footer = document.querySelector(".vp-page-footer");
  const end = footer ? Math.ceil(footer.getBoundingClientRect().bottom + window.scrollY) : page.scrollHeight;
  return [page.scrollWidth - page.clientWidth, page.scrollHeight - Math.max(end, window.innerHeight)];
}"""


@dataclass
class Looking:
    axe: Callable[[Page], None]
    seen: set[int] = field(default_factory=set)

    def at(self, page: Page) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        screen = hash((width, _DIFFERS_EACH_TIME.sub("", page.content())))
        if screen in self.seen:
            return
        self.axe(page)
        sideways, below = page.evaluate(_BEYOND)
        assert sideways <= 0, f"{page.url} sticks out {sideways} pixels sideways"
        assert below <= 0, f"{page.url} goes on {below} pixels below its end"
        self.seen.add(screen)
