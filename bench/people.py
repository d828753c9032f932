"""More people for the gate's figures, made through the services. What is imported here wants settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Account


def software_with_a_quota(beside: Account, code: str, *, limit: int, accounts: int) -> list[str]:
    """User numbers of this organisation that may query a service of their own, so many times a day each."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.actors import PORTAL  # noqa: PLC0415
    from accounts.choices import AccountKind, AccountState, LegalBasis  # noqa: PLC0415
    from accounts.models import Service  # noqa: PLC0415
    from accounts.services import authorise, create_account  # noqa: PLC0415
    from blocking.choices import QuotaWindow  # noqa: PLC0415
    from blocking.services.quota import set_quota  # noqa: PLC0415

    at, home = timezone.now(), beside.organisation
    service = Service.objects.create(code=code, name=code, legal_basis=LegalBasis.ZVW)
    set_quota(service, kind=AccountKind.PERSONAL, window=QuotaWindow.DAY, limit=limit, by=PORTAL, at=at)
    made = [
        create_account(organisation=home, name=f"{code} {number}", state=AccountState.ACTIVE, by=PORTAL, at=at)
        for number in range(accounts)
    ]
    for account in made:
        authorise(account, service=service, by=PORTAL, at=at)
    return [account.user_number for account in made]


def somebody_at_support() -> Account:
    from django.utils import timezone  # noqa: PLC0415

    from accounts.actors import PORTAL  # noqa: PLC0415
    from accounts.choices import AccountState  # noqa: PLC0415
    from accounts.services import create_account  # noqa: PLC0415

    return create_account(organisation=None, name="Support", state=AccountState.ACTIVE, by=PORTAL, at=timezone.now())


def contact_person_beside(account: Account) -> None:
    """Somebody who reads the messages of this account's organisation."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.actors import PORTAL  # noqa: PLC0415
    from accounts.choices import AccountState, MandateRank  # noqa: PLC0415
    from accounts.services import create_account, grant_mandate  # noqa: PLC0415

    at = timezone.now()
    reader = create_account(
        organisation=account.organisation,
        name="Lezer",
        email="lezer@voorbeeld.test",
        state=AccountState.ACTIVE,
        by=PORTAL,
        at=at,
    )
    grant_mandate(reader, rank=MandateRank.FIRST, valid_from=at, by=PORTAL, at=at)
