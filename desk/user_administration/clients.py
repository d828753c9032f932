"""Which software called: a fingerprint with the holder of its certificate, an address as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from blocking.templatetags.usage import client_in_words
from certificates.choices import CertificateState

if TYPE_CHECKING:
    from blocking.queries.usage_charts import ServiceUsage
    from certificates.models import Certificate


@dataclass(frozen=True, slots=True)
class Caller:
    words: str
    queries: int


@dataclass(frozen=True, slots=True)
class NamedUsage:
    usage: ServiceUsage
    callers: Sequence[Caller]


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate, and in a word whether it works at this moment."""

    certificate: Certificate
    condition: str
    is_usable: bool


def named_usage(usages: Iterable[ServiceUsage], certificates: Iterable[Certificate]) -> list[NamedUsage]:
    holders = {certificate.fingerprint: certificate.subject for certificate in certificates}
    return [
        NamedUsage(usage, [Caller(_named(use.client, holders), use.queries) for use in usage.clients])
        for usage in usages
    ]


def certificate_lines(certificates: Iterable[Certificate], at: datetime) -> list[CertificateLine]:
    conditions = ((certificate, _condition(certificate, at)) for certificate in certificates)
    return [CertificateLine(certificate, condition, condition == "Geldig") for certificate, condition in conditions]


def _named(client: str, holders: dict[str, str]) -> str:
    words = client_in_words(client) or "onbekende software"
    return f"{words} ({holders[client]})" if client in holders else words


def _condition(certificate: Certificate, at: datetime) -> str:
    if certificate.state == CertificateState.REVOKED:
        return "Ingetrokken"
    if at < certificate.valid_from:
        return "Nog niet geldig"
    return "Geldig" if at < certificate.valid_until else "Verlopen"
