"""Which software called: a fingerprint with the holder of its certificate, an address as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from blocking.templatetags.usage import client_in_words
from certificates.choices import Standing
from certificates.in_words import holder_in_words, standing_in_words
from certificates.policy import IN_FORCE, OVER
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
    """A certificate, in a word whether it works at this moment, and in a sentence until when and what to do."""

    certificate: Certificate
    condition: str
    is_usable: bool
    told: str
    may_revoke: bool

    @property
    def holder(self) -> str:
        return holder_in_words(self.certificate)


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
    """Of one account. Held, renewable and the like as they are at this moment; one statement for all."""
    each_one = list(certificates)
    newest = max(filter(_is_issued_here, each_one), key=lambda each: (each.registered_at, each.pk), default=None)
    standings = zip(each_one, standings_of(each_one, at), strict=True)
    return [_line(each, standing, is_newest=each == newest) for each, standing in standings]


def _is_issued_here(certificate: Certificate) -> bool:
    return bool(certificate.authority)


def _line(certificate: Certificate, standing: Standing, *, is_newest: bool) -> CertificateLine:
    told = standing_in_words(certificate, standing, is_newest=is_newest)
    # What was renewed already is not to be renewed.
    label = Standing.INSTALLED.label if standing == Standing.RENEWABLE and not is_newest else standing.label
    return CertificateLine(certificate, label, standing in IN_FORCE, told, standing not in OVER)


def _named(client: str, holders: dict[str, str]) -> str:
    words = client_in_words(client) or "onbekende software"
    return f"{words} ({holders[client]})" if client in holders else words
