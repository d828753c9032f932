"""A contact person at work: Gebruikersbeheer and the Berichtenbox."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from accounts.models import Account
from blocking.choices import BlockReason
from blocking.models import Block
from tests.journeys.somebody import Somebody

USER_ADMINISTRATION = "/gebruikersbeheer/"
MESSAGE_BOX = "/berichtenbox/"


class InUserAdministration(Somebody):
    def finds_on_top(self, account: Account) -> None:
        """Blocked first: nobody has to look for who waits."""
        self.is_at(USER_ADMINISTRATION)
        top = self.page.locator("tbody").get_by_role("row").first
        expect(top).to_contain_text(account.name)
        expect(top).to_contain_text("geblokkeerd")

    def finds_nobody_blocked(self) -> None:
        self.goes_to(USER_ADMINISTRATION)
        self.sees(re.compile(r"0 van \d+ gebruikers geblokkeerd"))

    def ticks(self, account: Account, reason: BlockReason) -> None:
        """Chooses a block in the list, to be lifted together with others."""
        self.is_at(USER_ADMINISTRATION)
        self.hands.choose(self.page.get_by_label(f"{reason.label} van {account.name} kiezen"))

    def lifts(self, account: Account, reason: BlockReason) -> None:
        """From the list: the question first, then the answer."""
        self.asks_to_lift(account, reason)
        self._answers(account)

    def asks_to_lift(self, account: Account, reason: BlockReason, *, in_a_dialog: bool = True) -> None:
        """From the list to the question: in a dialog where there are scripts, or in a tab of its own."""
        self.is_at(USER_ADMINISTRATION)
        way = self.way_to_the_question(account, reason)
        if in_a_dialog:
            self.hands.press(way)
        else:
            self.goes_to(way.get_attribute("href") or "")

    def lifts_from_the_account(self, account: Account, reason: BlockReason) -> None:
        """From the account's own page, where a message leads."""
        self.hands.press(self.way_to_the_question(account, reason))
        self._answers(account)

    def lifts_on_a_page_of_its_own(self, account: Account, reason: BlockReason) -> None:
        self.asks_to_lift(account, reason, in_a_dialog=False)
        self._answers(account)

    def way_to_the_question(self, account: Account, reason: BlockReason) -> Locator:
        """Heard without the row around it, the link still says which block of whom."""
        return self.control(re.compile(f"^Opheffen.*: {reason.label} van {account.name}$"), role="link")

    def _answers(self, account: Account) -> None:
        """The question is a page, or with scripts the same page in a dialog."""
        self.sees_heading(f"Blokkade van {account.name} opheffen?")
        self.looks_around()
        self.hands.choose(self.field("Vergeten"))
        self.presses("Blokkade opheffen")

    def has_lifted(self, account: Account) -> None:
        """What happened stays on the screen, with a next step; nothing that fades."""
        outcome = self.page.get_by_role("status").filter(has_text="opgeheven")
        expect(outcome).to_contain_text(account.name)

    def reads_message(self, subject: str) -> None:
        self.goes_to(MESSAGE_BOX)
        self.follows(subject)
        self.sees_heading(subject)

    def asks_support(self) -> None:
        """From a message or an account's page: the button, and the confirmation that stays."""
        self.presses("Vraag Support om op te heffen")
        outcome = self.page.get_by_role("status").filter(has_text="is ingediend")
        expect(outcome).to_contain_text(re.compile(r"Uw verzoek S-20\d\d-\d{6} is ingediend"))
        expect(outcome).to_contain_text("U krijgt daarover een bericht in de Berichtenbox.")

    def asks_for_a_code(self) -> str:
        """What one reads out to Support."""
        self.goes_to(MESSAGE_BOX)
        self.presses("Code voor Support")
        shown = self.page.locator("main .vp-number").first.inner_text()
        return shown.replace(" ", "")

    def cannot_lift(self, block: Block) -> None:
        """Not from the account's page, and not by the address of a lift."""
        self.goes_to(f"/gebruikersbeheer/accounts/{block.account.public_id}/")
        expect(self.page.get_by_role("link", name=re.compile("^Opheffen"))).to_have_count(0)
        self.goes_to(f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/")
        self.sees("heft alleen Support op")
