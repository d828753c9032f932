"""System checks: commands refuse to work in a production that is unsafe, and web and worker processes to start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from certificates.authority import AuthorityUnusable, authority
from vecozo_portal.environment import environment
from vecozo_portal.safety import dangers


@register()
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    del app_configs, kwargs
    found = dangers(environment())
    if environment().is_production and settings.DEBUG:
        found.append("DEBUG is on: pages would show code and settings.")
    return [Error(sentence, id=f"portal.E{number:03}") for number, sentence in enumerate(found, start=1)]


@register(deploy=True)
def authority_is_usable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """With `check --deploy`, and where certificates are issued: whoever only migrates or decides holds no key."""
    del app_configs, kwargs
    if not environment().is_production:
        return []
    try:
        authority()
    except AuthorityUnusable as unusable:
        return [Error(str(unusable), id="portal.E100")]
    return []


def refuse_unsafe_production(*, issues: bool = True) -> None:
    """For processes that no command's checks come before. Raises `ImproperlyConfigured` with every sentence.

    `issues`: whether it issues certificates, and so wants the key that signs them.
    """
    found = production_is_safe(None) + (authority_is_usable(None) if issues else [])
    if found:
        raise ImproperlyConfigured("\n".join(["This production is unsafe:", *(f"  {each.msg}" for each in found)]))
