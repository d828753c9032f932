"""Room in a legal basis: counted while nobody else of the organisation can take it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from accounts.choices import LegalBasis
from accounts.models import Account, Organisation, Service
from accounts.policy.catalogue import full_bases
from accounts.queries import holders_by_basis, services_of
from accounts.refusals import LegalBasisFull


def insist_on_room(account: Account, services: Collection[Service]) -> None:
    """That one more user fits for these services; the organisation stays locked. Raises LegalBasisFull.

    Software takes no room, and of a legal basis that a user is in already one service more takes none either.
    """
    if account.is_system or account.organisation_id is None:
        return
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=account.organisation_id)
    holders = holders_by_basis(organisation, apart_from=account)
    full = full_bases(_bases(services) - _bases(services_of(account)), holders=holders)
    if full:
        raise LegalBasisFull(full)


def _bases(services: Iterable[Service]) -> set[LegalBasis]:
    return {LegalBasis(service.legal_basis) for service in services}
