"""What the gate answers when it does not let a query through: problem documents (RFC 9457)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from gate.policy import LiftedBy, Reason

NO_STORE: Final = ("cache-control", "no-store")
PROBLEM_TYPE: Final = ("content-type", "application/problem+json")
RETRY_SECONDS: Final = "1"


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal, or a mistake of who asks. `kind` ends its type's address, which does not change."""

    status: HTTPStatus
    kind: str
    title: str
    detail: str
    headers: tuple[tuple[str, str], ...] = ()
    extra: dict[str, str] = field(default_factory=dict)

    def document(self, base: str) -> dict[str, str | int]:
        return {
            "type": f"{base}/hulp/geblokkeerd/#{self.kind}",
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
            **self.extra,
        }


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
NO_IDENTITY: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "identity",
    "Niet gezegd om wie het gaat",
    "Stuur het clientcertificaat mee (Client-Cert) of het gebruikersnummer (Portal-User-Number).",
)
TWO_IDENTITIES: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "identity",
    "Twee keer gezegd om wie het gaat",
    "Stuur het clientcertificaat mee of het gebruikersnummer, niet allebei.",
)
MALFORMED_NUMBER: Final = _mistake(
    HTTPStatus.BAD_REQUEST, "identity", "Geen gebruikersnummer", "Een gebruikersnummer heeft 14 cijfers."
)
MALFORMED_CERTIFICATE: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "identity",
    "Geen leesbaar certificaat",
    "Het clientcertificaat heeft niet de vorm die voor deze poort is ingesteld.",
)
UNNAMED_PROXY: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "identity",
    "Certificaat van een onbekende proxy",
    "Een clientcertificaat wordt alleen aangenomen van een proxy die in de instellingen staat.",
)
NO_CLIENT_ADDRESS: Final = _mistake(
    HTTPStatus.BAD_REQUEST,
    "client-address",
    "Geen adres van de beller",
    "Stuur in Portal-Client-Address het IPv4- of IPv6-adres van wie de bevraging doet.",
)
MALFORMED_QUERY: Final = _mistake(
    HTTPStatus.BAD_REQUEST, "query", "Onbekende parameter", "De enige parameter is proxy, met de waarde nginx."
)
TOO_LARGE: Final = _mistake(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers", "Te grote kopregels", "De kopregels zijn te groot."
)
UNDECIDED: Final = _mistake(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "undecided",
    "Nu geen beslissing mogelijk",
    "De poort kan nu niet nagaan of deze bevraging mag. De bevraging is niet doorgelaten. Probeer het straks opnieuw.",
    ("retry-after", RETRY_SECONDS),
)

_REFUSED: Final[dict[Reason, tuple[str, str]]] = {
    Reason.CERTIFICATE: (
        "Certificaat onbekend of niet geldig",
        "Dit clientcertificaat hoort bij geen account, is verlopen of is ingetrokken.",
    ),
    Reason.ADDRESS: (
        "Adres niet geregistreerd",
        "Dit systeemaccount mag niet vanaf dit adres bevragen. De contactpersoon registreert adressen in het portaal.",
    ),
    Reason.INACTIVE: ("Account niet actief", "Er is geen actief account met dit gebruikersnummer."),
    Reason.UNAUTHORISED: (
        "Niet geautoriseerd voor deze dienst",
        "Dit account heeft geen autorisatie voor deze dienst. De contactpersoon van de organisatie regelt dat.",
    ),
    Reason.PASSWORD: ("Account geblokkeerd", "Dit account is geblokkeerd na te veel verkeerde wachtwoorden."),
    Reason.PIN: ("Account geblokkeerd", "Dit account is geblokkeerd na te veel verkeerde pincodes."),
    Reason.SUPPORT: ("Account geblokkeerd door Support", "Support heeft dit account geblokkeerd."),
    Reason.QUOTA: (
        "Quotum overschreden",
        "Met dit account zijn meer bevragingen van deze dienst gedaan dan het quotum toestaat. Wachten helpt niet.",
    ),
}
_WHO_LIFTS: Final = {
    LiftedBy.CONTACT_PERSON: " De contactpersoon van de organisatie heft de blokkade op in Gebruikersbeheer.",
    LiftedBy.SUPPORT: " Alleen Support heft de blokkade op; de contactpersoon leest in de Berichtenbox hoe.",
}
_BLOCKS: Final = frozenset({Reason.PASSWORD, Reason.PIN, Reason.SUPPORT, Reason.QUOTA})


def refused(reason: Reason, lifted_by: LiftedBy) -> Problem:
    """A refusal by the rules. A sticky quota block says nothing of trying again: waiting does not help."""
    title, detail = _REFUSED[reason]
    status = HTTPStatus.TOO_MANY_REQUESTS if reason == Reason.QUOTA else HTTPStatus.FORBIDDEN
    told = detail + (_WHO_LIFTS.get(lifted_by, "") if reason in _BLOCKS else "")
    return Problem(status, reason.value, title, told, extra={"reason": reason.value, "lifted_by": lifted_by.value})


Answer = tuple[int, list[tuple[str, str]], bytes]


def plain(problem: Problem, base: str) -> Answer:
    """The answer to software, or to a proxy that hands answers on as they are."""
    body = json.dumps(problem.document(base), ensure_ascii=False).encode()
    return problem.status.value, [PROBLEM_TYPE, NO_STORE, *problem.headers], body


def for_nginx(problem: Problem, base: str) -> Answer:
    """nginx's auth_request hands on no body and only 401 and 403: the rest travels in headers, in ASCII."""
    document = json.dumps(problem.document(base), ensure_ascii=True)
    told = [("portal-status", str(problem.status.value)), ("portal-problem", document)]
    return HTTPStatus.FORBIDDEN.value, [NO_STORE, *told, *problem.headers], b""
