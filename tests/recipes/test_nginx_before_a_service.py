"""nginx with the recipe in deploy/nginx/, before a really running gate: clients get what the gate decides."""

import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest

from accounts.models import Account
from blocking.choices import BlockReason
from gate.services.pushing import push
from gate.store import gate_store
from tests import factories
from tests.recipes.certificates import Pair
from tests.recipes.conftest import Answer, Client, StartGate, StartNginx
from tests.recipes.nginx import RunningNginx
from tests.recipes.service_behind import Behind
from vecozo_portal.processes.ports import free_port

pytestmark = pytest.mark.process

QUOTA = 5
CLOSING = "GET /cov/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def assert_is_problem(answer: Answer, status: int) -> None:
    assert answer.status == status, answer
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.document["status"] == status
    assert answer.document["title"]
    assert answer.document["detail"]


def test_a_query_within_the_quota_is_answered_by_the_service(software: Client, behind: Behind) -> None:
    answer = software.asks("/cov/verzekerden?bsn=1")
    assert answer.status == 200
    assert answer.document["path"] == "/verzekerden?bsn=1"
    assert answer.headers["ratelimit-policy"] == '"day";q=5;w=86400'
    assert answer.headers["ratelimit"].startswith('"day";r=4;')
    assert len(behind.reached) == 1


def test_the_query_past_the_quota_gets_a_real_429_with_the_problem(software: Client, behind: Behind) -> None:
    assert [software.asks().status for _ in range(QUOTA)] == [200] * QUOTA
    for _ in range(2):
        refused = software.asks()
        assert_is_problem(refused, 429)
        assert refused.document["reason"] == "quota"
        assert refused.document["lifted_by"] == "support"
        assert "Wachten helpt niet" in refused.document["detail"]
        assert "retry-after" not in refused.headers
    assert len(behind.reached) == QUOTA


def test_every_method_counts_once_and_reaches_the_service_as_it_is(software: Client, behind: Behind) -> None:
    for method in ("GET", "POST", "HEAD", "DELETE"):
        assert software.asks(method=method, body=b"{}" if method == "POST" else None).status == 200
    assert [query["method"] for query in behind.reached] == ["GET", "POST", "HEAD", "DELETE"]
    assert software.asks().headers["ratelimit"].startswith('"day";r=0;')


def test_a_blocked_account_is_refused_with_403(software: Client, noord_software: Account, behind: Behind) -> None:
    factories.block(noord_software, reason=BlockReason.SUPPORT)
    refused = software.asks()
    assert_is_problem(refused, 403)
    assert refused.document["reason"] == "support"
    assert behind.reached == []


@pytest.mark.parametrize("valid_for", [timedelta(days=1), timedelta(days=-1)])
def test_an_unknown_certificate_is_refused_with_403_whatever_its_validity(
    software: Client, pair: Callable[..., Pair], behind: Behind, valid_for: timedelta
) -> None:
    refused = Client(software.port, pair("stranger", valid_for=valid_for)).asks()
    assert_is_problem(refused, 403)
    assert refused.document["reason"] == "certificate"
    assert behind.reached == []


def test_a_certificate_that_is_too_large_is_a_mistake_of_the_client(
    software: Client, pair: Callable[..., Pair], behind: Behind
) -> None:
    refused = Client(software.port, pair("large", names=400)).asks()
    assert_is_problem(refused, 431)
    assert behind.reached == []


def test_one_address_that_asks_too_much_is_held_back_before_anything_is_counted(
    start_gateway: StartNginx, gate_reading: StartGate, own_pair: Pair, behind: Behind
) -> None:
    gateway = start_gateway(gate_reading("nginx"), {"rate=100r/s": "rate=1r/m", "burst=200": "burst=2"})
    software = Client(gateway.port, own_pair)
    assert [software.asks().status for _ in range(3)] == [200, 200, 200]
    held_back = software.asks()
    assert_is_problem(held_back, 503)
    assert held_back.headers["retry-after"] == "1"
    assert len(behind.reached) == 3


def test_without_a_certificate_there_is_no_way_in(software: Client, behind: Behind) -> None:
    refused = Client(software.port).asks()
    assert_is_problem(refused, 403)
    assert refused.document["reason"] == "certificate"
    assert behind.reached == []


