"""Headers of a question: what is believed, and which mistake is told."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.api.certificates import NamedProxies
from gate.api.mistakes import Mistake
from gate.api.reading import HEADERS_MAX_LENGTH, Reader, Tokens, client_address
from tests.gate.client_certificates import client_certificate

NUMBER, CERTIFICATE = "20000000000017", client_certificate()
PEER, STRANGER = "192.0.2.1:4711", "198.51.100.1:4711"
PROXIES = NamedProxies("192.0.2.0/28 2001:db8::/64", loopback_counts=True)


class Given:
    """Headers as granian gives them; `garbled` are those whose value is no UTF-8."""

    def __init__(self, *pairs: tuple[str, str], garbled: Iterable[str] = ()) -> None:
        self.pairs = list(pairs)
        self.names = {name for name, _ in pairs} | set(garbled)

    def items(self) -> list[tuple[str, str]]:
        return self.pairs

    def __contains__(self, name: str) -> bool:
        return name in self.names


def read(headers: Given, peer: str = PEER, how: str = "rfc9440") -> tuple[str, str]:
    reader = Reader(PROXIES, how)
    return reader.identity(headers, reader.fields(headers), peer)


def mistake(headers: Given, peer: str = PEER) -> str:
    with pytest.raises(Mistake) as told:
        read(headers, peer)
    return told.value.problem.kind


def number(value: str = NUMBER) -> tuple[str, str]:
    return "portal-user-number", value


def certificate(value: str = CERTIFICATE.rfc9440) -> tuple[str, str]:
    return "client-cert", value


def test_an_account_is_told_by_number_or_by_certificate() -> None:
    assert read(Given(number())) == (NUMBER, "")
    assert read(Given(certificate())) == ("", CERTIFICATE.fingerprint)


def test_each_proxy_writes_a_certificate_its_own_way() -> None:
    assert read(Given(certificate(CERTIFICATE.nginx)), how="nginx")[1] == CERTIFICATE.fingerprint
    for told in (CERTIFICATE.traefik, f"{CERTIFICATE.traefik},{client_certificate().traefik}"):
        headers = Given(("x-forwarded-tls-client-cert", told))
        assert read(headers, how="traefik")[1] == CERTIFICATE.fingerprint


def test_neither_or_both_is_a_mistake() -> None:
    assert mistake(Given()) == "no-identity"
    assert mistake(Given(number(), certificate())) == "two-identities"
    assert mistake(Given(number(), garbled=["client-cert"])) == "two-identities"
    assert mistake(Given(certificate(), garbled=["portal-user-number"])) == "two-identities"


@pytest.mark.parametrize(
    "value", ["", "2000000000001", "200000000000177", "2000000000001a", "²0000000000017", "-" * 14]
)
def test_a_user_number_has_fourteen_digits(value: str) -> None:
    assert mistake(Given(number(value))) == "user-number"


def test_a_garbled_number_is_no_missing_one() -> None:
    assert mistake(Given(garbled=["portal-user-number"])) == "user-number"


@pytest.mark.parametrize(
    "value", ["", ":", "::", ":a:", "a", ":AAAA:", CERTIFICATE.rfc9440[:-9] + ":", CERTIFICATE.nginx, ":\u20ac:"]
)
def test_what_is_no_certificate_is_malformed(value: str) -> None:
    assert mistake(Given(certificate(value))) == "malformed-certificate"


def test_a_garbled_certificate_is_malformed() -> None:
    assert mistake(Given(garbled=["client-cert"])) == "malformed-certificate"


def test_a_certificate_is_believed_from_named_proxies_only() -> None:
    assert mistake(Given(certificate()), STRANGER) == "unnamed-proxy"
    assert mistake(Given(certificate()), "127.0.0.1:4711") == "unnamed-proxy"
    assert read(Given(certificate()), "[2001:db8::7]:4711")[1] == CERTIFICATE.fingerprint
    assert read(Given(certificate()), "[::ffff:192.0.2.1]:4711")[1] == CERTIFICATE.fingerprint


def test_where_none_is_named_loopback_counts_or_nobody_does() -> None:
    assert "127.0.0.1:1" in NamedProxies("", loopback_counts=True)
    assert "[::1]:1" in NamedProxies("", loopback_counts=True)
    assert PEER not in NamedProxies("", loopback_counts=True)
    assert "127.0.0.1:1" not in NamedProxies("", loopback_counts=False)


@pytest.mark.parametrize("name", ["authorization", "portal-user-number", "portal-client-address", "client-cert"])
def test_a_header_that_is_read_may_stand_there_once(name: str) -> None:
    assert mistake(Given((name, "a"), (name, "a"))) == "repeated-header"


def test_others_may_be_repeated() -> None:
    assert read(Given(("via", "a"), ("via", "b"), number())) == (NUMBER, "")


def test_headers_have_a_size() -> None:
    assert mistake(Given(number(), ("cookie", "a" * HEADERS_MAX_LENGTH))) == "headers"
    assert mistake(Given(certificate(":" + "a" * 20_000 + ":"))) == "headers"


@pytest.mark.parametrize(
    ("told", "text", "digits"),
    [
        ("192.0.2.9", "192.0.2.9", "00000000000000000000ffffc0000209"),
        ("::ffff:192.0.2.9", "192.0.2.9", "00000000000000000000ffffc0000209"),
        ("2001:DB8::1", "2001:db8::/64", "20010db8000000000000000000000001"),
        ("2001:db8::ffff:0:0:2", "2001:db8::/64", "20010db800000000ffff000000000002"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64", "20010db8000000010000000000000001"),
    ],
)
def test_a_callers_address_has_one_form(told: str, text: str, digits: str) -> None:
    assert client_address({"portal-client-address": told}) == (text, digits)


@pytest.mark.parametrize("told", ["", "a", "192.0.2", "192.0.2.9, 10.0.0.1", "192.0.2.9:80", "fe80::1%eth0", "1" * 99])
def test_what_is_no_address_is_a_mistake(told: str) -> None:
    with pytest.raises(Mistake, match="client-address"):
        client_address({"portal-client-address": told})


FORWARDED = {"x-forwarded-for": "192.0.2.9"}


def test_traefik_tells_the_address_its_own_way_where_it_is_named() -> None:
    assert Reader(PROXIES, "traefik").address(FORWARDED, PEER)[0] == "192.0.2.9"
    both = FORWARDED | {"portal-client-address": "198.51.100.1"}
    assert Reader(PROXIES, "traefik").address(both, PEER)[0] == "198.51.100.1"


@pytest.mark.parametrize(("how", "peer"), [("rfc9440", PEER), ("nginx", PEER), ("traefik", "203.0.113.7")])
def test_nobody_else_is_believed_about_a_forwarded_address(how: str, peer: str) -> None:
    with pytest.raises(Mistake, match="client-address"):
        Reader(PROXIES, how).address(FORWARDED, peer)


@pytest.mark.parametrize("told", ["192.0.2.9, 10.0.0.1", "unknown", "", "192.0.2.9:80"])
def test_a_forwarded_address_is_one_address(told: str) -> None:
    with pytest.raises(Mistake, match="client-address"):
        Reader(PROXIES, "traefik").address({"x-forwarded-for": told}, PEER)


def test_a_second_forwarded_address_is_somebody_elses() -> None:
    twice = Given(number(), ("x-forwarded-for", "192.0.2.9"), ("x-forwarded-for", "192.0.2.10"))
    with pytest.raises(Mistake):
        Reader(PROXIES, "traefik").fields(twice)


def test_tokens_are_compared_whole() -> None:
    tokens = Tokens(["a" * 32, "b" * 32])
    assert tokens.knows("Bearer " + "a" * 32)
    assert tokens.knows("Bearer " + "b" * 32)
    assert tokens.knows("Bearer " + "b" * 32), "also the second time"
    shown = [None, "", "Bearer", "Bearer ", "a" * 32, "Basic " + "a" * 32, "Bearer " + "a" * 31, "Bearer " + "a" * 33]
    assert not [each for each in [*shown, "Bearer " + "A" * 32, "Bearer " + "c" * 9_999] if tokens.knows(each)]


def test_without_tokens_nobody_may_ask() -> None:
    assert not Tokens([]).knows("Bearer ")


NAMES = ["authorization", "portal-user-number", "portal-client-address", "client-cert", "cookie"]
VALUES = st.one_of(
    st.text(max_size=60), st.sampled_from([NUMBER, "192.0.2.9", CERTIFICATE.rfc9440, CERTIFICATE.nginx, "Bearer x"])
)


@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6), garbled=st.sets(st.sampled_from(NAMES)))
def test_whatever_headers_say_it_is_an_identity_or_a_told_mistake(
    pairs: list[tuple[str, str]], garbled: set[str]
) -> None:
    for how in ("rfc9440", "nginx", "traefik"):
        told = _identity_or_status(Reader(PROXIES, how), Given(*pairs, garbled=garbled))
        assert told in range(400, 500) if isinstance(told, int) else bool(told[0]) != bool(told[1])


def _identity_or_status(reader: Reader, headers: Given) -> tuple[str, str] | int:
    try:
        fields = reader.fields(headers)
        client_address(fields)
        assert not Tokens(["x" * 32]).knows(fields.get("authorization"))
        return reader.identity(headers, fields, PEER)
    except Mistake as told:
        return told.problem.status
