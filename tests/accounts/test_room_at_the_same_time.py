"""Two users for the last place in a legal basis: one is refused, whoever gives it."""

from functools import partial

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import LegalBasis
from accounts.models import Authorisation, Service
from accounts.refusals import LegalBasisFull
from accounts.services import authorise, change_authorisations
from tests import factories
from tests.accounts.removing import at_once
from tests.factories import by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_take_the_last_place_one_is_refused(noord, anja, sanne, attempt):
    service = Service.objects.create(code="wmo", name="Wmo-berichten", legal_basis=LegalBasis.WMO)
    at = timezone.now()
    for number in range(19):
        user = factories.account(noord, f"Gebruiker {number}", password=None, pin=None)
        authorise(user, service=service, by=PORTAL, at=at)
    one, other = (factories.account(noord, name, password=None, pin=None) for name in ("Karel Kok", "Kim Kok"))
    answers = at_once(
        partial(change_authorisations, one, services=[service], by=by(anja).acting_for(noord), at=at),
        partial(authorise, other, service=service, by=by(sanne), at=at),
    )
    assert sum(isinstance(answer, LegalBasisFull) for answer in answers) == 1
    assert Authorisation.objects.filter(service=service).count() == 20
