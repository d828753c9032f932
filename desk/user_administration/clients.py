"""Which software called: a fingerprint with the holder of its certificate, an address as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from blocking.templatetags.usage import client_in_words
from certificates.policy import IN_FORCE
from certificates.queries import standings_of

if TYPE_CHECKING:
    from blocking.models import Probation
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
    # What Support allowed past the quota, while it lasts.
    extra: Probation | None = None


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate, and in a word whether it works at this moment."""

    certificate: Certificate
    condition: str
    is_usable: bool


def named_usage(
    usages: Iterable[ServiceUsage], certificates: Iterable[Certificate], allowances: Mapping[int, Probation]
) -> list[NamedUsage]:
    holders = {certificate.fingerprint: certificate.subject for certificate in certificates}
    return [
        NamedUsage(
            usage,
            [Caller(_named(use.client, holders), use.queries) for use in usage.clients],
            allowances.get(usage.service.pk),
        )
        for usage in usages
    ]


def certificate_lines(certificates: Iterable[Certificate], at: datetime) -> list[CertificateLine]:
    """Held, renewable and the like as they are at this moment; one statement for all."""
    each_one = list(certificates)
    standings = zip(each_one, standings_of(each_one, at), strict=True)
    return [CertificateLine(each, standing.label, standing in IN_FORCE) for each, standing in standings]


def _named(client: str, holders: dict[str, str]) -> str:
    words = client_in_words(client) or "onbekende software"
    return f"{words} ({holders[client]})" if client in holders else words
