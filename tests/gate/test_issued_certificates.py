"""Software with a certificate that the portal issued: let through, and refused at once when it is revoked or held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account
from blocking.choices import BlockReason
from blocking.services import lift_by_break_glass, open_block
from certificates.authority import Holder
from certificates.authority.files import kept_authority
from certificates.choices import RevocationReason
from certificates.services import revoke_certificate
from tests.certificates.conftest import install, kept, parsed
from tests.gate.client_certificates import Shown
from tests.gate.processes import DECISION, Answer, RunningGate, asking_for, read

pytestmark = pytest.mark.process

__all__ = ["install"]

Ask = Callable[[x509.Certificate], Answer]


@pytest.fixture
def ask(running_gate: RunningGate, noord_queries: Account) -> Iterator[Ask]:
    """Asks over one connection that stays open, as a gateway does."""
    connection = HTTPConnection("127.0.0.1", running_gate.port, timeout=10)

    def asked(certificate: x509.Certificate) -> Answer:
        headers = {name: value for name, value in asking_for("").items() if name != "Portal-User-Number"}
        connection.request("GET", DECISION, headers=headers | {"Client-Cert": Shown(certificate).rfc9440})
        return read(connection.getresponse())

    yield asked
    connection.close()


def test_it_is_let_through_and_refused_from_the_next_query_on(ask: Ask, noord_queries: Account, install):
    handed = install(noord_queries)
    assert ask(parsed(handed)).status == 204
    revoke_certificate(kept(handed), by=PORTAL, at=timezone.now(), reason=RevocationReason.KEY_COMPROMISE)
    answer = ask(parsed(handed))
    assert (answer.status, answer.problem["reason"], answer.problem["lifted_by"]) == (403, "certificate", "nobody")
    assert "is ingetrokken" in answer.problem["detail"]


def test_it_is_refused_while_support_blocks_and_no_longer(ask: Ask, noord_queries: Account, install):
    handed = install(noord_queries)
    assert ask(parsed(handed)).status == 204
    block = open_block(noord_queries, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    assert block
    answer = ask(parsed(handed))
    assert (answer.status, answer.problem["reason"], answer.problem["lifted_by"]) == (403, "support", "support")
    lift_by_break_glass(block, reason="in een test", by_name="Sanne", at=timezone.now())
    assert ask(parsed(handed)).status == 204


def test_a_new_one_works_at_once_beside_the_one_it_renews(ask: Ask, noord_queries: Account, install):
    old = install(noord_queries, at=timezone.now() - timedelta(days=710))
    new = install(noord_queries, ready=False)
    assert [ask(parsed(each)).status for each in (old, new)] == [204, 204]


def test_what_was_made_ready_again_takes_the_place_of_the_old_one(ask: Ask, noord_queries: Account, install):
    old, new = install(noord_queries), install(noord_queries)
    assert [ask(parsed(each)).status for each in (old, new)] == [403, 204]


def test_it_is_refused_after_its_end(ask: Ask, noord_queries: Account, install):
    handed = install(noord_queries, at=timezone.now() - timedelta(days=731))
    answer = ask(parsed(handed))
    assert (answer.status, answer.problem["reason"]) == (403, "certificate")


@pytest.mark.parametrize(("environment", "called"), [("acceptance", "acceptatie"), ("production", "productie")])
def test_one_of_another_environment_hears_so(ask: Ask, tmp_path, environment, called):
    at = timezone.now()
    elsewhere = kept_authority(tmp_path / environment, environment=environment, base="https://elders.test", at=at)
    holder = Holder("Koppeling Noord", "Zorggroep Noord", uuid4())
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    answer = ask(elsewhere.issue(key, holder, valid_from=at, valid_until=at + timedelta(days=30)))
    assert (answer.status, answer.problem["reason"]) == (403, "certificate")
    assert f"van de omgeving {called} en werkt hier niet" in answer.problem["detail"]
