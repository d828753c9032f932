"""The only reader of the process's environment.

Every setting is a field below, or of `CertificateSettings`, with a sentence that ends up in docs/settings.md. Values
come from, in this order: `PORTAL_<NAME>`, a file named in `PORTAL_<NAME>_FILE`, a file `/run/secrets/portal_<name>`,
and, for manage.py where no deployment brought a key, `.data/portal.env`, which `make run` writes so that commands by
hand find the running engines.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from vecozo_portal.certificate_settings import CertificateSettings
from vecozo_portal.setting_files import PREFIX, FilesSource
from vecozo_portal.setting_mistakes import sentences
from vecozo_portal.setting_values import Words, a_limit, a_postgres_address, a_redis_address, an_http_address, networks

BASE_DIR: Final = Path(__file__).resolve().parent.parent
SECRETS_DIR: Final = Path("/run/secrets")


class EnvironmentMistake(Exception):
    """Settings that cannot be used: all of them at once, one a line, and never with the value that was given."""


class Environment(CertificateSettings):
    """The settings of one running portal, read once."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    environment: Literal["production", "acceptance", "test"] = Field(
        default="production", description="Which of the three separate deployments this is; shown as a banner."
    )
    demo: bool = Field(
        default=False,
        description="Demo organisations and their people, and the page with sent mail. Never in production.",
    )
    secret_key: str = Field(repr=False, description="Signs cookies and links: at least 50 random characters.")
    secret_key_fallbacks: Words = Field(
        default=(), repr=False, description="Earlier secret keys, separated by spaces; still accepted, no longer used."
    )
    sealing_keys: Words = Field(
        default=(),
        repr=False,
        description="Keys that seal readable secrets in the database (keys of authenticator apps), newest first, by"
        " spaces; the first seals, all open; at least 32 random characters each. Empty: made from the secret keys, so"
        " an earlier secret key must then stay among the fallbacks.",
    )
    database_url: Annotated[str, AfterValidator(a_postgres_address)] = Field(
        repr=False, description="PostgreSQL, as postgresql://user:password@host:port/name."
    )
    redis_url: Annotated[str, AfterValidator(a_redis_address)] = Field(
        repr=False, description="The Redis-compatible server that carries the worker's queue."
    )
    gate_redis_url: Annotated[str, AfterValidator(a_redis_address)] = Field(
        default="",
        repr=False,
        validate_default=False,
        description="The Redis-compatible server or cluster in which the gate counts; empty: the one of the queue.",
    )
    gateway_tokens: Words = Field(
        default=(),
        repr=False,
        description="Tokens of the gateways that may ask the gate, by spaces; at least 32 characters each.",
    )
    probation_queries: int = Field(
        default=50, ge=0, description="Queries past the quota that are proposed when Support lifts a quota block."
    )
    demo_service_url: Annotated[str, AfterValidator(an_http_address)] = Field(
        default="",
        validate_default=False,
        description="Where the demo's service behind the gate answers; `make run` sets it for `make demo-queries`.",
    )
    public_url: Annotated[str, AfterValidator(an_http_address)] = Field(
        default="http://localhost:8000", description="Where people reach the portal; links in mail start with it."
    )
    allowed_hosts: Words = Field(
        default=(), description="Host names answered beside the one in the public address, separated by spaces."
    )
    trusted_proxies: Annotated[str, AfterValidator(networks)] = Field(
        default="",
        description="Addresses or networks of proxies whose forwarding headers are believed, by spaces. They must drop"
        " header names with an underscore (nginx does): `X_Forwarded_For` would be read as `X-Forwarded-For`.",
    )
    state_dir: Path = Field(
        default=BASE_DIR / ".data",
        description="Where a running portal keeps its files: engines, mail, metrics, static.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important log line that is still written."
    )
    metrics_token: str = Field(
        default="",
        repr=False,
        description="Bearer token for /metrics; without it only loopback may ask, and in production nobody.",
    )
    security_contact: str = Field(
        default="",
        description="Address in /.well-known/security.txt for who found a weakness; empty: Support's e-mail.",
    )

    mail_dir: Path | None = Field(default=None, description="Write mail as files in this folder instead of sending it.")
    mail_host: str = Field(default="localhost", description="Mail server.")
    mail_port: int = Field(default=25, ge=1, le=65535, description="Port of the mail server.")
    mail_user: str = Field(default="", description="Name to sign in to the mail server with; empty: without.")
    mail_password: str = Field(default="", repr=False, description="Password for the mail server.")
    mail_tls: bool = Field(default=False, description="Ask the mail server for STARTTLS.")
    mail_from: str = Field(default="Portaal <noreply@portaal.example>", description="Sender of all mail.")
    support_phone: str = Field(default="0800 000 00 00", description="Support's telephone number, as people read it.")
    support_email: str = Field(default="support@portaal.example", description="Support's e-mail address.")

    half_sign_in_minutes: int = Field(
        default=10,
        ge=1,
        description="How long somebody who gave the right password may take to show the second factor (as long as NIST"
        " SP 800-63B-4 lets a code that was sent live).",
    )
    step_up_minutes: int = Field(
        default=15, ge=1, description="How old a second factor may be for an act that matters, such as lifting a block."
    )

    failure_limit: int = Field(default=5, ge=1, description="Wrong entries after which a secret blocks.")
    cumulative_cap: int = Field(default=100, ge=1, description="Wrong entries in all after which a secret is void.")
    source_limit: Annotated[str, AfterValidator(a_limit)] = Field(
        default="60/minute",
        description="Refused entries from one source, IPv4 address or IPv6 /64, before it waits (429): as `60/minute`,"
        " several by `;`; `off` for measurements.",
    )
    source_numbers_limit: Annotated[str, AfterValidator(a_limit)] = Field(
        default="8 per 10 minutes;40 per day",
        description="User numbers, existing or not, of which one source may spend all tries before browsers that are"
        " not known wait there (429). `off`, as the source limit itself, for measurements.",
    )
    refusal_floor_ms: int = Field(
        default=20,
        ge=0,
        description="Refused entries take so long from hash to answer, or as long as opening a block lately took, so"
        " that the fifth is not the longest; 0 for measurements.",
    )
    episode_minutes: int = Field(
        default=10,
        ge=1,
        description="Blocks by wrong entries this close together can be one attack. No standard gives this and the next"
        " two numbers: they are our own.",
    )
    episode_accounts_per_source: int = Field(
        default=3,
        ge=2,
        description="Accounts blocked from one source in that time that are one attack; two may be colleagues.",
    )
    episode_accounts: int = Field(
        default=20,
        ge=2,
        description="Accounts blocked from anywhere in that time that are one attack; more than a busy Monday brings.",
    )
    lift_budget: int = Field(
        default=2, ge=0, description="Lifts of one account by contact persons in 24 hours; the next goes to Support."
    )
    attempt_timeout_seconds: int = Field(
        default=30,
        ge=1,
        description="An attempt not settled for this long counts as wrong; well above the longest hash.",
    )
    hashing_places: int = Field(default=2, ge=1, description="Hashes computed at once in one process.")
    hashing_wait_seconds: float = Field(
        default=1.0, ge=0, description="How long an entry waits for a hashing place before 503, not counted."
    )
    entries_at_once: int = Field(
        default=6,
        ge=1,
        description="Entries of secrets at once in one process, those that wait included; one more gets 503. "
        "Keep it below the threads of a web process (8), which otherwise keep other pages waiting.",
    )
    argon2_memory_kib: int = Field(default=47104, ge=8, description="Argon2id memory per hash in KiB (OWASP: 46 MiB).")
    argon2_passes: int = Field(default=1, ge=1, description="Argon2id passes over that memory.")
    argon2_lanes: int = Field(default=1, ge=1, description="Argon2id lanes.")
    reset_lifts_password_block: bool = Field(default=False, description="A new password by PIN lifts a password block.")

    removal_minutes: int = Field(default=30, ge=1, description="So long a removed account can still be put back.")
    requests_need_approval: bool = Field(default=False, description="Support approves every new account asked for.")
    activation_days: int = Field(default=60, ge=1, description="Days to activate an account; then it is removed.")
    session_idle_seconds: int = Field(
        default=1800,
        ge=300,
        le=3600,
        description="Seconds of doing nothing after which a session ends (NIST SP 800-63B-4, AAL2: 1 hour at most).",
    )
    session_absolute_seconds: int = Field(
        default=43200,
        ge=3600,
        le=86400,
        description="Seconds after signing in after which a session ends in any case (the same: 24 hours at most).",
    )

    delivery_max_tries: int = Field(default=8, ge=1, description="Tries of one mail before it is given up, visibly.")
    delivery_sweep_seconds: float = Field(
        default=5.0, gt=0, description="How often the outbox is swept for what was not sent on commit."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del file_secret_settings
        mounted = (SecretsSettingsSource(settings_cls, secrets_dir=SECRETS_DIR),) if SECRETS_DIR.is_dir() else ()
        return init_settings, env_settings, FilesSource(settings_cls, os.environ), *mounted, dotenv_settings

    @property
    def metrics_dir(self) -> str:
        """Where the processes of one portal keep their figures; a single process (a test, a command) has none."""
        return os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""


def variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def read_environment(env_file: Path | None) -> Environment:
    """Raises `EnvironmentMistake`, which names every mistake there is."""
    try:
        return Environment(_env_file=env_file)
    except ValidationError as mistakes:
        raise EnvironmentMistake(sentences(mistakes, variable)) from None
    except OSError as unreadable:
        raise EnvironmentMistake(f"A file with a setting cannot be read: {unreadable}") from None


_by_hand: list[Path] = []


def find_the_run() -> None:
    """For manage.py alone: what `make run` wrote for commands by hand.

    A deployment brings its own key, and then this is never read: a file that was left behind would turn it into a demo.
    """
    if not _is_a_deployment():
        _by_hand[:] = [Path(os.environ.get(variable("state_dir"), BASE_DIR / ".data")) / "portal.env"]


def _is_a_deployment() -> bool:
    brings_a_key = any(os.environ.get(variable(name)) for name in ("secret_key", "secret_key_file"))
    mounted = (SECRETS_DIR / variable("secret_key").lower()).exists()
    return brings_a_key or mounted or os.environ.get(variable("environment")) == "production"


@lru_cache(maxsize=1)
def environment() -> Environment:
    return read_environment(_by_hand[0] if _by_hand else None)


def forget_secrets() -> None:
    """Takes what is secret out of the process's environment; settings have read it by then."""
    for name, field in Environment.model_fields.items():
        if not field.repr:
            os.environ.pop(variable(name), None)
