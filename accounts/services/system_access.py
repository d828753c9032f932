"""What an account may query, and from where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Account, Authorisation, RegisteredAddress, Service
from accounts.refusals import (
    AddressRegisteredAlready,
    HoldsIPv4,
    NetworkTooWide,
    NobodyCallsFromThere,
    NoNetwork,
    NotASystemAccount,
)
from accounts.services.audit import record
from accounts.services.changes import announce_change
from accounts.services.room import insist_on_room

# A wider range would say nothing about who calls.
WIDEST = {4: 16, 6: 32}
# All of IPv4, written as IPv6 (RFC 4291): a range that holds it says nothing about who calls.
MAPPED = IPv6Network("::ffff:0:0/96")
# "This network", groups, and what is kept for later with the broadcast address (RFC 6890); the same in IPv6.
NOBODY = tuple(map(ip_network, ("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8")))


def network_in(text: str) -> IPv4Network | IPv6Network:
    """The network that somebody typed; host bits are cleared, a mapped IPv4 address is that address.

    Raises NoNetwork, NetworkTooWide, HoldsIPv4 or NobodyCallsFromThere.
    """
    network = _without_mapping(_read("".join(text.split())))
    if isinstance(network, IPv6Network) and network.overlaps(MAPPED):
        raise HoldsIPv4
    if network.prefixlen < WIDEST[network.version]:
        raise NetworkTooWide
    if nobody_calls_from(network):
        raise NobodyCallsFromThere
    return network


def _read(typed: str) -> IPv4Network | IPv6Network:
    """A zone means something on one machine only, so an address with one is none here."""
    try:
        network = ip_network(typed, strict=False)
    except ValueError:
        raise NoNetwork from None
    if isinstance(network, IPv6Network) and "%" in typed:
        raise NoNetwork
    return network


def _without_mapping(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    if mapped is None or network.prefixlen < MAPPED.prefixlen:
        return network
    return ip_network(f"{mapped}/{network.prefixlen - MAPPED.prefixlen}", strict=False)


def nobody_calls_from(network: IPv4Network | IPv6Network) -> bool:
    """Nothing in it can be the address of who calls: no address yet, groups, or kept for later."""
    return any(network.version == each.version and network.subnet_of(each) for each in NOBODY)  # type: ignore[arg-type]


def register_address(account: Account, *, network: str, by: Actor, at: datetime, note: str = "") -> RegisteredAddress:
    """Let a system account's software call from here. Audited; known at the gate within a second.

    Raises what `network_in` raises, NotASystemAccount or AddressRegisteredAlready; whether `by` may is asked before.
    """
    if not account.is_system:
        raise NotASystemAccount
    canonical = str(network_in(network))
    try:
        with transaction.atomic():
            registered = RegisteredAddress.objects.create(
                account=account, network=canonical, note=note, registered_at=at, registered_by=by.account
            )
            record("account:address:registered", by=by, at=at, account=account, parameters={"network": canonical})
            announce_change([account.pk])
    except IntegrityError:
        raise AddressRegisteredAlready from None
    return registered


@transaction.atomic
def remove_address(address: RegisteredAddress, *, by: Actor, at: datetime) -> None:
    """From now on calls from there are refused. Audited; nothing happens where it was removed already."""
    removed, _ = RegisteredAddress.objects.filter(pk=address.pk).delete()
    if removed:
        account = address.account
        record("account:address:removed", by=by, at=at, account=account, parameters={"network": address.network})
        announce_change([account.pk])


@transaction.atomic
def authorise(account: Account, *, service: Service, by: Actor, at: datetime) -> Authorisation:
    """Let the account query the service; once is enough. Audited. Raises LegalBasisFull."""
    insist_on_room(account, [service])
    return _grant(account, service, by=by, at=at)


@transaction.atomic
def authorise_for(account: Account, services: Collection[Service], *, by: Actor, at: datetime) -> None:
    """The same for several: all of them, or none. Raises LegalBasisFull with every legal basis that has no room."""
    insist_on_room(account, services)
    for service in services:
        _grant(account, service, by=by, at=at)


def _grant(account: Account, service: Service, *, by: Actor, at: datetime) -> Authorisation:
    given, is_new = Authorisation.objects.get_or_create(
        account=account, service=service, defaults={"granted_at": at, "granted_by": by.account}
    )
    if is_new:
        record("account:authorisation:granted", by=by, at=at, account=account, parameters={"service": service.name})
        announce_change([account.pk])
    return given


@transaction.atomic
def withdraw_authorisation(account: Account, *, service: Service, by: Actor, at: datetime) -> None:
    """From now on the account may not query the service. Audited; nothing happens where it could not before."""
    withdrawn, _ = Authorisation.objects.filter(account=account, service=service).delete()
    if withdrawn:
        record("account:authorisation:withdrawn", by=by, at=at, account=account, parameters={"service": service.name})
        announce_change([account.pk])
