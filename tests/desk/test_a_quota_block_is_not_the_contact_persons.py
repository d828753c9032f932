"""A contact person lifts no quota block: not by any address, not by its id, not in a list; each try is in the log."""

import pytest

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from tests import factories
from tests.cases import a_case, checked
from tests.desk.conftest import BULK, is_open, lift_address

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["anna", "noord_software"])
def block(request, a_service):
    return factories.block(request.getfixturevalue(request.param), BlockReason.QUOTA, service=a_service)


def tries(block, case):
    """Each way that leads to a lift for somebody: the address, what is sent there, and the answer."""
    lift = {"reason": "other", "note": "toe maar"}
    grant = {"seen": case.as_seen, "note": "toe maar", "queries": "100", "until": "1"}
    return [
        (lift_address(block), lift, 403),
        (lift_address(block), {}, 403),
        (BULK, lift | {"block": [str(block.public_id)]}, 200),
        (BULK, lift | {"block": [str(block.public_id), str(block.public_id)]}, 200),
        (f"/beheer/blocking/block/{block.pk}/opheffen/", lift, {403, 404}),
        (f"/beheer/blocking/block/{block.pk}/change/", {"lifted_at": "now"}, 403),
        (f"/beheer/blocking/supportcase/{case.pk}/toekennen/", grant, 403),
        (f"/beheer/blocking/supportcase/{case.pk}/nemen/", grant, 403),
        (f"/beheer/blocking/supportcase/nieuw/?blokkade={block.pk}", grant, 403),
    ]


@pytest.mark.parametrize("which", range(9))
@pytest.mark.parametrize("who", ["anja", "chris"])
def test_every_try_is_refused_and_written_down(signed_in, request, sanne, block, which, who):
    person = request.getfixturevalue(who)
    case = checked(a_case(block, sanne), sanne)
    address, typed, status = tries(block, case)[which]
    answer = signed_in(person).post(address, typed)
    expected = {404 if who == "chris" and address == lift_address(block) else status} if type(status) is int else status
    assert answer.status_code in expected
    assert is_open(block)
    assert AuditEvent.objects.filter(outcome="refused", actor=person).exists()


def test_no_get_lifts_it_either(signed_in, anja, sanne, block):
    case = checked(a_case(block, sanne), sanne)
    for address, typed, _ in tries(block, case):
        signed_in(anja).get(address, typed)
    assert is_open(block)
