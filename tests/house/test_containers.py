"""What can be said of docker-compose.yml and the Dockerfile without Docker."""

import re
from typing import Any

import pytest
import yaml

from vecozo_portal.environment import BASE_DIR, Environment, variable
from vecozo_portal.run.probe import PROBES

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "portal", "worker", "beat", "gate", "gate-worker")
DOCKERFILE = (BASE_DIR / "deploy" / "Dockerfile").read_text()
KNOWN = {variable(name) for name in Environment.model_fields}
PINNED = re.compile(r"^[a-z/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)*$")


def settings(service: str) -> dict[str, str]:
    found: dict[str, str] = SERVICES[service].get("environment", {})
    return {name: value for name, value in found.items() if name.startswith("PORTAL_")}


def test_everything_of_the_design_is_there() -> None:
    assert set(SERVICES) == {"postgres", "valkey", *OURS}


@pytest.mark.parametrize("service", OURS)
def test_settings_have_the_names_that_are_read(service: str) -> None:
    assert {name.removesuffix("_FILE") for name in settings(service)} <= KNOWN


@pytest.mark.parametrize("service", OURS)
def test_what_must_be_set_is_set(service: str) -> None:
    required = {variable(name) for name, field in Environment.model_fields.items() if field.is_required()}
    assert required <= {name.removesuffix("_FILE") for name in settings(service)}


@pytest.mark.parametrize("service", OURS)
def test_secrets_are_files_that_are_mounted(service: str) -> None:
    secret = {variable(name) for name, field in Environment.model_fields.items() if not field.repr}
    assert not secret & set(settings(service))
    for name, value in settings(service).items():
        if name.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in SERVICES[service]["secrets"]
    for name in SERVICES[service]["secrets"]:
        assert name in COMPOSE["secrets"]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_has_a_health_check(service: str) -> None:
    check = SERVICES[service]["healthcheck"]
    ends_by_itself = SERVICES[service]["restart"] == "no"
    assert check == {"disable": True} if ends_by_itself else check["test"]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_images_are_pinned(service: str) -> None:
    assert PINNED.match(SERVICES[service]["image"])


def test_portal_and_gate_are_reached_from_this_machine_only_and_nothing_else_at_all() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"portal": ["127.0.0.1:8000:8000"], "gate": ["127.0.0.1:8001:8001"]}


def test_only_the_gate_holds_the_tokens_of_the_gateways() -> None:
    holders = {name for name in OURS if "portal_gateway_tokens" in SERVICES[name]["secrets"]}
    assert holders == {"gate"}
    assert "PORTAL_GATEWAY_TOKENS_FILE" in settings("gate")


def test_only_who_issues_and_publishes_holds_the_key_that_signs() -> None:
    holders = {name for name in OURS if "portal_issuing_key" in SERVICES[name]["secrets"]}
    assert holders == {"portal", "worker"}
    assert all("PORTAL_ISSUING_KEY_FILE" in settings(name) for name in holders)


@pytest.mark.parametrize("service", sorted(set(OURS) - {"migrate"}))
def test_a_service_of_ours_is_asked_by_a_probe_of_its_own(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"] == ["CMD", "python", "-m", "vecozo_portal.run.probe", service]
    assert service in PROBES


@pytest.mark.parametrize("service", OURS)
def test_nothing_starts_before_what_it_needs_is_healthy(service: str) -> None:
    needed = SERVICES[service]["depends_on"]
    conditions = {name: wanted["condition"] for name, wanted in needed.items()}
    assert set(conditions) <= set(SERVICES)
    for name, condition in conditions.items():
        assert condition == ("service_completed_successfully" if name == "migrate" else "service_healthy")


@pytest.mark.parametrize("service", OURS)
def test_ours_may_change_nothing_but_their_own_folders(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]


def test_named_volumes_and_secrets_are_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_commands_name_modules_that_exist() -> None:
    commands = [part for service in OURS for part in _words(SERVICES[service])] + re.findall(
        r"vecozo_portal[\w.]+", DOCKERFILE
    )
    for part in commands:
        if part.startswith("vecozo_portal."):
            assert (BASE_DIR / part.replace(".", "/")).with_suffix(".py").exists(), part


def _words(service: dict[str, Any]) -> list[str]:
    return [*service.get("command", []), *service["healthcheck"].get("test", [])]


def test_the_image_runs_as_nobody_special_from_pinned_parts() -> None:
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    assert all(PINNED.match(stage) for stage in stages)
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE
    assert DOCKERFILE.count("--require-hashes") == 2


def test_the_image_sets_settings_that_are_read() -> None:
    assert set(re.findall(r"PORTAL_[A-Z_]+", DOCKERFILE)) <= KNOWN
