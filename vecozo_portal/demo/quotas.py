"""The demo's quotas and addresses. Every figure is invented: how much one may really query is nobody's business here.

They are given once: whoever changes one in the portal finds it as they left it after the next start.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, AuditEvent, Service
from accounts.services import register_address
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from vecozo_portal.demo.cast import CAST
from vecozo_portal.demo.catalogue import CLAIMS, COV, WLZ

COV_PERSONAL_A_DAY: Final = 500
COV_SYSTEM_A_DAY: Final = 100
QUOTAS: Final = (
    (COV, AccountKind.SYSTEM, QuotaWindow.DAY, COV_SYSTEM_A_DAY),
    (COV, AccountKind.PERSONAL, QuotaWindow.DAY, COV_PERSONAL_A_DAY),
    (CLAIMS, AccountKind.SYSTEM, QuotaWindow.HOUR, 60),
    (CLAIMS, AccountKind.SYSTEM, QuotaWindow.DAY, 400),
    (WLZ, AccountKind.SYSTEM, QuotaWindow.MINUTE, 30),
)
# Where `make demo-queries` and whoever tries the gate on this machine call from.
ADDRESSES: Final = ("127.0.0.1", "::1")


@transaction.atomic
def give_quotas(*, at: datetime) -> None:
    if AuditEvent.objects.filter(slug="account:quota:set").exists():
        return
    for code, kind, window, limit in QUOTAS:
        set_quota(Service.objects.get(code=code), kind=kind, window=window, limit=limit, by=PORTAL, at=at)


@transaction.atomic
def register_addresses(*, at: datetime) -> None:
    numbers = [person.user_number for person in CAST if person.kind == AccountKind.SYSTEM]
    for account in Account.objects.filter(user_number__in=numbers):
        if not AuditEvent.objects.filter(account=account, slug="account:address:registered").exists():
            for address in ADDRESSES:
                register_address(account, network=address, by=PORTAL, at=at, note="Deze machine (demo)")
