"""Two users for the last place in a legal basis: one is refused, whoever gives it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import LegalBasis
from accounts.models import Authorisation, Service
from accounts.refusals import LegalBasisFull
from accounts.services import authorise, change_authorisations
from tests import factories
from tests.factories import by
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize("first", ["contact person", "Support"])
def test_of_two_who_take_the_last_place_the_second_is_refused(noord, anja, sanne, first):
    service = Service.objects.create(code="wmo", name="Wmo-berichten", legal_basis=LegalBasis.WMO)
    at = timezone.now()
    for number in range(19):
        user = factories.account(noord, f"Gebruiker {number}", password=None, pin=None)
        authorise(user, service=service, by=PORTAL, at=at)
    one, other = (factories.account(noord, name, password=None, pin=None) for name in ("Karel Kok", "Kim Kok"))

    def by_contact_person(account):
        change_authorisations(account, services=[service], by=by(anja).acting_for(noord), at=at)

    def by_support(account):
        authorise(account, service=service, by=by(sanne), at=at)

    def refused(act):
        try:
            act(other)
        except LegalBasisFull:
            return True
        finally:
            connections.close_all()
        return False

    acts = [by_contact_person, by_support]
    now, then = acts if first == "contact person" else reversed(acts)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            now(one)
            second = pool.submit(refused, then)
            assert wait_until(lambda: second.done() or somebody_waits_for_a_lock(), within=60)
        assert second.result()
    assert Authorisation.objects.filter(service=service).count() == 20
