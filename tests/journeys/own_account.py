"""On one's own page: password, e-mail address, where one is signed in, and a copy of one's data."""

from __future__ import annotations

import json
import re
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.journeys.post import words_of
from tests.journeys.somebody import Somebody, Words

MY_ACCOUNT = "/mijn-account/"


class OnOwnPage(Somebody):
    def changes_password(self, present: str, new: str) -> None:
        self._comes_by(re.compile("Wijzigen.*wachtwoord"), "/mijn-account/wachtwoord/")
        self.hands.write(self.field("Uw huidige wachtwoord"), present)
        self.hands.write(self.field("Uw nieuwe wachtwoord"), new)
        self.presses("Wachtwoord wijzigen")

    def asks_for_mail_at(self, address: str, password: str) -> None:
        self._comes_by(re.compile("Wijzigen.*e-mailadres"), "/mijn-account/e-mailadres/")
        self.hands.write(self.field("Uw nieuwe e-mailadres"), address)
        self.hands.write(self.field("Uw huidige wachtwoord"), password)
        self.presses("Link versturen")

    def opens_link_in(self, mail: EmailMessage) -> None:
        found = re.search(r"https?://\S+/mijn-account/\S+", words_of(mail))
        assert found, "A mail without a link"
        self.goes_to(urlsplit(found[0]).path)

    def looks_where_she_is_signed_in(self) -> None:
        self.is_at(MY_ACCOUNT)
        self.follows(re.compile("waar u bent ingelogd"))

    def is_sent_to_sign_in(self) -> None:
        """By going on as if nothing had happened."""
        self.goes_to(MY_ACCOUNT)
        self.sees_heading("U bent uitgelogd")

    def downloads_own_data(self) -> dict[str, Any]:
        self.is_at(MY_ACCOUNT)
        self.follows("Gegevens downloaden")
        with self.page.expect_download() as download:
            self.hands.press(self.control("Bestand downloaden"))
        copy: dict[str, Any] = json.loads(download.value.path().read_text())
        return copy

    def warning(self) -> Locator:
        """What speaks up before a session ends."""
        return self.page.get_by_role("alertdialog")

    def is_warned(self, heading: str) -> None:
        expect(self.warning().get_by_role("heading", name=heading)).to_be_visible()
        self.looks_around()

    def _comes_by(self, link: Words, address: str) -> None:
        if urlsplit(self.page.url).path != address:
            self.is_at(MY_ACCOUNT)
            self.follows(link)
