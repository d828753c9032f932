"""At most twenty users of an organisation hold an authorisation for Wmo, and as many for Jeugdwet."""

import pytest

from accounts.choices import LegalBasis
from accounts.policy.catalogue import full_bases, legal_basis_room

WMO, JEUGDWET, ZVW, WLZ = LegalBasis.WMO, LegalBasis.JEUGDWET, LegalBasis.ZVW, LegalBasis.WLZ


@pytest.mark.parametrize("basis", [WMO, JEUGDWET])
@pytest.mark.parametrize(("holders", "room"), [(0, 20), (19, 1), (20, 0), (21, 0)])
def test_twenty_fit(basis, holders, room):
    assert legal_basis_room(basis, holders=holders) == room


@pytest.mark.parametrize("basis", [ZVW, WLZ])
def test_the_other_legal_bases_have_no_limit(basis):
    assert legal_basis_room(basis, holders=100_000) is None


def test_what_is_full_is_said_of_what_is_wanted_alone():
    assert full_bases([WMO, ZVW], holders={WMO: 20, JEUGDWET: 20, ZVW: 900}) == [WMO]
    assert full_bases([JEUGDWET, WMO], holders={WMO: 19}) == []
    assert full_bases([JEUGDWET, WMO], holders={WMO: 20, JEUGDWET: 20}) == [WMO, JEUGDWET]
