"""Settings are read once, all mistakes are told at once, and secrets never show."""

import os
from pathlib import Path

import pytest

from vecozo_portal.environment import EnvironmentMistake, forget_secrets, read_environment
from vecozo_portal.safety import dangers, issuing_dangers

GOOD = {
    "PORTAL_ENVIRONMENT": "production",
    "PORTAL_SECRET_KEY": "k8Qz-5fTw_2mVbYc9XrLsPdN3hJgA7eRuK4oMiE6tWqZxCvB1n",
    "PORTAL_DATABASE_URL": "postgresql://portal:marker-password@db/portal",
    "PORTAL_REDIS_URL": "redis://:marker-password@store:6379/0",
    "PORTAL_PUBLIC_URL": "https://portaal.zorg.nl",
    "PORTAL_MAIL_FROM": "Portaal <noreply@portaal.zorg.nl>",
    "PORTAL_SUPPORT_EMAIL": "support@portaal.zorg.nl",
    "PORTAL_SUPPORT_PHONE": "030 123 45 67",
    "PORTAL_TRUSTED_PROXIES": "10.0.0.0/8",
}


@pytest.fixture(autouse=True)
def _only_what_the_test_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)


def given(monkeypatch: pytest.MonkeyPatch, **others: str) -> None:
    for name, value in (GOOD | others).items():
        monkeypatch.setenv(name, value)


def test_a_complete_production_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch)
    assert dangers(read_environment(None)) == []


def test_all_mistakes_are_told_at_once_and_none_with_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", "mysql://marker-password")
    monkeypatch.setenv("PORTAL_FAILURE_LIMIT", "marker-password")
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", "10.0.0.0/8 10.0.0.1/8")
    with pytest.raises(EnvironmentMistake) as mistake:
        read_environment(None)
    told = str(mistake.value)
    for name in ("DATABASE_URL", "FAILURE_LIMIT", "TRUSTED_PROXIES", "SECRET_KEY", "REDIS_URL"):
        assert f"PORTAL_{name}: " in told
    assert "marker-password" not in told


def test_secrets_do_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch)
    shown = repr(read_environment(None))
    assert "marker-password" not in shown
    assert GOOD["PORTAL_SECRET_KEY"] not in shown


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(GOOD["PORTAL_SECRET_KEY"] + "\n")
    given(monkeypatch, PORTAL_SECRET_KEY="", PORTAL_SECRET_KEY_FILE=str(file))
    assert read_environment(None).secret_key == GOOD["PORTAL_SECRET_KEY"]


def test_a_secret_file_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, PORTAL_SECRET_KEY="", PORTAL_SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    with pytest.raises(EnvironmentMistake, match="cannot be read"):
        read_environment(None)


def test_several_hosts_and_keys_are_separated_by_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, PORTAL_ALLOWED_HOSTS="one.zorg.nl two.zorg.nl", PORTAL_SECRET_KEY_FALLBACKS="old older")
    env = read_environment(None)
    assert env.allowed_hosts == ("one.zorg.nl", "two.zorg.nl")
    assert env.secret_key_fallbacks == ("old", "older")


def test_secrets_are_forgotten_by_the_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch)
    forget_secrets()
    left = " ".join(os.environ.values())
    assert "marker-password" not in left
    assert GOOD["PORTAL_SECRET_KEY"] not in left


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORTAL_DEMO", "1", "PORTAL_DEMO is on"),
        ("PORTAL_SECRET_KEY", "short", "PORTAL_SECRET_KEY is weak"),
        ("PORTAL_SECRET_KEY", "a" * 60, "PORTAL_SECRET_KEY is weak"),
        ("PORTAL_PUBLIC_URL", "http://portaal.zorg.nl", "is not https"),
        ("PORTAL_PUBLIC_URL", "https://portaal.example", "still holds an example"),
        ("PORTAL_ARGON2_MEMORY_KIB", "19456", "PORTAL_ARGON2_MEMORY_KIB is too small"),
        ("PORTAL_MAIL_DIR", "/tmp/mail", "PORTAL_MAIL_DIR is set"),  # noqa: S108
        ("PORTAL_SUPPORT_PHONE", "0800 000 00 00", "PORTAL_SUPPORT_PHONE still"),
        ("PORTAL_TRUSTED_PROXIES", "10.0.0.1 0.0.0.0/0", "holds the whole internet"),
        ("PORTAL_TRUSTED_PROXIES", "::/0", "holds the whole internet"),
        ("PORTAL_TRUSTED_PROXIES", "", "PORTAL_TRUSTED_PROXIES is empty"),
        ("PORTAL_ALLOWED_HOSTS", "one.zorg.nl *", "PORTAL_ALLOWED_HOSTS holds *"),
        ("PORTAL_FAILURE_LIMIT", "11", "PORTAL_FAILURE_LIMIT is too large"),
        ("PORTAL_CUMULATIVE_CAP", "100000", "PORTAL_CUMULATIVE_CAP is too large"),
        ("PORTAL_HASHING_PLACES", "65", "PORTAL_HASHING_PLACES is too large"),
        ("PORTAL_GATEWAY_TOKENS", "k8Qz-5fTw_2mVbYc9XrLsPdN3hJgA7eRuK4 short", "holds a short token"),
    ],
)
def test_production_refuses(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    given(monkeypatch, **{name: value})
    found = dangers(read_environment(None))
    assert len(found) == 1
    assert told in found[0]


@pytest.mark.parametrize("missing", ["PORTAL_ISSUING_KEY", "PORTAL_ISSUING_CHAIN"])
def test_a_production_that_issues_wants_the_key_and_the_chain(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    both = {"PORTAL_ISSUING_KEY": "marker-password", "PORTAL_ISSUING_CHAIN": "x"}
    given(monkeypatch, **both)
    assert issuing_dangers(read_environment(None)) == []
    assert "marker-password" not in repr(read_environment(None))
    given(monkeypatch, **(both | {missing: ""}))
    [told] = issuing_dangers(read_environment(None))
    assert f"{missing} is not set" in told
    given(monkeypatch, **(both | {missing: "", "PORTAL_ENVIRONMENT": "test"}))
    assert issuing_dangers(read_environment(None)) == []


def test_less_memory_is_enough_with_more_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, PORTAL_ARGON2_MEMORY_KIB="19456", PORTAL_ARGON2_PASSES="2")
    assert dangers(read_environment(None)) == []


def test_outside_production_the_demo_is_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, PORTAL_ENVIRONMENT="test", PORTAL_DEMO="1")
    assert dangers(read_environment(None)) == []
