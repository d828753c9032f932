"""Who and what is meant by the names that the store uses."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Account, Service


def account_ids(user_numbers: Collection[str]) -> dict[str, int]:
    return dict(Account.objects.filter(user_number__in=user_numbers).values_list("user_number", "pk"))


def service_ids(codes: Collection[str]) -> dict[str, int]:
    return dict(Service.objects.filter(code__in=codes).values_list("code", "pk"))


def account_named(user_number: str) -> Account | None:
    return Account.objects.filter(user_number=user_number).select_related("organisation").first()


def service_named(code: str) -> Service | None:
    return Service.objects.filter(code=code).first()
