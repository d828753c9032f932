"""Which of the deployments this is, above every page: also above those that no context processor reaches."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("components/environment_banner.html")
def environment_banner() -> dict[str, object]:
    return {"environment_name": settings.PORTAL_ENVIRONMENT, "is_demo": settings.PORTAL_DEMO}
