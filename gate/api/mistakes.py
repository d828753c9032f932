"""What an asker can do wrong, and what the gate says when it cannot decide."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from gate.api.problems import Problem


class Mistake(Exception):
    """Who asks made one; the problem says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def _mistake(status: HTTPStatus, kind: str, title: str, detail: str, *headers: tuple[str, str]) -> Problem:
    return Problem(status, kind, title, detail, headers)


BAD_TOKEN: Final = _mistake(
    HTTPStatus.UNAUTHORIZED,
    "token",
    "Geen geldig token",
    "Deze gateway toont geen token dat de poort kent.",
    ("www-authenticate", 'Bearer realm="poort"'),
)
UNKNOWN_SERVICE: Final = _mistake(
    HTTPStatus.NOT_FOUND, "service", "Onbekende dienst", "De poort kent geen dienst met deze code."
)
UNKNOWN_ADDRESS: Final = _mistake(
    HTTPStatus.NOT_FOUND, "path", "Onbekend adres", "Op dit adres geeft de poort geen antwoord."
)
WRONG_METHOD: Final = _mistake(
    HTTPStatus.METHOD_NOT_ALLOWED,
    "method",
    "Deze methode kan hier niet",
    "Vraag een beslissing met GET of POST.",
    ("allow", "GET, POST"),
)
WRONG_METHOD_FOR_HEALTH: Final = _mistake(
    HTTPStatus.METHOD_NOT_ALLOWED,
    "method",
    "Deze methode kan hier niet",
    "Vraag met GET of HEAD of de poort leeft.",
    ("allow", "GET, HEAD"),
)
NO_IDENTITY: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "no-identity",
    "Niet gezegd om wie het gaat",
    "Stuur het clientcertificaat mee (Client-Cert) of het gebruikersnummer (Portal-User-Number).",
)
TWO_IDENTITIES: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "two-identities",
    "Twee keer gezegd om wie het gaat",
    "Stuur het clientcertificaat mee of het gebruikersnummer, niet allebei.",
)
MALFORMED_NUMBER: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "user-number",
    "Geen gebruikersnummer",
    "In Portal-User-Number staan 14 cijfers en niets anders.",
)
MALFORMED_CERTIFICATE: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "malformed-certificate",
    "Geen leesbaar certificaat",
    "Het clientcertificaat heeft niet de vorm die voor deze poort is ingesteld.",
)
UNNAMED_PROXY: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "unnamed-proxy",
    "Certificaat van een onbekende proxy",
    "Een clientcertificaat wordt alleen aangenomen van een proxy die in de instellingen staat.",
)
NO_CLIENT_ADDRESS: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "client-address",
    "Geen adres van de beller",
    "Stuur in Portal-Client-Address het IPv4- of IPv6-adres van wie de bevraging doet.",
)
REPEATED: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "repeated-header",
    "Dubbele kopregel",
    "Een kopregel die de poort leest, staat er meer dan eens. De poort kan niet weten welke bedoeld is.",
)
MALFORMED_QUERY: Final = _mistake(
    HTTPStatus.BAD_REQUEST, "parameter", "Onbekende parameter", "De enige parameter is proxy, met de waarde nginx."
)
TOO_LARGE: Final = _mistake(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers", "Te grote kopregels", "De kopregels zijn te groot."
)
UNDECIDED: Final = _mistake(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "undecided",
    "Nu geen beslissing mogelijk",
    "De poort kan nu niet nagaan of deze bevraging mag. De bevraging is niet doorgelaten. Probeer het straks opnieuw.",
    ("retry-after", "1"),
)
