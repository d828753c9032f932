"""Argon2id with the parameters of the settings: OWASP's 46 MiB, 1 pass, 1 lane by default."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Django's Argon2id at 46 MiB instead of 100 MiB and 8 lanes: bounded memory, ADR 0003."""

    def params(self) -> Any:
        self.time_cost = settings.PORTAL_ARGON2_PASSES
        self.memory_cost = settings.PORTAL_ARGON2_MEMORY_KIB
        self.parallelism = settings.PORTAL_ARGON2_LANES
        return super().params()
