"""Whatever a certificate holds, the answer is a card or none."""

from __future__ import annotations

from contextlib import nullcontext, suppress

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.headers import Malformed, read_certificate
from certificates.uzi import Card, NoCard, read_card
from tests.certificates.uzi_cards import OTHER_NAME, UziAuthority, ia5, told, usage
from tests.gate.client_certificates import Shown, client_certificate

REGISTER = UziAuthority()
CARD = REGISTER.issues()
DER = Shown(CARD).der


def test_the_layout_of_the_register_is_read():
    assert read_card(CARD) == Card("900012345", "Z", "90000111")
    assert read_card(REGISTER.issues(uzi_number="0000006666")).uzi_number == "0000006666"


@pytest.mark.parametrize(("card_type", "is_named"), [("Z", True), ("N", True), ("M", False), ("S", False)])
def test_only_two_kinds_name_a_person(card_type, is_named):
    assert read_card(REGISTER.issues(card_type=card_type)).names_a_person is is_named


@pytest.mark.parametrize(
    "value",
    [
        b"\x16\x00",
        b"\x16\x81\x80" + b"a" * 128,
        b"\x04\x03abc",
        ia5("abc"),
        ia5(told() + "\n"),
        ia5(f" {told()}"),
        ia5(told().replace("-Z-", "-ZZ-")),
        ia5(told().replace("900012345", "90001234a")),
        ia5(told().replace("-Z-", "--")),
        ia5(told().replace("900012345", "9" * 11)),
        b"\x0c" + bytes([len(told().encode())]) + told().replace("900012345", "٩" * 4 + "1").encode(),
    ],
)
def test_anything_else_is_no_card(value):
    with pytest.raises(NoCard):
        read_card(REGISTER.issues(value))


def test_two_of_them_are_none():
    with pytest.raises(NoCard):
        read_card(REGISTER.issues(more=(x509.OtherName(OTHER_NAME, ia5(told("900099999"))),)))


def test_other_names_beside_it_do_not_matter():
    assert read_card(REGISTER.issues(more=(x509.DNSName("pas.test"), x509.RegisteredID(OTHER_NAME)))).card_type == "Z"


def test_the_cards_other_keys_are_no_card():
    with pytest.raises(NoCard):
        read_card(REGISTER.issues(key_usage=usage(signs=False)))


def test_a_certificate_without_any_of_it_is_no_card():
    with pytest.raises(NoCard):
        read_card(client_certificate().certificate)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([0x16, 0x0C, 0x13, 0x04]), st.one_of(st.binary(max_size=127), st.just(told().encode())))
def test_whatever_the_name_holds(tag, text):
    value = bytes([tag, len(text)]) + text
    is_card = text == told().encode() and tag in {0x16, 0x0C}
    with nullcontext() if is_card else pytest.raises(NoCard):
        read_card(REGISTER.issues(value))


@settings(max_examples=500, deadline=None)
@given(st.integers(0, len(DER) - 1), st.binary(min_size=1, max_size=4), st.sampled_from(["put", "cut", "insert"]))
def test_whatever_is_broken_in_the_certificate(place, bytes_put, how):
    broken = {
        "put": DER[:place] + bytes_put + DER[place + len(bytes_put) :],
        "cut": DER[:place],
        "insert": DER[:place] + bytes_put + DER[place:],
    }[how]
    with suppress(NoCard, ValueError, x509.InvalidVersion):
        read_card(x509.load_der_x509_certificate(broken))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["rfc9440", "nginx", "traefik"]))
def test_whatever_stands_in_the_header(header, how):
    with pytest.raises(Malformed):
        read_certificate(header, how)