def test_what_a_client_writes_in_headers_of_the_gate_is_believed_by_nobody(
    software: Client, noord_software: Account, pair: Callable[..., Pair], behind: Behind
) -> None:
    stranger = Client(software.port, pair("stranger"))
    assert software.pair is not None
    injected = {
        "Portal-User-Number": noord_software.user_number,
        "Portal_User_Number": noord_software.user_number,
        "Portal-Client-Address": "127.0.0.1",
        "Client-Cert": ":" + "".join(software.pair.pem.decode().splitlines()[1:-1]) + ":",
        "Client_Cert": "underscored",
        "X-Forwarded-Tls-Client-Cert": "traefik's",
        "X-Forwarded-For": "192.0.2.1",
        "Authorization": "Bearer of-the-client",
        "Portal-Status": "204",
    }
    assert_is_problem(_asks_with(stranger, injected), 403)
    assert behind.reached == []

    # Of who may, the service sees the certificate that was shown, and what belongs to the client.
    assert _asks_with(software, injected).status == 200
    [seen] = behind.reached
    assert software.pair is not None
    assert unquote(seen["headers"]["client-cert"]).encode().strip() == software.pair.pem.strip()
    assert seen["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert seen["headers"]["authorization"] == "Bearer of-the-client"
    assert not {name for name in seen["headers"] if name.startswith("portal-") or "_" in name or "tls" in name}


@pytest.mark.parametrize("named", ["Client-Cert", "X-Forwarded-For, X-Forwarded-Proto", "Portal-Client-Address"])
def test_a_client_takes_no_header_away_by_calling_it_one_of_the_connection(
    software: Client, behind: Behind, named: str
) -> None:
    """CVE-2024-45410: what `Connection` names is dropped between hops, unless the proxy is careful."""
    with _connected(software) as connection:
        request = f"GET /cov/ HTTP/1.1\r\nHost: x\r\nConnection: close, {named}\r\n\r\n"
        assert _told(connection, request).status == 200
    [seen] = behind.reached
    assert software.pair is not None
    assert unquote(seen["headers"]["client-cert"]).encode().strip() == software.pair.pem.strip()
    assert (seen["headers"]["x-forwarded-for"], seen["headers"]["x-forwarded-proto"]) == ("127.0.0.1", "https")


def _asks_with(client: Client, headers: dict[str, str]) -> Answer:
    """With names as they are, underscores too."""
    with _connected(client) as connection:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return _told(connection, f"GET /cov/ HTTP/1.1\r\nHost: x\r\n{lines}Connection: close\r\n\r\n")


def _connected(client: Client, session: ssl.SSLSession | None = None) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", client.port), timeout=20)
    return client.tls.wrap_socket(plain, session=session)


def _told(connection: ssl.SSLSocket, request: str) -> Answer:
    connection.sendall(request.encode("latin-1"))
    answer = b""
    while part := connection.recv(65_536):
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Answer(int(status.split()[1]) if answer else 0, headers, body)


@pytest.mark.parametrize(
    "path",
    [
        "/_gate/cov",
        "/_gate/cov?x",
        "/cov/../_gate/cov",
        "/%5fgate/cov",
        "/",
        "/v1/decisions/cov",
        "/cov",
        "/COV/",
        "/other/",
        "/cov/%00",
        "http://127.0.0.1/_gate/cov",
    ],
)
def test_no_odd_path_reaches_the_service_or_the_gate(software: Client, behind: Behind, path: str) -> None:
    with _connected(software) as connection:
        answer = _told(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.status in {301, 400, 404}
    assert behind.reached == []
    assert software.asks().headers["ratelimit"].startswith('"day";r=4;')


@pytest.mark.parametrize("path", ["//cov/", "/cov%2f", "/./cov/", "/other/../cov/", "/cov/%2e%2e/cov/", "/%63ov/"])
def test_a_path_that_means_the_service_is_asked_about_and_counted(software: Client, behind: Behind, path: str) -> None:
    with _connected(software) as connection:
        answer = _told(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.status == 200
    assert answer.headers["ratelimit"].startswith('"day";r=4;')
    assert [query["path"] for query in behind.reached] == ["/"]


@pytest.mark.parametrize("query", ["?proxy=nginx", "?proxy=none&x=%0d%0aPortal-User-Number:1", "?/v1/decisions/other"])
def test_what_stands_behind_the_question_mark_never_reaches_the_gate(
    software: Client, behind: Behind, query: str
) -> None:
    assert software.asks(f"/cov/{query}").status == 200
    assert behind.reached[0]["path"] == f"/{query}"


def test_a_second_request_on_an_open_connection_is_decided_anew(
    software: Client, noord_software: Account, behind: Behind
) -> None:
    with _connected(software) as connection:
        connection.sendall(b"GET /cov/ HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in connection.recv(65_536)
        factories.block(noord_software, reason=BlockReason.SUPPORT)
        push([noord_software.pk], gate_store())
        answer = _told(connection, CLOSING)
    assert answer.document["reason"] == "support"
    assert len(behind.reached) == 1


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_no_session_of_tls_is_resumed(software: Client, version: ssl.TLSVersion) -> None:
    software.tls.minimum_version = software.tls.maximum_version = version
    with _connected(software) as first:
        assert _told(first, CLOSING).status == 200
        session = first.session
    with _connected(software, session) as second:
        assert _told(second, CLOSING).status == 200
        assert not second.session_reused


def test_an_error_of_the_service_stays_its_own(software: Client) -> None:
    answer = software.asks("/cov/nothing-here")
    assert answer.status == 404
    assert answer.document["path"] == "/nothing-here"


def test_with_the_gate_away_nobody_is_let_through(software: Client, start_gateway: StartNginx, behind: Behind) -> None:
    lonely = Client(start_gateway(free_port()).port, software.pair)
    assert_is_problem(lonely.asks(), 503)
    assert behind.reached == []


def test_nothing_was_complained_about(gateway: RunningNginx) -> None:
    assert "[emerg]" not in gateway.log
    assert "[crit]" not in gateway.log
