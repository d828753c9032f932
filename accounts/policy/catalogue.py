"""How many users may hold an authorisation for a service of a legal basis, pure.

A user counts once for a legal basis, however many of its services they may query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from accounts.choices import LegalBasis

# domain.md, section 3.4: of one organisation, for Wmo and for Jeugdwet. The other legal bases have no limit.
USERS_AT_MOST: Final[Mapping[LegalBasis, int]] = MappingProxyType({LegalBasis.WMO: 20, LegalBasis.JEUGDWET: 20})


def legal_basis_room(basis: LegalBasis, *, holders: int) -> int | None:
    """How many more users fit where so many hold an authorisation for this legal basis; None: as many as one likes."""
    at_most = USERS_AT_MOST.get(basis)
    return None if at_most is None else max(0, at_most - holders)


def full_bases(wanted: Iterable[LegalBasis], *, holders: Mapping[LegalBasis, int]) -> list[LegalBasis]:
    """Those wanted for one more user that have no room for them. `holders`: the other users, by legal basis."""
    asked = set(wanted)
    in_order = (basis for basis in LegalBasis if basis in asked)
    return [basis for basis in in_order if legal_basis_room(basis, holders=holders.get(basis, 0)) == 0]
