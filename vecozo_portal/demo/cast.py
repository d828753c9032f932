"""The demo's organisations and people. Every name, number and address is invented.

Whoever is added gets a new `place`: it makes the user number, which stays the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.choices import AccountKind, AccountState, MandateRank
from blocking.choices import BlockReason, LiftChannel, LiftReason
from vecozo_portal.demo.catalogue import AUTHORISATIONS, CLAIMS, COV, NOTES, PURCHASING, WLZ, WMO, YOUTH
from vecozo_portal.demo.story import PHONE, Episode, LiftStory, attacked, days, hours, password, pin, quota, support


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation. No care type begins with 00, so these codes are nobody's."""

    agb_code: str
    name: str
    domain: str
    is_pgb_provider: bool = False


NOORD: Final = Firm("00410101", "Zorggroep Noord", "zorggroepnoord.example")
ZUID: Final = Firm("00410202", "Praktijk Zuid", "praktijkzuid.example")
DICHTBIJ: Final = Firm("00410303", "Thuiszorg Dichtbij", "thuiszorgdichtbij.example", is_pgb_provider=True)
FIRMS: Final = (NOORD, ZUID, DICHTBIJ)
SUPPORT_DOMAIN: Final = "portaal.example"


@dataclass(frozen=True, slots=True)
class Person:
    """One account. Without a firm: Support. `listed`: `demo_people` prints it, in the order of these numbers."""

    place: int
    name: str
    firm: Firm | None
    services: tuple[str, ...] = ()
    listed: int | None = None
    rank: MandateRank | None = None
    state: AccountState = AccountState.ACTIVE
    kind: AccountKind = AccountKind.PERSONAL
    story: tuple[Episode, ...] = ()
    # The browser of the first sign-in is known from then on: strangers have five tries apart from it.
    is_known_there: bool = False

    @property
    def user_number(self) -> str:
        """Fourteen digits without meaning, distinct because the factor and the modulus share no divisor."""
        return f"204601{self.place * 31_234_577 % 10**8:08d}"

    @property
    def email(self) -> str:
        if self.kind == AccountKind.SYSTEM:
            return ""
        local = self.name.lower().replace(" ", ".")
        return f"{local}@{self.firm.domain if self.firm else SUPPORT_DOMAIN}"

    @property
    def open_reasons(self) -> list[BlockReason]:
        return [episode.reason for episode in self.story if episode.lifted is None]


ANJA: Final = "Anja Visser"
BRAM: Final = "Bram Smit"
SANNE: Final = "Sanne Hofman"

_CARE = (WLZ, WMO, NOTES)
_OFFICE = (COV, CLAIMS)
_PHONED = LiftChannel.PHONE

