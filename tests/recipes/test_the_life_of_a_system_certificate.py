"""A system certificate from made ready to lapsed and revoked: openssl and curl before nginx and the gate that run.

The clock is moved by moving what is stored of the certificates: for the gate that is the same, and nothing else looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import Account, AuditEvent
from blocking.services import lift_by_break_glass
from blocking.services.support_blocks import place_support_block
from certificates.models import Certificate, Readiness
from gate.services.pushing import push
from gate.store import gate_store
from messagebox.models import Message
from tests.factories import PIN, by
from tests.recipes.conftest import Client, StartGate, StartNginx
from tests.recipes.nginx import RunningNginx
from tests.recipes.service_behind import Behind
from tests.recipes.software import Software

pytestmark = pytest.mark.process

INSTALLING = "/certificaat-installeren/"
ADMIN = "/beheer/certificates/certificate/"
STOLEN = {"reason": "key_compromise", "note": "Anja belde: de server is gestolen."}
RESUMED = "\nReused, "
TLS_VERSIONS = ("-tls1_2", "-tls1_3")


@dataclass(frozen=True)
class Life:
    """The people, the software and the gateway of one certificate's life."""

    account: Account
    gateway: RunningNginx
    support: Browser
    folder: Path

    def is_made_ready(self) -> None:
        assert self.support.post(f"{ADMIN}klaarzetten/?account={self.account.pk}").status_code == 303

    def installs(self, name: str = "software") -> Software:
        """At the portal's page, with number and PIN, for a request that openssl made."""
        software = Software(self.folder, name)
        answer = self.offers(software.signing_request())
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == 'attachment; filename="certificaat.pem"'
        software.pair.certificate.write_bytes(answer.content)
        return software

    def offers(self, request: Path):
        """The signing request at the page, whatever it answers."""
        typed = {"user_number": self.account.user_number, "pin": PIN}
        upload = SimpleUploadedFile("aanvraag.csr", request.read_bytes())
        return Browser().post(INSTALLING, typed | {"signing_request": upload})

    def asks(self, software: Software):
        return software.asks(self.gateway.port, self.gateway.server)

    def days_pass(self, days: int) -> None:
        passed = timedelta(days=days)
        moved = {name: F(name) - passed for name in ("valid_from", "valid_until", "registered_at")}
        Certificate.objects.filter(account=self.account).update(**moved)
        Readiness.objects.filter(account=self.account).update(made_ready_at=F("made_ready_at") - passed)
        push([self.account.pk], gate_store())

    def is_revoked(self, software: Software) -> None:
        kept = Certificate.objects.get(serial=f"{_read(software).serial_number:x}")
        assert self.support.post(f"{ADMIN}{kept.pk}/intrekken/", STOLEN).status_code == 303


@pytest.fixture
def life(gateway: RunningNginx, noord_queries: Account, anja: Account, sanne: Account, tmp_path: Path) -> Life:
    support = Browser()
    support.force_login(sanne)
    return Life(noord_queries, gateway, support, tmp_path)


def test_the_whole_life_of_a_system_certificate(life: Life, sanne: Account, behind: Behind) -> None:
    # Nothing is installed before Support makes it ready.
    early = Software(life.folder, "early").signing_request()
    assert life.offers(early).status_code == 409
    life.is_made_ready()
    first = life.installs()
    assert _answers(life, first) == [(200, 4, None)]

    # Support blocks the account, and the certificate is held; afterwards it is good again.
    block = place_support_block(life.account, by=by(sanne), at=timezone.now(), reason="een onderzoek")
    assert _answers(life, first) == [(403, None, "support")]
    lift_by_break_glass(block, reason="het onderzoek is klaar", by_name="Sanne", at=timezone.now())
    assert _answers(life, first) == [(200, 3, None)]

    # In the last thirty days it is renewed; the old one works on, so that software can change over.
    life.days_pass(699)
    assert life.offers(early).status_code == 409
    life.days_pass(1)
    second = life.installs("second")
    assert _answers(life, first, second) == [(200, 2, None), (200, 1, None)]

    # At its end the old one is refused. The new one ends too, and is installed again within twenty days.
    life.days_pass(30)
    assert _answers(life, first, second) == [(403, None, "certificate"), (200, 0, None)]
    life.days_pass(700 + 19)
    assert _answers(life, second) == [(403, None, "certificate")]
    life.installs("third")

    # After twenty days it has lapsed: only what Support made ready is installed.
    life.days_pass(730 + 20)
    assert life.offers(early).status_code == 409
    life.is_made_ready()
    life.installs("fourth")
    assert len(behind.reached) == 5
    assert _told(life.account) == [
        *("certificate_ready", "certificate_installed"),
        *("certificate_installed",) * 2,
        *("certificate_ready", "certificate_installed"),
    ]
    assert AuditEvent.objects.filter(account=life.account, slug="account:certificate:installed").count() == 4


