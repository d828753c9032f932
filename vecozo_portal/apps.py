from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "vecozo_portal"
    verbose_name = "Portaal"

    def ready(self) -> None:
        # The worker's app becomes the current one, so that services can queue by name without importing the roof.
        from vecozo_portal import celery, checks  # noqa: F401


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site, and so the portal's own door."""

    default_site = "vecozo_portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        # Rights here follow mandates and policy; Django's groups would promise something that is not so.
        from django.contrib import admin
        from django.contrib.auth.models import Group

        admin.site.unregister(Group)