_NOORD_PEOPLE: Final = (
    Person(11, ANJA, NOORD, (COV, CLAIMS, WLZ, WMO, PURCHASING), listed=1, rank=MandateRank.FIRST),
    Person(12, BRAM, NOORD, _OFFICE, listed=9, rank=MandateRank.SECOND),
    Person(13, "Anna de Boer", NOORD, _OFFICE, listed=2),
    Person(14, "Pieter van Dijk", NOORD, _CARE, listed=3),
    Person(
        15, "Fatima el Amrani", NOORD, (COV, CLAIMS, YOUTH), listed=4, story=(password(hours(2), user_agent=PHONE),)
    ),
    Person(16, "Johan Mulder", NOORD, _OFFICE, listed=5, story=(pin(hours(26)),)),
    Person(17, "Esther Meijer", NOORD, _OFFICE, listed=6, story=(quota(hours(5)),)),
    Person(18, "Ruben Dekker", NOORD, _CARE, listed=7, story=(support(days(3)),)),
    Person(19, "Sofie van den Berg", NOORD, _CARE, listed=8, story=(password(hours(50)),)),
    Person(20, "Mehmet Yildiz", NOORD, _OFFICE, listed=10, story=(quota(hours(30)), pin(hours(28)))),
    Person(
        21,
        "Lotte Hendriks",
        NOORD,
        _CARE,
        # The third within 24 hours: no contact person lifts it, Support looks along.
        story=(
            password(hours(9), LiftStory(hours(8.5), ANJA, LiftReason.CAPS_LOCK)),
            password(hours(6), LiftStory(hours(5.5), BRAM, LiftReason.FORGOTTEN)),
            password(hours(1)),
        ),
    ),
    Person(
        22,
        "Koen Bos",
        NOORD,
        (COV, AUTHORISATIONS),
        story=(password(days(12), LiftStory(days(11.9), BRAM, LiftReason.NEW_DEVICE, "Nieuwe laptop gekregen.")),),
    ),
    Person(
        23,
        "Marieke Postma",
        NOORD,
        _CARE,
        story=(pin(days(30), LiftStory(days(29.8), ANJA, LiftReason.OTHER, "Pincode stond verkeerd op het briefje.")),),
    ),
    Person(
        24,
        "Tim Vos",
        NOORD,
        _OFFICE,
        story=(quota(days(20), LiftStory(days(19.9), SANNE, LiftReason.OTHER, "Eenmalige controle.", _PHONED)),),
    ),
    Person(25, "Hanneke Kuipers", NOORD, _CARE, story=(attacked(hours(3)),)),
    Person(26, "Gerrit Veenstra", NOORD, _CARE, story=(attacked(hours(2.95)),)),
    Person(27, "Noor Jacobs", NOORD, (COV, CLAIMS, AUTHORISATIONS)),
    Person(28, "Daan Willems", NOORD, (YOUTH, NOTES)),
    Person(29, "Saskia Brouwer", NOORD, _OFFICE, story=(attacked(hours(2.9)),)),
    Person(30, "Youssef Haddad", NOORD, _CARE),
    Person(31, "Ingrid Scholten", NOORD, (WMO, YOUTH)),
    Person(32, "Priya Ramdin", NOORD, (PURCHASING,)),
    Person(33, "Wouter Peeters", NOORD, _CARE, state=AccountState.ISSUED),
    Person(34, "Linda Kok", NOORD, _OFFICE, state=AccountState.ISSUED),
    Person(35, "Thijs Maas", NOORD, _CARE, state=AccountState.REQUESTED),
    Person(36, "Roos van Leeuwen", NOORD, _OFFICE, state=AccountState.REQUESTED),
    Person(37, "Henk Zijlstra", NOORD, _CARE, state=AccountState.EXPIRED),
    Person(38, "Carla Wiersma", NOORD, _OFFICE, state=AccountState.REMOVAL_PENDING),
    Person(39, "Koppeling Zorggroep Noord", NOORD, (COV, CLAIMS, WLZ), listed=19, kind=AccountKind.SYSTEM),
)

_ZUID_PEOPLE: Final = (
    Person(51, "Chris Jansen", ZUID, _OFFICE, listed=11, rank=MandateRank.FIRST),
    Person(52, "Mirjam Claessen", ZUID, _OFFICE, listed=12, is_known_there=True),
    Person(53, "Stefan Martens", ZUID, _CARE, listed=13, story=(password(hours(4)),)),
    Person(54, "Ilse Verhoeven", ZUID, _CARE),
    Person(55, "Bas Timmermans", ZUID, (COV, AUTHORISATIONS)),
    Person(56, "Elif Kaya", ZUID, _CARE, state=AccountState.ISSUED),
    Person(57, "Frank Huisman", ZUID, _OFFICE, state=AccountState.EXPIRED),
)

_DICHTBIJ_PEOPLE: Final = (
    Person(71, "Dirk Bakker", DICHTBIJ, (WMO, YOUTH), listed=14, rank=MandateRank.FIRST),
    Person(72, "Omar Benali", DICHTBIJ, (WMO,), listed=15),
    Person(73, "Wendy Prins", DICHTBIJ, (WMO,), listed=16, story=(password(hours(7)),)),
    Person(74, "Greet Stam", DICHTBIJ, (YOUTH,)),
)

_SUPPORT_PEOPLE: Final = (
    Person(91, SANNE, None, listed=17),
    Person(92, "Teun de Wit", None, listed=18),
)

CAST: Final = (*_NOORD_PEOPLE, *_ZUID_PEOPLE, *_DICHTBIJ_PEOPLE, *_SUPPORT_PEOPLE)
LISTED: Final = tuple(sorted((person for person in CAST if person.listed), key=lambda person: person.listed or 0))
