"""The help pages: public, and only about what the portal does today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import without_factor
from accounts.policy import PASSWORD_MIN_LENGTH, PIN_LENGTH, USER_NUMBER_LENGTH
from accounts.policy.catalogue import USERS_AT_MOST
from certificates.policy import INSTALLED_AGAIN_AFTER_END, READY_FOR, REMINDER_DAYS, RENEWABLE_BEFORE_END, VALIDITY


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page under /hulp/; its text is the template of the same name, its subject what links to it say."""

    slug: str
    subject: str
    title: str

    @property
    def template(self) -> str:
        return f"help/{self.slug}.html"


def _in_a_row(words: Iterable[str]) -> str:
    """«60, 30 en 7»."""
    *first, last = words
    return f"{', '.join(first)} en {last}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the texts say in numbers: rules and settings, so that no text is left behind."""

    removal_minutes: int
    idle_minutes: int
    number_digits: int = USER_NUMBER_LENGTH
    pin_length: int = PIN_LENGTH
    password_min: int = PASSWORD_MIN_LENGTH
    days_to_install: int = READY_FOR.days
    days_valid: int = VALIDITY.days
    days_renewable: int = RENEWABLE_BEFORE_END.days
    days_after_end: int = INSTALLED_AGAIN_AFTER_END.days
    reminders: str = _in_a_row(str(days) for days in REMINDER_DAYS)
    limited: str = _in_a_row(f"de {basis.label}" for basis in USERS_AT_MOST)
    users_at_most: int = min(USERS_AT_MOST.values())


PAGES: Final = {
    page.slug: page
    for page in (
        HelpPage("algemeen", "Algemeen", "Hoe werkt dit portaal?"),
        HelpPage("geblokkeerd", "Geblokkeerd", "Uw account is geblokkeerd: wat nu?"),
        HelpPage("verlopen-verwijderd", "Verlopen of verwijderd", "Verlopen of verwijderd: wat is het verschil?"),
        HelpPage("inloggen-wachtwoord", "Inloggen en wachtwoord", "Inloggen en uw wachtwoord"),
        HelpPage("installeren-verlengen", "Installeren en verlengen", "Een certificaat installeren of verlengen"),
        HelpPage("back-up", "Back-up maken en terugzetten", "Een certificaat bewaren en terugzetten"),
        HelpPage("gebruikersbeheer", "Gebruikersbeheer", "Werken in Gebruikersbeheer"),
        HelpPage("uzi-pas", "UZI-pas", "De UZI-pas en uw account"),
        HelpPage("testomgeving", "Testomgeving", "Test, acceptatie en productie"),
    )
}


@without_factor
@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = PAGES.get(slug)
    if page is None:
        raise Http404
    facts = Facts(settings.PORTAL_REMOVAL_MINUTES, settings.PORTAL_SESSION_IDLE_SECONDS // 60)
    return render(request, page.template, {"page": page, "help_pages": PAGES.values(), "facts": facts})
