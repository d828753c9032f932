"""What somebody had chosen in a form that was not done yet: it waits in the session for the page with that form."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, QueryDict

KEPT: Final = "kept"


def keep(request: HttpRequest, names: tuple[str, ...], *, address: str) -> None:
    """These fields of what was sent, for the page at this address; whatever waited before is forgotten.

    All their values: how many and how much may be sent at once is bounded by the settings (DATA_UPLOAD_MAX_…).
    """
    if request.method == "POST" and names:
        fields = {name: request.POST.getlist(name) for name in names if name in request.POST}
        request.session[KEPT] = {"address": address, "fields": fields}


def kept_for(request: HttpRequest) -> QueryDict | None:
    """What waits for this address, once; None where nothing does."""
    waiting = request.session.get(KEPT)
    if not waiting or waiting["address"] != request.get_full_path() or request.method != "GET":
        return None
    del request.session[KEPT]
    fields = QueryDict(mutable=True)
    for name, values in waiting["fields"].items():
        fields.setlist(name, values)
    return fields


def first_values(fields: QueryDict | None) -> dict[str, str]:
    """As a form wants them to begin with."""
    return {} if fields is None else {name: str(fields[name]) for name in fields}
