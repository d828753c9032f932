"""At the doors: signing in, and changing a forgotten password."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.factories import PASSWORD, PIN
from tests.journeys.somebody import Somebody
from tests.second_factors import code_for

SIGN_IN = "/inloggen/"
SIGN_IN_FACTOR = "/inloggen/tweede-factor/"
FORGOTTEN_PASSWORD = "/wachtwoord-vergeten/"
NEW_PASSWORD = "een nieuw begin op maandag"


class AtTheDoors(Somebody):
    def tries_password(self, password: str) -> None:
        self.writes_password(password)
        self.presses("Inloggen")

    def writes_password(self, password: str) -> None:
        self.is_at(SIGN_IN)
        self.hands.write(self.field("Gebruikersnummer"), self.account.user_number)
        self.hands.write(self.field("Wachtwoord"), password)

    def signs_in(self, password: str = PASSWORD) -> None:
        """Through both doors, as far as there are two."""
        self.tries_password(password)
        if urlsplit(self.page.url).path == SIGN_IN_FACTOR:
            self.shows_code("Inloggen")
        expect(self.control("Uitloggen")).to_be_visible()

    def shows_code(self, button: str) -> None:
        """What the app shows at this moment."""
        self.hands.write(self.field("Code uit uw app"), code_for(self.account))
        self.presses(button)

    def is_kept_out(self) -> None:
        """The one refusal there is, whatever the cause."""
        self.sees_heading("Inloggen is niet gelukt")

    def types_wrong_passwords(self, times: int, password: str) -> None:
        for _ in range(times):
            self.tries_password(password)
            self.is_kept_out()

    def tries_pin(self, pin: str = PIN, new_password: str = NEW_PASSWORD) -> None:
        self.writes_pin(pin, new_password)
        self.presses("Wachtwoord wijzigen")

    def writes_pin(self, pin: str, new_password: str = NEW_PASSWORD) -> None:
        self.is_at(FORGOTTEN_PASSWORD)
        self.hands.write(self.field("Gebruikersnummer"), self.account.user_number)
        self.hands.write(self.field("Pincode"), pin)
        self.hands.write(self.field("Nieuw wachtwoord"), new_password)

    def has_changed_the_password(self) -> None:
        self.sees_heading("Uw wachtwoord is gewijzigd")

    def is_refused_the_pin(self) -> None:
        self.sees_heading("Het wachtwoord is niet gewijzigd")

    def types_wrong_pins(self, times: int, pin: str) -> None:
        for _ in range(times):
            self.tries_pin(pin)
            self.is_refused_the_pin()

    def types_with_locks(self, label: str, *, caps_lock: bool, num_lock: bool) -> None:
        """One key on a keyboard with these lights on. A browser without a screen has no such keyboard of its own."""
        lights = {"modifierCapsLock": caps_lock, "modifierNumLock": num_lock}
        self.field(label).focus()
        self.field(label).dispatch_event("keydown", {"key": "a", "bubbles": True, **lights})

    def hint(self, words: str) -> Locator:
        """What a field says of the keyboard, to the eye and to a screen reader."""
        return self.page.get_by_role("status").filter(has_text=words)

    def finds_the_way_to_support(self) -> None:
        """From the refusal on: a number to ring and an address to write to, both as links."""
        self.is_at(SIGN_IN)
        self.follows("Wat kunt u doen bij een blokkade?")
        self.sees("Is de contactpersoon er niet?")
        support = self.page.get_by_role("region", name="Support")
        expect(support.locator("a[href^='tel:']")).to_be_visible()
        expect(support.locator("a[href^='mailto:']")).to_be_visible()
