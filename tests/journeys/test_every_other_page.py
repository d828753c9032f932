"""The pages that no story comes by: sound all the same, wide and narrow."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

from tests.journeys.test_support_at_work import WIDTHS

SENT_MAIL = "/demo/verzonden-mail/"
PAGES = {
    "a user's own account": ("anna", "/mijn-account/", "Mijn account"),
    "a contact person's own account": ("anja", "/mijn-account/", "Mijn account"),
    "Support's own account": ("sanne", "/mijn-account/", "Mijn account"),
    "where one is signed in": ("anja", "/mijn-account/sessies/", "Waar u bent ingelogd"),
    "another password": ("anna", "/mijn-account/wachtwoord/", "Wachtwoord wijzigen"),
    "another e-mail address": ("dirk", "/mijn-account/e-mailadres/", "E-mailadres wijzigen"),
    "a copy of one's data": ("sanne", "/mijn-account/gegevens/", "Uw gegevens downloaden"),
    "no user administration at a PGB provider": ("dirk", "/gebruikersbeheer/", "Dit mag u niet"),
    "user administration for who is no contact person": ("anna", "/gebruikersbeheer/", "Dit mag u niet"),
    "a page that is not there": ("anna", "/bestaat-niet/", "Deze pagina is er niet"),
    "a page that cannot be opened like this": ("anja", "/uitloggen/", "Zo kunt u deze pagina niet openen"),
    "a password that was changed": (None, "/wachtwoord-vergeten/gelukt/", "Uw wachtwoord is gewijzigd"),
    "one's second factor": ("anja", "/mijn-account/tweede-factor/", "Code-app"),
    "linking an app because one wants to": ("anna", "/mijn-account/tweede-factor/", "Koppel uw tweede factor"),
    "another app": ("anja", "/mijn-account/tweede-factor/app/", "Andere app koppelen"),
    "keeping the last factor": ("sanne", "/mijn-account/tweede-factor/app/verwijderen/", "App ontkoppelen?"),
    "another passkey": ("anja", "/mijn-account/tweede-factor/passkeys/nieuw/", "Passkey toevoegen"),
    "other recovery codes": ("anja", "/mijn-account/tweede-factor/herstelcodes/nieuw/", "Nieuwe herstelcodes maken?"),
    "confirming without an errand": ("anja", "/bevestigen/", "Bevestig dat u het bent"),
    "the demo's mail": (None, SENT_MAIL, "Verzonden mail"),
    "signing in again for what was lost": (None, "/inloggen/?next=/gebruikersbeheer/&opnieuw=1", "Lukt inloggen niet?"),
}


@pytest.fixture(params=WIDTHS)
def width(request):
    return WIDTHS[request.param]


@pytest.mark.parametrize(("who", "address", "heading"), PAGES.values(), ids=PAGES)
def test_it_is_sound(at_screen, anna, request, width, who, address, heading):
    person = at_screen(request.getfixturevalue(who) if who else anna, viewport=width)
    if who:
        person.signs_in()
    person.goes_to(address)
    person.sees_heading(heading)


def test_the_demos_mail_can_be_read(at_screen, running_portal, anna, width):
    """With a word too long for a narrow screen."""
    mail = EmailMultiAlternatives(
        "Uw account is geblokkeerd", f"https://portaal.example/{'x' * 200}", "van@portaal.example", [anna.email]
    )
    EmailBackend(file_path=running_portal.folder / "mail").send_messages([mail])
    her = at_screen(anna, viewport=width)
    her.goes_to(SENT_MAIL)
    her.page.get_by_role("link", name="Uw account is geblokkeerd").first.click()
    her.sees_heading("Uw account is geblokkeerd")
    her.looks_around()
