"""Where an account begins: asked for, its PIN looked at, activated; and where a PIN is forgotten."""

from __future__ import annotations

from tests.journeys.somebody import Somebody
from tests.journeys.user_administration import MESSAGE_BOX, USER_ADMINISTRATION

ACTIVATE = "/activeren/"
FORGOTTEN_PIN = "/pincode-vergeten/"
REVEAL = "Toon de pincode, één keer"


class Beginning(Somebody):
    def asks_for_account(self, name: str, email: str, service: str) -> None:
        """Filled in, looked over, and only then asked for."""
        self.goes_to(USER_ADMINISTRATION)
        self.follows("Nieuwe gebruiker")
        self.hands.write(self.field("Naam"), name)
        self.hands.write(self.field("E-mailadres"), email)
        self.hands.choose(self.page.get_by_label(service))
        self.hands.choose(self.page.get_by_label("Ik weet wie deze persoon is"))
        self.presses("Verder naar controleren")
        self.sees_heading("Klopt dit?")
        self.presses("Account aanvragen")

    def opens_newest(self, subject: str) -> None:
        self.goes_to(MESSAGE_BOX)
        with self.page.expect_navigation():
            self.hands.press(self.control(subject, role="link").first)
        self.looks_around()

    def looks_at_pin(self, subject: str) -> str:
        """The newest of that subject, and what stands there; whoever looks again finds nothing."""
        self.opens_newest(subject)
        self.presses(REVEAL)
        shown = self.page.locator("main .vp-number").inner_text()
        self.follows("Ik heb de pincode, terug naar het bericht")
        return shown

    def gives_new_pin(self, name: str) -> None:
        """In the dialog that the button of an account's page opens."""
        self.hands.press(self.control("Nieuwe pincode uitgeven", role="link"))
        self.sees_heading(f"Nieuwe pincode voor {name}?")
        self.looks_around()
        self.presses("Nieuwe pincode uitgeven")

    def activates(self, pin: str, password: str) -> None:
        self.is_at(ACTIVATE)
        self.hands.write(self.field("Gebruikersnummer"), self.account.user_number)
        self.hands.write(self.field("Pincode"), pin)
        self.hands.write(self.field("Nieuw wachtwoord"), password)
        self.presses("Account activeren")

    def is_refused_to_activate(self) -> None:
        self.sees_heading("Het account is niet geactiveerd")

    def forgot_the_pin(self) -> None:
        self.goes_to(FORGOTTEN_PIN)
        self.hands.write(self.field("Gebruikersnummer"), self.account.user_number)
        self.presses("Nieuwe pincode vragen")
        self.sees_heading("Uw vraag is verstuurd")
