"""Envoy and Traefik are not here. What can be said without them: the files are YAML, and a real gate understands what
those proxies would send with them, header by header.
"""

import base64
import re
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.recipes.certificates import Pair
from tests.recipes.conftest import TOKEN, StartGate
from vecozo_portal.environment import BASE_DIR

pytestmark = pytest.mark.process

DEPLOY = BASE_DIR / "deploy"
ENVOY: dict[str, Any] = yaml.safe_load((DEPLOY / "envoy" / "envoy.yaml").read_text())
TRAEFIK: dict[str, Any] = yaml.safe_load((DEPLOY / "traefik" / "gate.yaml").read_text())
EXAMPLE_TOKEN = "put-one-of-the-tokens-here"
STRIPPED = {"portal-user-number", "portal-client-address", "client-cert-chain", "x-forwarded-tls-client-cert"}


def http_connection_manager() -> dict[str, Any]:
    [listener] = ENVOY["static_resources"]["listeners"]
    found: dict[str, Any] = listener["filter_chains"][0]["filters"][0]["typed_config"]
    return found


def asks_as_envoy(gate_port: int, pem: bytes) -> int:
    service = http_connection_manager()["http_filters"][0]["typed_config"]["http_service"]
    values = {
        "%DOWNSTREAM_PEER_CERT%": quote(pem.decode(), safe=""),
        "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%": "127.0.0.1",
    }
    headers = {
        header["key"]: values.get(header["value"], header["value"].replace(EXAMPLE_TOKEN, TOKEN))
        for header in service["authorization_request"]["headers_to_add"]
    }
    return asks(gate_port, service["path_override"], headers)


def asks_as_traefik(gate_port: int, pem: bytes) -> int:
    middlewares = TRAEFIK["http"]["middlewares"]
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    there = {
        **middlewares["token"]["headers"]["customRequestHeaders"],
        "X-Forwarded-Tls-Client-Cert": base64.b64encode(der).decode(),
    }
    gate = middlewares["gate"]["forwardAuth"]
    told = {name: there[name].replace(EXAMPLE_TOKEN, TOKEN) for name in gate["authRequestHeaders"]}
    # What forwardAuth always tells.
    told |= {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Method": "PUT", "X-Forwarded-Uri": "/cov/?proxy=nginx"}
    return asks(gate_port, urlsplit(gate["address"]).path, told)


def asks(port: int, path: str, headers: dict[str, str]) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_gate_understands_what_envoy_would_ask(
    gate_reading: StartGate, own_pair: Pair, pair: Callable[..., Pair]
) -> None:
    port = gate_reading("nginx")
    assert asks_as_envoy(port, own_pair.pem) == 204
    assert asks_as_envoy(port, pair("stranger").pem) == 403


def test_the_gate_understands_what_traefik_would_ask(
    gate_reading: StartGate, own_pair: Pair, pair: Callable[..., Pair]
) -> None:
    port = gate_reading("traefik")
    assert asks_as_traefik(port, own_pair.pem) == 204
    assert asks_as_traefik(port, pair("stranger").pem) == 403


def test_envoy_fails_closed_and_keeps_what_clients_write_from_the_service() -> None:
    manager = http_connection_manager()
    ask, route = manager["http_filters"]
    assert ask["typed_config"]["failure_mode_allow"] is False
    assert route["name"] == "envoy.filters.http.router"
    [host] = manager["route_config"]["virtual_hosts"]
    assert set(host["request_headers_to_remove"]) == STRIPPED
    [certificate] = host["request_headers_to_add"]
    assert certificate["header"]["key"] == "client-cert"
    assert certificate["append_action"] == "OVERWRITE_IF_EXISTS_OR_ADD"
    assert manager["common_http_protocol_options"]["headers_with_underscores_action"] == "DROP_HEADER"


def test_traefik_drops_what_clients_write_before_it_asks_and_its_token_before_the_service() -> None:
    [router] = TRAEFIK["http"]["routers"].values()
    order, middlewares = router["middlewares"], TRAEFIK["http"]["middlewares"]
    assert set(order) == set(middlewares)
    assert order.index("from-the-client") < order.index("certificate") < order.index("gate")
    assert order.index("gate") < order.index("from-the-gateway")
    dropped = middlewares["from-the-client"]["headers"]["customRequestHeaders"]
    assert {name.lower() for name in dropped} == STRIPPED | {"client-cert"}
    assert set(dropped.values()) == {""}
    assert middlewares["gate"]["forwardAuth"]["trustForwardHeader"] is False
    assert middlewares["from-the-gateway"]["headers"]["customRequestHeaders"] == {"Authorization": ""}


def test_traefiks_own_settings_are_yaml() -> None:
    assert yaml.safe_load((DEPLOY / "traefik" / "traefik.yaml").read_text())["providers"]["file"]


@pytest.mark.parametrize("proxy", ["envoy", "traefik"])
def test_who_reads_about_it_is_told_that_nobody_ran_it(proxy: str) -> None:
    text = (DEPLOY / proxy / "README.md").read_text()
    assert re.search(rf"\*\*{proxy.title()} itself was never started with this\.\*\*", text)
