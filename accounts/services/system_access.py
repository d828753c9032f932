"""What an account may query, and from where."""

from __future__ import annotations

from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Account, Authorisation, RegisteredAddress, Service
from accounts.refusals import AddressRegisteredAlready, NetworkTooWide, NoNetwork, NotASystemAccount
from accounts.services.audit import record
from accounts.services.changes import announce_change

# A wider range would say nothing about who calls.
WIDEST = {4: 16, 6: 32}
# ::ffff:192.0.2.7 is written with so many bits before the IPv4 address (RFC 4291).
MAPPED_PREFIX_BITS = 96


def network_in(text: str) -> IPv4Network | IPv6Network:
    """The network that somebody typed; host bits are cleared, a mapped IPv4 address is that address.

    Raises NoNetwork or NetworkTooWide.
    """
    try:
        network = ip_network("".join(text.split()), strict=False)
    except ValueError:
        raise NoNetwork from None
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    if mapped is not None and network.prefixlen >= MAPPED_PREFIX_BITS:
        network = ip_network(f"{mapped}/{network.prefixlen - MAPPED_PREFIX_BITS}", strict=False)
    if network.prefixlen < WIDEST[network.version]:
        raise NetworkTooWide
    return network


def register_address(account: Account, *, network: str, by: Actor, at: datetime, note: str = "") -> RegisteredAddress:
    """Let a system account's software call from here. Audited; known at the gate within a second.

    Raises NoNetwork, NetworkTooWide, NotASystemAccount or AddressRegisteredAlready; whether `by` may is asked before.
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
    """Let the account query the service; once is enough. Audited."""
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
