"""Support at work in the admin: writing down who rings, checking who it is, and deciding."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from accounts.models import Account
from blocking.choices import CallerCheck, CaseChannel
from blocking.models import Block
from blocking.services import Quoted
from tests.journeys.somebody import Somebody

ADMIN = "/beheer/"
ABSENCE = "De rechtmatige gebruiker verklaart dat de contactpersoon afwezig is"
DISAGREE = "De nummers horen niet bij elkaar"


class AtSupport(Somebody):
    def opens_block(self, block: Block) -> None:
        """By the number that the caller gives; from the block on to a request about it."""
        self.goes_to(ADMIN)
        with self.page.expect_navigation():
            self.hands.press(self.page.get_by_role("link", name="Blokkades", exact=True).last)
        self.looks_around()
        self.hands.write(self.page.locator("#searchbar"), block.account.user_number)
        self.presses("Zoeken")
        self.follows(block.account.name)
        self.follows("Supportverzoek voor deze blokkade")

    def opens_work(self, words: str) -> None:
        """One of the piles on the first page, by what it says."""
        self.goes_to(ADMIN)
        self.follows(words)

    def answers_the_telephone(self) -> None:
        """Nothing is known yet but that somebody rings."""
        self.goes_to(ADMIN)
        self.follows(re.compile("open supportverzoek"))
        self.follows("Nieuw supportverzoek")

    def writes_down(self, caller: str, way: CaseChannel, quoted: Quoted) -> None:
        self.says_who_asks(caller, way, quoted)
        self.presses("Verzoek vastleggen")

    def says_who_asks(self, caller: str, way: CaseChannel, quoted: Quoted) -> None:
        """Who asks, how, and the numbers as they were said."""
        self.hands.pick(self._asked("Hoe kwam het verzoek binnen"), way.label)
        self.hands.pick(self._asked("Wie is de beller"), caller)
        self.fills_in("Naam van de beller", "Anja Visser" if caller == "Contactpersoon" else "Anna de Boer")
        self.fills_in("AGB-code", quoted.agb_code)
        self.fills_in("Gebruikersnummer", quoted.user_number)

    def rings_back(self) -> None:
        self.follows("Controleren zonder code")
        self.hands.pick(self._asked("Hoe hebt u gecontroleerd"), CallerCheck.CALL_BACK.label)
        self.presses("Vastleggen")
        self.sees("De beller is gecontroleerd.")

    def types_code(self, code: str) -> None:
        self.follows("Controleren met een code")
        self.fills_in("Code die de contactpersoon voorleest", code)
        self.presses("Code controleren")

    def grants(self, *, stating_absence: bool = False, is_quota: bool = False) -> None:
        self.says_why_to_grant(stating_absence=stating_absence, is_quota=is_quota)
        self.presses("Toekennen en blokkade opheffen")

    def says_why_to_grant(self, *, stating_absence: bool = False, is_quota: bool = False) -> None:
        """On the last page; of a quota the allowance stays as it is offered."""
        if self.control("Verzoek toekennen", role="link").count():
            self.follows("Verzoek toekennen")
        if not is_quota:
            self.hands.pick(self._asked("Waardoor kwam de blokkade"), "Vergeten")
        if stating_absence:
            self.hands.choose(self._asked(ABSENCE))
        self.fills_in("Waarom kent u het toe", "teruggebeld op het nummer van de praktijk")

    def lifts_on_request_of(
        self, caller: str, way: CaseChannel, account: Account, *, stating_absence: bool = False, is_quota: bool = False
    ) -> None:
        """The whole way, the caller quoting rightly."""
        self.writes_down(caller, way, Quoted.of(account))
        self.rings_back()
        self.grants(stating_absence=stating_absence, is_quota=is_quota)

    def has_lifted_the_block_of(self, account: Account) -> None:
        self.sees(f"De blokkade van {account.name} is opgeheven.")

    def is_brought_to(self, label: str) -> None:
        """By the sentence in the summary of errors, to the field that it is about."""
        expect(self._asked(label)).to_be_focused()

    def fills_in(self, label: str, text: str) -> None:
        self.hands.write(self._asked(label), text)

    def still_has(self, label: str, value: str) -> None:
        expect(self._asked(label)).to_have_value(value)

    def _asked(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^\s*{label}"))
