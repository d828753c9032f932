"""Prometheus figures, summed over all processes of the portal."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from vecozo_portal.proxies import CAME_THROUGH_A_PROXY, parsed

REQUESTS = Histogram(
    "portal_request_seconds",
    "How long a request took, by address pattern and status",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)


@never_cache
@require_safe
def exposition(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain")
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """With the token; outside production also from loopback without a proxy in between.

    A proxy on the same machine that adds no header looks like loopback, and in production there may be one.
    """
    token = settings.PORTAL_METRICS_TOKEN
    shown = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        return True
    if settings.PORTAL_ENVIRONMENT == "production":
        return False
    address = parsed(request.META.get("REMOTE_ADDR", ""))
    return address is not None and address.is_loopback and not request.META.get(CAME_THROUGH_A_PROXY)


def _registry() -> CollectorRegistry:
    if not settings.PORTAL_METRICS_DIR:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.PORTAL_METRICS_DIR))  # type: ignore[no-untyped-call]
    return registry
