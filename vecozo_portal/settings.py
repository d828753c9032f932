"""One settings file: secure values are the defaults, and what differs per deployment comes from `environment()`."""

from psycopg.conninfo import conninfo_to_dict

from vecozo_portal.environment import BASE_DIR, environment

ENV = environment()

# -- who we are ---------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = list(ENV.secret_key_fallbacks)
# Loopback is for health checks. Links never follow the Host header: they start with the public address.
ALLOWED_HOSTS = [ENV.public_host, *ENV.allowed_hosts, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENV.public_url]

INSTALLED_APPS = [
    "vecozo_portal.apps.PortalConfig",
    "desk",
    "gate",
    "certificates",
    "blocking",
    "messagebox",
    "accounts",
    "vecozo_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_otp",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "vecozo_portal.proxies.NamedProxiesMiddleware",
    "vecozo_portal.middleware.EdgeHeadersMiddleware",
    "vecozo_portal.middleware.RequestMetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before whatever may answer by itself, so that refusals wear them too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "vecozo_portal.middleware.BodyLimitMiddleware",
    "vecozo_portal.edge.ReadableMiddleware",
    "vecozo_portal.middleware.CompressForSignedInMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "blocking.middleware.EndedSessionsMiddleware",
    "blocking.middleware.KnownBrowserMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vecozo_portal.middleware.NotAllowedMiddleware",
    "accounts.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "vecozo_portal.urls"
WSGI_APPLICATION = "vecozo_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vecozo_portal.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "accounts.form_renderer.PortalFormRenderer"

# -- signing in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["blocking.backends.GuardedBackend"]
PASSWORD_HASHERS = ["accounts.hashers.PortalArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validation.LengthValidator"},
    {"NAME": "accounts.validation.ContextWordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validation.DutchWordValidator"},
]
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/inloggen/"

# -- database, queue ----------------------------------------------------------------------------------------------


# A server that vanishes without a word is noticed within some fifteen seconds: what was sent is not acknowledged, or a
# connection on which an answer is awaited no longer answers at all. Milliseconds, then seconds.
NOTICED_WHEN_GONE = {
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}


