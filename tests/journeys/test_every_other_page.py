"""The pages that no story comes by: sound all the same, wide and narrow."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.utils import timezone

from accounts.choices import AccountState
from accounts.sealing import seal
from blocking.models import AccountRequest, PinLetter
from tests import factories
from tests.certificates.conftest import install, kept
from tests.journeys.test_support_at_work import WIDTHS

__all__ = ["install"]

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
    "an account to activate": (None, "/activeren/", "Account activeren"),
    "an account that is activated and blocked": (None, "/activeren/gelukt/", "Uw account is geactiveerd"),
    "a forgotten PIN": (None, "/pincode-vergeten/", "Pincode vergeten"),
    "a new PIN that was asked": (None, "/pincode-vergeten/gelukt/", "Uw vraag is verstuurd"),
    "requests at Support": ("sanne", "/beheer/blocking/accountrequest/", "Aanvragen van accounts"),
    "letters with a PIN at Support": ("sanne", "/beheer/blocking/pinletter/", "Brieven met pincode"),
    "certificates at Support": ("sanne", "/beheer/certificates/certificate/", "Certificaten"),
    "UZI cards at Support": ("sanne", "/beheer/certificates/uzicard/", "UZI-passen"),
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


@pytest.fixture
def of_an_account(anja, pgb, noord_software, a_service):
    """Addresses of acts, by heading: on accounts of people, on software, on what was asked."""
    at = timezone.now()
    gerda = factories.account(pgb, "Gerda Vos")
    asked = factories.account(anja.organisation, "Roos Vink", state=AccountState.REQUESTED)
    request = AccountRequest.objects.create(account=asked, asked_by=anja, asked_at=at)
    letter = PinLetter.objects.create(account=gerda, ordered_at=at, sealed=seal(b"Kx7pRt4m"))
    return {
        "Aanvraag voor Roos Vink": f"blocking/accountrequest/{request.pk}/change/",
        "Aanvraag goedkeuren: Roos Vink": f"blocking/accountrequest/{request.pk}/goedkeuren/",
        "Aanvraag afwijzen: Roos Vink": f"blocking/accountrequest/{request.pk}/afwijzen/",
        f"Nieuwe gebruiker: {pgb.name}": f"blocking/accountrequest/nieuw/{pgb.pk}/",
        "Brief met nieuwe pincode: Gerda Vos": f"blocking/pinletter/nieuw/?account={gerda.pk}",
        "Brief voor Gerda Vos": f"blocking/pinletter/{letter.pk}/change/",
        "Certificaat klaarzetten: Gerda Vos": f"certificates/certificate/klaarzetten/?account={gerda.pk}",
        f"Account verwijderen: {noord_software.name}": f"accounts/account/{noord_software.pk}/verwijderen/",
    }


def test_where_support_acts_on_an_accounts_life(at_screen, sanne, width, of_an_account):
    her = at_screen(sanne, viewport=width)
    her.signs_in()
    for heading, address in of_an_account.items():
        her.goes_to(f"/beheer/{address}")
        her.sees_heading(heading)


def test_where_a_contact_person_acts_on_an_accounts_life(
    at_screen, anja, anna, noord_software, a_service, install, width
):
    """Wrong entries as well, and what stands on the page of software with a certificate."""
    certificate = kept(install(noord_software))
    his = f"/gebruikersbeheer/accounts/{anna.public_id}/"
    systems = "/gebruikersbeheer/systeemcertificaten/"
    her = at_screen(anja, viewport=width)
    her.signs_in()
    for address, heading in (
        (f"{his}nieuwe-pincode/", "Nieuwe pincode voor Anna de Boer?"),
        (f"{his}autorisaties/", "Autorisaties van Anna de Boer"),
        (f"{his}verwijderen/", "Account van Anna de Boer verwijderen?"),
        (systems, "Systeemcertificaten"),
        (f"{systems}{certificate.public_id}/intrekken/", "Certificaat intrekken?"),
        (f"{systems}klaarzetten/", "Een certificaat klaarzetten voor herinstallatie?"),
        ("/gebruikersbeheer/nieuw/", "Nieuwe gebruiker"),
    ):
        her.goes_to(address)
        her.sees_heading(heading)
    her.presses("Verder naar controleren")
    her.sees("Vul de naam in.")
