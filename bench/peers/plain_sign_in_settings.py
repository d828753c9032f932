"""The portal's own database and hash, Django's own backend, and the usual middleware."""

from vecozo_portal.environment import BASE_DIR
from vecozo_portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.peers.plain_sign_in"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
AUTHENTICATION_BACKENDS = ["bench.peers.plain_sign_in.Plain"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bench/peers/templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
