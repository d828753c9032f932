"""The authority of this portal, as the settings have it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from certificates.authority.files import AuthorityUnusable, kept_authority, read_authority
from certificates.authority.interface import Authority


def authority() -> Authority:
    """Raises AuthorityUnusable where there is none, or none that fits."""
    return _settled(
        settings.PORTAL_ISSUING_KEY,
        settings.PORTAL_ISSUING_CHAIN,
        settings.PORTAL_ENVIRONMENT,
        settings.PORTAL_PUBLIC_URL,
        Path(settings.PORTAL_STATE_DIR),
    )


@cache
def _settled(key: str, chain: str, environment: str, base: str, state_dir: Path) -> Authority:
    if key or chain:
        return read_authority(key, chain, environment=environment, base=base)
    if environment == "production":
        raise AuthorityUnusable("PORTAL_ISSUING_KEY and PORTAL_ISSUING_CHAIN are not set.")
    folder = state_dir / "authority" / environment
    return kept_authority(folder, environment=environment, base=base, at=timezone.now())
