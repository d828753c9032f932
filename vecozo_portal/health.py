"""Whether the portal lives, and whether it can work."""

from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.decorators import without_factor
from vecozo_portal.celery import BROKER_TIMEOUT_SECONDS

State = Literal["ok", "away"]


@without_factor
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("ok", content_type="text/plain")


@without_factor
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Without the database nothing works (503); without the broker signing in goes on and notices wait (degraded)."""
    del request
    states = {"database": _database(), "broker": _broker()}
    status = "unavailable" if states["database"] == "away" else "ok" if states["broker"] == "ok" else "degraded"
    return JsonResponse({"status": status, **states}, status=503 if status == "unavailable" else 200)


def _database() -> State:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _broker() -> State:
    patience = {"socket_timeout": BROKER_TIMEOUT_SECONDS, "socket_connect_timeout": BROKER_TIMEOUT_SECONDS}
    try:
        with Redis.from_url(settings.PORTAL_REDIS_URL, retry=Retry(NoBackoff(), 0), **patience) as broker:
            broker.ping()
    except RedisError:
        return "away"
    return "ok"