@pytest.fixture
def installed(life: Life, behind: Behind) -> Software:
    life.is_made_ready()
    return life.installs()


def test_once_revoked_it_is_refused_on_a_new_connection_and_on_one_that_is_open(
    life: Life, installed: Software, behind: Behind
) -> None:
    assert _answers(life, installed) == [(200, 4, None)]
    client = Client(life.gateway.port, installed.pair)
    kept = HTTPSConnection("127.0.0.1", life.gateway.port, context=client.tls, timeout=20)
    assert _asked_on(kept) == 200
    life.is_revoked(installed)
    assert _asked_on(kept) == 403
    kept.close()
    assert _answers(life, installed) == [(403, None, "certificate")]
    assert len(behind.reached) == 2


@pytest.mark.parametrize("version", TLS_VERSIONS)
def test_once_revoked_it_is_refused_on_a_session_of_tls_that_is_shown_again(
    life: Life, installed: Software, behind: Behind, version: str
) -> None:
    assert " 200 " in installed.asks_keeping_the_session(life.gateway.port, version)
    life.is_revoked(installed)
    refused = installed.asks_resuming(life.gateway.port, version)
    assert " 403 " in refused
    assert '"reason": "certificate"' in refused
    assert RESUMED not in refused
    assert len(behind.reached) == 1


@pytest.mark.parametrize("version", TLS_VERSIONS)
def test_even_where_somebody_lets_sessions_be_resumed_the_gate_is_asked_anew(
    life: Life, installed: Software, behind: Behind, start_gateway: StartNginx, gate_reading: StartGate, version: str
) -> None:
    allowed = {"ssl_session_cache off": "ssl_session_cache shared:all:1m", "ssl_session_tickets off;": ""}
    port = start_gateway(gate_reading("nginx"), allowed).port
    assert " 200 " in installed.asks_keeping_the_session(port, version)
    assert RESUMED in installed.asks_resuming(port, version)
    life.is_revoked(installed)
    refused = installed.asks_resuming(port, version)
    assert RESUMED in refused
    assert " 403 " in refused
    assert len(behind.reached) == 2


@pytest.mark.parametrize("version", TLS_VERSIONS)
def test_a_neighbour_on_the_same_address_gives_no_session_to_show_the_gateway(
    life: Life, installed: Software, behind: Behind, start_gateway: StartNginx, gate_reading: StartGate, version: str
) -> None:
    """CVE-2025-23419: of several servers the settings of the default one count, so the recipe's are there for all."""
    port = start_gateway(gate_reading("nginx"), neighbour="neighbour.test").port
    seen = installed.asks_keeping_the_session(port, version, host="neighbour.test")
    assert "\nneighbour" in seen
    answer = installed.asks_resuming(port, version)
    assert RESUMED not in answer
    assert " 200 " in answer
    assert len(behind.reached) == 1


def _answers(life: Life, *each: Software) -> list[tuple[int, int | None, str | None]]:
    curled = [life.asks(software) for software in each]
    return [(answer.status, answer.remaining, answer.reason) for answer in curled]


def _asked_on(connection: HTTPSConnection) -> int:
    connection.request("GET", "/cov/")
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _read(software: Software) -> x509.Certificate:
    return x509.load_pem_x509_certificates(software.pair.certificate.read_bytes())[0]


def _told(account: Account) -> list[str]:
    kinds = Message.objects.filter(about=account, kind__startswith="certificates:").order_by("pk")
    return [kind.removeprefix("certificates:") for kind in kinds.values_list("kind", flat=True)]
