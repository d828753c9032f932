"""A copy of what the portal holds on oneself: to take along (GDPR, articles 15 and 20)."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.http import LOOK_OR_SEND
from accounts.services import record_export
from desk.my_account.export import export_of


@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def data_page(request: SignedInRequest) -> HttpResponse:
    """Looking explains, the press gives the file; that is written down, so it is no GET."""
    if request.method != "POST":
        return render(request, "desk/my_account/data.html")
    at = timezone.now()
    copy = json.dumps(export_of(request.user, at), ensure_ascii=False, indent=2)
    record_export(request.user, by=request.actor, at=at)
    name = f"mijn-gegevens-{timezone.localtime(at):%Y-%m-%d}.json"
    return HttpResponse(
        copy, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
