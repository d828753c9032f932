"""The contact person's home: who is blocked, and everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import ContactPersonRequest, contact_person_required
from blocking.queries.offers import Offer, offers_by_account
from blocking.queries.user_list import COUNT_CAP, GATHERED, UserList, user_list
from desk.forms import BACK, UserFilterForm, filters_in, search_in, where_in

if TYPE_CHECKING:
    from accounts.models import Account


@dataclass(frozen=True, slots=True)
class Row:
    account: Account
    lines: list[Offer]


@require_safe
@contact_person_required
def list_page(request: ContactPersonRequest) -> HttpResponse:
    search = search_in(request.GET)
    filters = filters_in(search)
    page = user_list(request.organisation, filters, where_in(request.GET))
    rows = _rows(request, page)
    context = {
        "organisation": request.organisation,
        "filter_form": UserFilterForm(initial=search),
        "is_filtered": bool(filters),
        "rows": rows,
        "liftable_count": sum(line.may_lift for row in rows for line in row.lines),
    }
    return render(request, "desk/user_administration/list.html", context | _figures(page) | _links(page, search))


def _rows(request: ContactPersonRequest, page: UserList) -> list[Row]:
    offers = offers_by_account(page.accounts, by=request.actor, at=timezone.now())
    return [Row(account, offers[account.pk]) for account in page.accounts]


def _figures(page: UserList) -> dict[str, object]:
    return {
        "total_count": page.total,
        "total": amount(page.total),
        "blocked": amount(page.blocked),
        "attacked_count": page.attacked,
        "attacked": amount(page.attacked),
        "found_count": page.found,
        "found": f"meer dan {GATHERED}" if page.found is None else amount(page.found),
    }


def amount(counted: int) -> str:
    return f"meer dan {COUNT_CAP}" if counted > COUNT_CAP else str(counted)


def _links(page: UserList, search: dict[str, str]) -> dict[str, str]:
    """Addresses hold what was asked and the public id of an account, never one's name or number."""
    asked = {name: value for name, value in search.items() if value}
    if not page.accounts:
        return {"previous_query": "", "next_query": ""}
    first, last = page.accounts[0].public_id, page.accounts[-1].public_id
    return {
        "previous_query": urlencode(asked | {"page": f"{BACK}{first}"}) if page.has_previous else "",
        "next_query": urlencode(asked | {"page": str(last)}) if page.has_next else "",
    }
