"""The ground floor in Support's admin: to read; acts are on pages of their own. Each module registers itself."""

from accounts.admin import catalogue, log, people

__all__ = ["catalogue", "log", "people"]
