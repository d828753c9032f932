"""Every address of the portal: the apps bring their own, the roof adds the admin site and what operations ask."""

from django.contrib import admin
from django.urls import include, path

from vecozo_portal import health, metrics, well_known

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.exposition, name="metrics"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path("beheer/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("blocking.urls")),
    path("", include("certificates.urls")),
    path("", include("messagebox.urls")),
    path("demo/", include("vecozo_portal.demo.urls")),
    path("", include("desk.urls")),
]

handler400 = "vecozo_portal.errors.bad_request"
handler403 = "vecozo_portal.errors.permission_denied"
handler404 = "vecozo_portal.errors.page_not_found"
handler500 = "vecozo_portal.errors.server_error"
