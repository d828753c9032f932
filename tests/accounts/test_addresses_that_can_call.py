"""What may be registered as the address of software is what a caller can have, and what the gate can recognise."""

from __future__ import annotations

import pytest

from accounts.actors import PORTAL
from accounts.models import Account, RegisteredAddress
from accounts.refusals import HoldsIPv4, NetworkTooWide, NobodyCallsFromThere, NoNetwork, Refusal
from accounts.services import register_address
from accounts.services.system_access import network_in
from tests import factories


@pytest.mark.parametrize(
    ("typed", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        (" 192.0.2.7 / 24 ", "192.0.2.0/24"),
        ("2001:DB8::1", "2001:db8::1/128"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
        ("fe80::1", "fe80::1/128"),
        ("127.0.0.1", "127.0.0.1/32"),
        ("10.0.0.0/16", "10.0.0.0/16"),
    ],
)
def test_what_callers_have(typed: str, network: str) -> None:
    assert str(network_in(typed)) == network


@pytest.mark.parametrize(
    "typed",
    ["", "x", "192.0.2.7/33", "fe80::1%eth0", "fe80::1%" + "a" * 60, "fe80::1%\u202egnp", "fe80::%1/64", "\x00"],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(NoNetwork):
        network_in(typed)


@pytest.mark.parametrize("typed", ["::/32", "::/0", "::/64", "::/80", "::ffff:0:0/95", "::ffff:0:0/90"])
def test_a_range_of_ipv6_that_holds_all_of_ipv4(typed: str) -> None:
    with pytest.raises(HoldsIPv4):
        network_in(typed)


@pytest.mark.parametrize(
    "typed", ["0.0.0.0/0", "10.0.0.0/8", "2000::/3", "2001:db8::/31", "::ffff:0:0/96", "224.0.0.0/3"]
)
def test_a_range_that_says_nothing_about_who_calls(typed: str) -> None:
    with pytest.raises(NetworkTooWide):
        network_in(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "0.0.0.0",  # noqa: S104  # an address that was typed
        "0.1.2.0/24",
        "224.0.0.1",
        "239.1.0.0/16",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "ff02::1",
        "ff02::/32",
    ],
)
def test_an_address_that_no_caller_has(typed: str) -> None:
    with pytest.raises(NobodyCallsFromThere):
        network_in(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["fe80::1%" + "a" * 60, "::/32", "224.0.0.1", "fe80::1%\u202egnp"])
def test_nothing_is_registered(noord_software: Account, typed: str) -> None:
    with pytest.raises(Refusal):
        register_address(noord_software, network=typed, by=PORTAL, at=factories.a_moment_ago())
    assert not RegisteredAddress.objects.exists()
