"""The gate's rule as a Django view, and a limit by django-ratelimit: what most sites would write."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import django
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.site_settings"
django.setup()

from django_ratelimit.decorators import ratelimit  # noqa: E402

from gate.api.midnights import midnights_around  # noqa: E402
from gate.api.reading import CLIENT_ADDRESS, client_address  # noqa: E402
from gate.keys import AccountKeys  # noqa: E402
from gate.lua import script  # noqa: E402
from gate.store import gate_store  # noqa: E402

_MIDNIGHTS = midnights_around(datetime.now(UTC))
_CROSSING = "0" * 32


def rule(request: HttpRequest) -> HttpResponse:
    """The whole rule in the same script, by redis-py and Django."""
    number = request.headers["Portal-User-Number"]
    client, address = client_address({CLIENT_ADDRESS: request.headers[CLIENT_ADDRESS]})
    keys = AccountKeys.of(number).for_decision
    store = gate_store()
    run_id = request.headers["Bench-Run-Id"]
    arguments: tuple[str | bytes, ...] = ("cov", run_id, "", address, client, _CROSSING, *map(str, _MIDNIGHTS))
    answer = store.eval(script("decide"), len(keys), *keys, *arguments)
    return HttpResponse(status=204 if answer[0] == "ok" else 403)


@ratelimit(key="header:portal-user-number", rate="100000000/d")  # type: ignore[untyped-decorator]
def limited(request: HttpRequest) -> HttpResponse:
    """One window by django-ratelimit, and nothing of the rest of the rule."""
    return HttpResponse(status=204)


urlpatterns = [path("rule", rule), path("limited", limited)]
application = get_wsgi_application()