def _database(url: str) -> dict[str, object]:
    parts = dict(conninfo_to_dict(url))
    named = {name.upper(): str(parts.pop(name, "") or "") for name in ("user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.pop("dbname", "") or ""),
        **named,
        # A connection per thread, kept, and looked at before a request uses it: after PostgreSQL was away the next
        # request finds it again by itself, and while it is away a request fails at once instead of waiting for a pool.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**NOTICED_WHEN_GONE, **parts},
    }


DATABASES = {"default": _database(ENV.database_url)}
ATOMIC_REQUESTS = False

CELERY_BROKER_URL = ENV.redis_url
CELERY_BEAT_SWEEP_SECONDS = ENV.delivery_sweep_seconds

# -- language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# -- files --------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENV.state_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# -- mail ---------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if ENV.mail_dir
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = ENV.mail_dir
EMAIL_HOST = ENV.mail_host
EMAIL_PORT = ENV.mail_port
EMAIL_HOST_USER = ENV.mail_user
EMAIL_HOST_PASSWORD = ENV.mail_password
EMAIL_USE_TLS = ENV.mail_tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENV.mail_from

# -- the edge -----------------------------------------------------------------------------------------------------

# Over plain HTTP (the demo) browsers refuse Secure and __Host- cookies, so those follow the public address.
SESSION_ENGINE = "accounts.sessions"
# Only the server ends a session, and the browser forgets its key when it closes.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = ENV.session_idle_seconds
SESSION_COOKIE_NAME = "__Host-sessionid" if ENV.is_https else "sessionid"
SESSION_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if ENV.is_https else "csrftoken"
CSRF_COOKIE_SECURE = ENV.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
PORTAL_BROWSER_COOKIE_NAME = "__Host-known_browser" if ENV.is_https else "known_browser"
CSRF_FAILURE_VIEW = "vecozo_portal.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.is_https
# Only what a named proxy said is left by then: vecozo_portal.proxies drops the header from everybody else.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# "no-referrer" would make browsers send `Origin: null` with our own forms, which Django's CSRF check rightly refuses;
# this tells other sites just as little.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# More than this is answered with 413 before anything reads it; uploads are the largest bodies there are.
PORTAL_LARGEST_BODY_BYTES = 1024 * 1024
# A form of ours has a handful of fields; the bulk lift is the largest, a page of blocks at once.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

# -- logging ------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "vecozo_portal.logs.OneLineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "filters": {
        "outage": {"()": "vecozo_portal.errors.WithoutTraceOfAnOutage"},
        "bad_request": {"()": "vecozo_portal.errors.WithoutTraceOfABadRequest"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outage", "bad_request"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": ENV.log_level, "propagate": True},
        # At DEBUG it prints, for a name that a template does not know, the whole context: what was typed among it.
        "django.template": {"level": "WARNING"},
        # Scanners knock with all kinds of host names; the answer is 400 and the access log has it.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# -- the portal's own ---------------------------------------------------------------------------------------------

PORTAL_ENVIRONMENT = ENV.environment
PORTAL_DEMO = ENV.demo
PORTAL_PUBLIC_URL = ENV.public_url
PORTAL_STATE_DIR = ENV.state_dir
PORTAL_REDIS_URL = ENV.redis_url
PORTAL_GATE_REDIS_URL = ENV.gate_redis_url or ENV.redis_url
PORTAL_GATEWAY_TOKENS = ENV.gateway_tokens
PORTAL_CLIENT_CERT_FORMAT = ENV.client_cert_format
PORTAL_CERTIFICATE_SIGN_IN = ENV.certificate_sign_in
PORTAL_UZI_AUTHORITIES = ENV.uzi_authorities
PORTAL_ISSUING_KEY = ENV.issuing_key
PORTAL_ISSUING_CHAIN = ENV.issuing_chain
PORTAL_PROBATION_QUERIES = ENV.probation_queries
PORTAL_DEMO_SERVICE_URL = ENV.demo_service_url
PORTAL_TRUSTED_PROXIES = ENV.trusted_proxies
PORTAL_METRICS_TOKEN = ENV.metrics_token
PORTAL_METRICS_DIR = ENV.metrics_dir
PORTAL_SECURITY_CONTACT = ENV.security_contact or ENV.support_email
PORTAL_SUPPORT_PHONE = ENV.support_phone
PORTAL_SUPPORT_EMAIL = ENV.support_email
PORTAL_SEALING_KEYS = ENV.sealing_keys
PORTAL_HALF_SIGN_IN_MINUTES = ENV.half_sign_in_minutes
PORTAL_STEP_UP_MINUTES = ENV.step_up_minutes
PORTAL_FAILURE_LIMIT = ENV.failure_limit
PORTAL_CUMULATIVE_CAP = ENV.cumulative_cap
PORTAL_SOURCE_LIMIT = ENV.source_limit
PORTAL_SOURCE_NUMBERS_LIMIT = ENV.source_numbers_limit
PORTAL_REFUSAL_FLOOR_MS = ENV.refusal_floor_ms
PORTAL_EPISODE_MINUTES = ENV.episode_minutes
PORTAL_EPISODE_ACCOUNTS_PER_SOURCE = ENV.episode_accounts_per_source
PORTAL_EPISODE_ACCOUNTS = ENV.episode_accounts
PORTAL_LIFT_BUDGET = ENV.lift_budget
PORTAL_REQUESTS_NEED_APPROVAL = ENV.requests_need_approval
PORTAL_ACTIVATION_DAYS = ENV.activation_days
PORTAL_ATTEMPT_TIMEOUT_SECONDS = ENV.attempt_timeout_seconds
PORTAL_HASHING_PLACES = ENV.hashing_places
PORTAL_HASHING_WAIT_SECONDS = ENV.hashing_wait_seconds
PORTAL_ENTRIES_AT_ONCE = ENV.entries_at_once
PORTAL_ARGON2_MEMORY_KIB = ENV.argon2_memory_kib
PORTAL_ARGON2_PASSES = ENV.argon2_passes
PORTAL_ARGON2_LANES = ENV.argon2_lanes
PORTAL_RESET_LIFTS_PASSWORD_BLOCK = ENV.reset_lifts_password_block
PORTAL_REMOVAL_MINUTES = ENV.removal_minutes
PORTAL_SESSION_IDLE_SECONDS = ENV.session_idle_seconds
PORTAL_SESSION_ABSOLUTE_SECONDS = ENV.session_absolute_seconds
PORTAL_DELIVERY_MAX_TRIES = ENV.delivery_max_tries
PORTAL_DELIVERY_SWEEP_SECONDS = ENV.delivery_sweep_seconds
