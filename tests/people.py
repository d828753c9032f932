"""The same cast everywhere, each with one meaning.

Anja    contact person of Zorggroep Noord
Bram    her second
Chris   contact person of Praktijk Zuid: may never see anything of Noord
Dirk    contact person of a PGB provider: has no user administration
Sanne   Support; Teun is her colleague
Anna    a user of Noord
noord_software   the system account of Noord
"""

from __future__ import annotations

import pytest

from accounts.choices import AccountKind, LegalBasis, MandateRank
from accounts.models import Account, Organisation, Service
from tests import factories


@pytest.fixture
def noord() -> Organisation:
    return factories.organisation("Zorggroep Noord")


@pytest.fixture
def zuid() -> Organisation:
    return factories.organisation("Praktijk Zuid")


@pytest.fixture
def pgb() -> Organisation:
    return factories.organisation("Thuiszorg Dichtbij", is_pgb_provider=True)


@pytest.fixture
def anja(noord: Organisation) -> Account:
    person = factories.account(noord, "Anja Visser")
    factories.mandate(person, MandateRank.FIRST)
    return person


@pytest.fixture
def bram(noord: Organisation) -> Account:
    person = factories.account(noord, "Bram Smit")
    factories.mandate(person, MandateRank.SECOND)
    return person


@pytest.fixture
def chris(zuid: Organisation) -> Account:
    person = factories.account(zuid, "Chris Jansen")
    factories.mandate(person, MandateRank.FIRST)
    return person


@pytest.fixture
def dirk(pgb: Organisation) -> Account:
    person = factories.account(pgb, "Dirk Bakker")
    factories.mandate(person, MandateRank.FIRST)
    return person


@pytest.fixture
def sanne() -> Account:
    return factories.account(None, "Sanne Support")


@pytest.fixture
def teun() -> Account:
    return factories.account(None, "Teun Support")


@pytest.fixture
def anna(noord: Organisation) -> Account:
    return factories.account(noord, "Anna de Boer")


@pytest.fixture
def noord_software(noord: Organisation) -> Account:
    return factories.account(noord, "Koppeling Noord", kind=AccountKind.SYSTEM, email="")


@pytest.fixture
def a_service() -> Service:
    return Service.objects.create(code="cov", name="Controle op verzekering", legal_basis=LegalBasis.ZVW)
