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
from tests.second_factors import with_app


@pytest.fixture
def noord() -> Organisation:
    return factories.organisation("Zorggroep Noord")


@pytest.fixture
def zuid() -> Organisation:
    return factories.organisation("Praktijk Zuid")


@pytest.fixture
def pgb() -> Organisation:
    return factories.organisation("Thuiszorg Dichtbij", is_pgb_provider=True)


def _contact_person(of: Organisation, name: str, rank: MandateRank = MandateRank.FIRST) -> Account:
    """With a mandate and the second factor that belongs to it."""
    person = factories.account(of, name)
    factories.mandate(person, rank)
    with_app(person)
    return person


def _support(name: str) -> Account:
    person = factories.account(None, name)
    with_app(person)
    return person


@pytest.fixture
def anja(noord: Organisation) -> Account:
    return _contact_person(noord, "Anja Visser")


@pytest.fixture
def bram(noord: Organisation) -> Account:
    return _contact_person(noord, "Bram Smit", MandateRank.SECOND)


@pytest.fixture
def chris(zuid: Organisation) -> Account:
    return _contact_person(zuid, "Chris Jansen")


@pytest.fixture
def dirk(pgb: Organisation) -> Account:
    return _contact_person(pgb, "Dirk Bakker")


@pytest.fixture
def sanne() -> Account:
    return _support("Sanne Support")


@pytest.fixture
def teun() -> Account:
    return _support("Teun Support")


@pytest.fixture
def anna(noord: Organisation) -> Account:
    return factories.account(noord, "Anna de Boer")


@pytest.fixture
def noord_software(noord: Organisation) -> Account:
    return factories.account(noord, "Koppeling Noord", kind=AccountKind.SYSTEM, email="")


@pytest.fixture
def a_service() -> Service:
    return Service.objects.create(code="cov", name="Controle op verzekering", legal_basis=LegalBasis.ZVW)
