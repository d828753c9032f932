from __future__ import annotations

import uuid
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from accounts.models.account import Account

# "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128" is the longest there is.
NETWORK_MAX_LENGTH = 49


class RegisteredAddress(models.Model):
    """A network from which a system account may query services; one address is a network of its own.

    Kept as `ipaddress` writes it, so that the same network cannot stand there twice in two spellings.
    """

    # The database gives one as well, for rows of the version before.
    public_id = models.UUIDField(
        "openbaar kenmerk", default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="registered_addresses")
    network = models.CharField("adres of reeks", max_length=NETWORK_MAX_LENGTH)
    note = models.CharField("omschrijving", max_length=100, blank=True)
    registered_at = models.DateTimeField("geregistreerd op")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geregistreerd door",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "geregistreerd adres"
        verbose_name_plural = "geregistreerde adressen"
        ordering = ("network",)
        constraints = (models.UniqueConstraint(fields=("account", "network"), name="address_once_per_account"),)

    def __str__(self) -> str:
        return self.network

    @property
    def in_words(self) -> str:
        """As people write it: one address without the number of its bits."""
        network = self.as_network
        return str(network.network_address) if network.num_addresses == 1 else self.network

    @property
    def as_network(self) -> IPv4Network | IPv6Network:
        return ip_network(self.network)

    def holds(self, other: RegisteredAddress) -> bool:
        """Whether a call from any address of the other one is let in by this one."""
        mine, theirs = self.as_network, other.as_network
        return mine.version == theirs.version and theirs.subnet_of(mine)  # type: ignore[arg-type]
