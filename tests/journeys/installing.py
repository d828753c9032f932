"""Where a certificate is installed."""

from __future__ import annotations

from pathlib import Path

from tests.factories import PIN
from tests.journeys.somebody import Somebody

INSTALL = "/certificaat-installeren/"
BY_PASTING = "Plak de aanvraag"
BY_CHOOSING = "Of kies het bestand"
PASSPHRASE = "Voor uzelf: een wachtwoord voor het bestand"


class Installing(Somebody):
    def writes_number_and_pin(self, pin: str = PIN) -> None:
        self.is_at(INSTALL)
        self.hands.write(self.field("Gebruikersnummer"), self.account.user_number)
        self.hands.write(self.field("Pincode"), pin)

    def takes_the_file_home(self, to: Path) -> Path:
        """Presses, and keeps what comes: a file and no page, once."""
        with self.page.expect_download() as coming:
            self.hands.press(self.control("Certificaat installeren"))
        kept = to / coming.value.suggested_filename
        coming.value.save_as(kept)
        self.looks_around()
        return kept

    def is_refused_the_certificate(self) -> None:
        self.sees_heading("Het certificaat is niet geïnstalleerd")
