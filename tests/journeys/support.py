"""Support at work in the admin: finding a block, and lifting it for somebody on the telephone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from blocking.choices import LiftChannel
from blocking.models import Block
from tests.journeys.somebody import Somebody

ADMIN = "/beheer/"
ABSENCE = "De rechtmatige gebruiker verklaart dat de contactpersoon afwezig is"


class AtSupport(Somebody):
    def opens_block(self, block: Block) -> None:
        """By the number that the caller gives."""
        self.goes_to(ADMIN)
        with self.page.expect_navigation():
            self.hands.press(self.page.get_by_role("link", name="Blokkades", exact=True).last)
        self.looks_around()
        self.hands.write(self.page.locator("#searchbar"), block.account.user_number)
        self.presses("Zoeken")
        self.follows(block.account.name)
        self.follows("Blokkade opheffen")

    def opens_work(self, words: str) -> None:
        """One of the piles on the first page, by what it says."""
        self.goes_to(ADMIN)
        self.follows(words)

    def lifts_on_request_of(self, caller: str, way: LiftChannel, *, stating_absence: bool = False) -> None:
        self.answers_for(caller, way, stating_absence=stating_absence)
        self.presses("Blokkade opheffen")

    def answers_for(self, caller: str, way: LiftChannel, *, stating_absence: bool = False) -> None:
        self.hands.pick(self._asked("Hoe kwam het verzoek binnen"), way.label)
        self.hands.pick(self._asked("Op wiens verzoek"), caller)
        if stating_absence:
            self.hands.choose(self._asked(ABSENCE))
        self.hands.pick(self._asked("Reden"), "Vergeten")
        self.hands.write(self._asked("Toelichting"), "teruggebeld op het nummer van de praktijk")

    def is_brought_to(self, label: str) -> None:
        """By the sentence in the summary of errors, to the field that it is about."""
        expect(self._asked(label)).to_be_focused()

    def fills_in(self, label: str, text: str) -> None:
        self.hands.write(self._asked(label), text)

    def still_has(self, label: str, value: str) -> None:
        expect(self._asked(label)).to_have_value(value)

    def _asked(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^\s*{label}"))
