"""From the page about blocks one comes to every related subject, and from there to where one acts."""

from __future__ import annotations

import pytest

from desk.help import PAGES
from tests.journeys.test_support_at_work import WIDTHS


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_page_about_blocks_leads_to_every_related_subject(at_screen, anna, width):
    """Below the page other subjects are listed that belong to it: each has a page of its own."""
    her = at_screen(anna, viewport=width)
    her.goes_to("/hulp/geblokkeerd/")
    for page in PAGES.values():
        if page.slug != "geblokkeerd":
            her.follows(page.subject)
            her.sees_heading(page.title)
            her.looks_around()
            her.follows("Geblokkeerd")
            her.sees_heading(PAGES["geblokkeerd"].title)
