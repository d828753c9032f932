"""What makes a production unsafe. Pure, so that the container's entry asks it before anything is loaded."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Final

from vecozo_portal.environment import Environment, variable

SECRET_KEY_LENGTH: Final = 50
SECRET_KEY_VARIETY: Final = 10
GATEWAY_TOKEN_LENGTH: Final = 32
SEALING_KEY_LENGTH: Final = 32
SUSPECT_WORDS: Final = ("insecure", "example", "changeme", "for-tests", "development", "secret")
# Beyond these a limit limits nothing, or the machine runs out of memory.
MOST: Final = {
    "failure_limit": 10,
    "cumulative_cap": 1000,
    "hashing_places": 64,
    "half_sign_in_minutes": 60,
    "step_up_minutes": 60,
}
# OWASP's password storage cheat sheet: Argon2id, KiB of memory by number of passes.
OWASP_MEMORY_KIB: Final = {1: 47104, 2: 19456, 3: 12288, 4: 9216}
OWASP_MEMORY_KIB_BEYOND: Final = 7168


def dangers(env: Environment) -> list[str]:
    """A sentence for each thing that must not be so in production; empty for every other environment."""
    return list(_dangers(env)) if env.is_production else []


def issuing_dangers(env: Environment) -> list[str]:
    """The same, for processes that issue certificates and sign what was revoked; the others hold no key."""
    names = [name for name in ("issuing_key", "issuing_chain") if not getattr(env, name)]
    return [f"{variable(name)} is not set: no certificate could be issued." for name in names if env.is_production]


def _dangers(env: Environment) -> Iterator[str]:
    if env.demo:
        yield f"{variable('demo')} is on: demo people have known passwords."
    if is_weak_key(env.secret_key):
        yield f"{variable('secret_key')} is weak: it wants {SECRET_KEY_LENGTH} random characters or more."
    if not env.is_https:
        yield f"{variable('public_url')} is not https: cookies and passwords would travel in the clear."
    if env.argon2_memory_kib < enough_memory_kib(env.argon2_passes):
        yield (
            f"{variable('argon2_memory_kib')} is too small: with {env.argon2_passes} pass(es) it wants"
            f" {enough_memory_kib(env.argon2_passes)} or more."
        )
    if env.mail_dir:
        yield f"{variable('mail_dir')} is set: mail would land in files instead of with people."
    if env.source_limit == "off":
        yield f"{variable('source_limit')} is off: one source could try its luck on every account there is."
    if env.source_numbers_limit == "off":
        yield f"{variable('source_numbers_limit')} is off: one source could block every account whose number it knows."
    yield from _short_secrets(env)
    yield from _left_as_examples(env)
    yield from _too_wide(env)


def _short_secrets(env: Environment) -> Iterator[str]:
    if any(len(token) < GATEWAY_TOKEN_LENGTH for token in env.gateway_tokens):
        yield f"{variable('gateway_tokens')} holds a short token: each wants {GATEWAY_TOKEN_LENGTH} characters or more."
    if any(len(key) < SEALING_KEY_LENGTH for key in env.sealing_keys):
        yield f"{variable('sealing_keys')} holds a short key: each wants {SEALING_KEY_LENGTH} characters or more."


def _too_wide(env: Environment) -> Iterator[str]:
    for name, most in MOST.items():
        if getattr(env, name) > most:
            yield f"{variable(name)} is too large: {most} is the most."
    if "*" in env.allowed_hosts:
        yield f"{variable('allowed_hosts')} holds *: links in mail could lead to anybody's host."
    if any(ip_network(network).prefixlen == 0 for network in env.trusted_proxies.split()):
        yield f"{variable('trusted_proxies')} holds the whole internet: everybody could choose an address to come from."
    if env.is_https and not env.trusted_proxies:
        yield f"{variable('trusted_proxies')} is empty: who comes through the proxy would all have the proxy's address."


def _left_as_examples(env: Environment) -> Iterator[str]:
    for name in ("public_url", "mail_from", "support_email"):
        if ".example" in getattr(env, name):
            yield f"{variable(name)} still holds an example."
    if env.support_phone == Environment.model_fields["support_phone"].default:
        yield f"{variable('support_phone')} still holds an example; every message points people there."


def is_weak_key(key: str) -> bool:
    suspect = any(word in key.lower() for word in SUSPECT_WORDS)
    return suspect or len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_VARIETY


def enough_memory_kib(passes: int) -> int:
    return OWASP_MEMORY_KIB.get(passes, OWASP_MEMORY_KIB_BEYOND)
