"""Reading a UZI card's certificate: who it names, by the layout that the UZI register publishes.

CPS UZI-register, subjectAltName: an otherName 2.5.5.5 that holds
`<OID of the CA>-<version>-<UZI number>-<card type>-<subscriber number>-<role>-<AGB code>` as an IA5String.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cryptography import x509

OTHER_NAME: Final = x509.ObjectIdentifier("2.5.5.5")
# ASN.1's tags of IA5String and UTF8String.
TEXT_TAGS: Final = (0x16, 0x0C)
# From this on ASN.1 writes a length in another way; the longest text of this layout is shorter.
LONGEST: Final = 0x80
# Z: a care professional; N: an employee by name. M is a card without a name, S a server.
NAMES_A_PERSON: Final = frozenset("ZN")

_LAYOUT: Final = re.compile(
    r"(?P<authority>[0-9]{1,3}(?:\.[0-9]{1,10}){3,15})-(?P<version>[0-9]{1,2})-(?P<uzi_number>[0-9]{8,10})"
    r"-(?P<card_type>[A-Z])-(?P<subscriber_number>[0-9]{8})-(?P<role>[0-9]{2}\.[0-9]{3})-(?P<agb_code>[0-9]{8})"
)
_UNREADABLE: Final = (ValueError, TypeError, LookupError, x509.UnsupportedGeneralNameType)


class NoCard(Exception):
    """Not the certificate of a UZI card."""


@dataclass(frozen=True, slots=True)
class Card:
    uzi_number: str
    card_type: str
    subscriber_number: str

    @property
    def names_a_person(self) -> bool:
        return self.card_type in NAMES_A_PERSON


def read_card(found: x509.Certificate) -> Card:
    """Whoever signed it. Raises NoCard, and nothing else."""
    told = _LAYOUT.fullmatch(_told_in(found))
    if told is None or not _signs_in(found):
        raise NoCard
    return Card(told["uzi_number"], told["card_type"], told["subscriber_number"])


def _told_in(found: x509.Certificate) -> str:
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        [told] = [name.value for name in names if isinstance(name, x509.OtherName) and name.type_id == OTHER_NAME]
        return _text_of(told)
    except (*_UNREADABLE, x509.ExtensionNotFound, x509.DuplicateExtension):
        raise NoCard from None


def _text_of(value: bytes) -> str:
    """An ASN.1 text, short enough for its length to be one byte."""
    tag, length, text = value[0], value[1], value[2:]
    if tag not in TEXT_TAGS or length >= LONGEST or length != len(text):
        raise ValueError(tag)
    return text.decode("ascii")


def _signs_in(found: x509.Certificate) -> bool:
    """A card has several keys: for showing who one is, for signing papers, for secrets. Only the first one counts."""
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except (*_UNREADABLE, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    return usage.digital_signature
