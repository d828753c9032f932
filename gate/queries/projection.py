"""What PostgreSQL holds of accounts, as the gate wants it. Versions are read first: facts may be newer, never older."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network

from django.db.models import Sum

from accounts.choices import AccountKind, AccountState
from accounts.models import Account, AccountVersion, Authorisation, RegisteredAddress
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import Block, Crossing, Probation, ServiceQuota, UsageHour
from blocking.policy import OpenBlock
from blocking.windows import window_start
from certificates.models import Certificate
from gate.policy import Allowance, Projection, ServiceAccess, standing_refusal
from gate.projection import Meter


@dataclass(slots=True)
class _Facts:
    """What was gathered of one account."""

    networks: list[IPv4Network | IPv6Network] = field(default_factory=list)
    certificates: list[tuple[str, int, int]] = field(default_factory=list)
    blocks: list[OpenBlock] = field(default_factory=list)
    services: dict[int, str] = field(default_factory=dict)
    quota_blocked: set[int] = field(default_factory=set)
    allowances: dict[int, Allowance] = field(default_factory=dict)
    lifted_crossings: dict[int, str] = field(default_factory=dict)
    lifted_codes: dict[int, str] = field(default_factory=dict)


# Thousands are read at a time, and most columns of an account are for people.
_OF_AN_ACCOUNT = ("user_number", "kind", "state", "organisation__is_pgb_provider")
_OF_A_BLOCK = ("account_id", "reason", "scope", "service_id")

Limits = Mapping[tuple[int, str], tuple[tuple[str, int], ...]]


def projections_of(account_ids: Iterable[int]) -> list[Projection]:
    """The projections of these accounts, in a fixed number of statements."""
    ids = list(account_ids)
    versions = dict(AccountVersion.objects.filter(pk__in=ids).values_list("account_id", "version"))
    accounts = Account.objects.filter(pk__in=ids).order_by().select_related("organisation").only(*_OF_AN_ACCOUNT)
    facts: defaultdict[int, _Facts] = defaultdict(_Facts)
    _gather_access(ids, facts)
    _gather_blocks(ids, facts)
    _gather_probations(ids, facts)
    limits = _limits({service for each in facts.values() for service in each.services})
    return [_projection(account, versions.get(account.pk, 0), facts[account.pk], limits) for account in accounts]


def account_id_of(user_number: str) -> int | None:
    return Account.objects.filter(user_number=user_number).values_list("pk", flat=True).first()


def meters_of(account_id: int, at: datetime) -> list[Meter]:
    """What was journalled of the days and hours that are running; minutes start empty."""
    rows = UsageHour.objects.filter(account=account_id).order_by()
    return [
        Meter(code, window.value, int(start.timestamp()), queries)
        for window in (QuotaWindow.DAY, QuotaWindow.HOUR)
        for start in (window_start(window, at),)
        for code, queries in rows.filter(hour__gte=start).values_list("service__code").annotate(Sum("queries"))
    ]


def _gather_access(ids: list[int], facts: defaultdict[int, _Facts]) -> None:
    for address in RegisteredAddress.objects.filter(account__in=ids):
        facts[address.account_id].networks.append(address.as_network)
    for certificate in Certificate.objects.installed().filter(account__in=ids):
        since, until = (int(each.timestamp()) for each in (certificate.valid_from, certificate.valid_until))
        facts[certificate.account_id].certificates.append((certificate.fingerprint, since, until))
    given = Authorisation.objects.filter(account__in=ids).order_by()
    for account_id, service_id, code in given.values_list("account_id", "service_id", "service__code"):
        facts[account_id].services[service_id] = code


def _gather_blocks(ids: list[int], facts: defaultdict[int, _Facts]) -> None:
    for block in Block.objects.open().filter(account__in=ids).order_by().only(*_OF_A_BLOCK):
        facts[block.account_id].blocks.append(block.as_open_block)
        if block.reason == BlockReason.QUOTA and block.service_id:
            facts[block.account_id].quota_blocked.add(block.service_id)
    lifted = Crossing.objects.filter(block__account__in=ids, block__lifted_at__isnull=False)
    one_each = ("block__account_id", "block__service_id")
    newest = lifted.order_by(*one_each, "-block__lifted_at", "-crossed_at").distinct(*one_each)
    found = newest.values_list(*one_each, "block__service__code", "crossing_id")
    for account_id, service_id, code, crossing_id in found:
        facts[account_id].lifted_crossings[service_id] = crossing_id.hex
        facts[account_id].lifted_codes[service_id] = code


def _gather_probations(ids: list[int], facts: defaultdict[int, _Facts]) -> None:
    one_each = ("account_id", "service_id")
    newest = Probation.objects.filter(account__in=ids).order_by(*one_each, "-granted_at", "-pk").distinct(*one_each)
    for probation in newest:
        until = int(probation.valid_until.timestamp())
        allowance = Allowance(probation.pk, probation.queries, until, probation.used)
        facts[probation.account_id].allowances[probation.service_id] = allowance


def _limits(services: set[int]) -> Limits:
    found: defaultdict[tuple[int, str], tuple[tuple[str, int], ...]] = defaultdict(tuple)
    for quota in ServiceQuota.objects.filter(service__in=services).order_by("window"):
        found[quota.service_id, quota.kind] += ((quota.window, quota.limit),)
    return found


def _projection(account: Account, version: int, facts: _Facts, limits: Limits) -> Projection:
    kind, organisation = AccountKind(account.kind), account.organisation
    is_pgb_provider = organisation is not None and organisation.is_pgb_provider
    return Projection(
        account_id=account.pk,
        version=version,
        user_number=account.user_number,
        kind=kind,
        refusal=standing_refusal(AccountState(account.state), kind, facts.blocks, is_pgb_provider=is_pgb_provider),
        networks=tuple(facts.networks),
        certificates=tuple(facts.certificates),
        services={
            code: ServiceAccess(
                limits=limits.get((service_id, kind.value), ()),
                is_blocked=service_id in facts.quota_blocked,
                allowance=facts.allowances.get(service_id),
                lifted_crossing=facts.lifted_crossings.get(service_id, ""),
            )
            for service_id, code in facts.services.items()
        },
        lifted_elsewhere={
            facts.lifted_codes[service_id]: crossing
            for service_id, crossing in facts.lifted_crossings.items()
            if service_id not in facts.services
        },
    )
