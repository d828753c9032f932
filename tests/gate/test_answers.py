"""What software and gateways hear from a really running gate."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from accounts.actors import PORTAL
from accounts.models import Account
from blocking.choices import BlockReason, QuotaWindow
from certificates.services import register_certificate
from tests import factories
from tests.gate.client_certificates import client_certificate
from tests.gate.processes import DECISION, TOKEN, Answer, RunningGate, asking_for
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process


def never_kept(answer: Answer) -> bool:
    return answer.headers["cache-control"] == "no-store"


def test_an_allowed_query_hears_what_is_left(
    running_gate: RunningGate, noord_queries: Account, limit: Callable[..., None]
) -> None:
    limit(100)
    limit(50, QuotaWindow.HOUR)
    answer = running_gate.ask(noord_queries.user_number)
    assert (answer.status, answer.body) == (204, b"")
    assert never_kept(answer)
    assert answer.headers["ratelimit-policy"] == '"day";q=100;w=86400, "hour";q=50;w=3600'
    assert answer.headers["ratelimit"].startswith('"day";r=99;t=')
    assert ', "hour";r=49;t=' in answer.headers["ratelimit"]


def test_post_asks_as_get_does_whatever_its_body(running_gate: RunningGate, noord_queries: Account) -> None:
    headers = asking_for(noord_queries.user_number)
    assert running_gate.get(DECISION, headers, "POST").status == 204
    # A body that fits in the buffers of a connection: the gate answers without reading it, and then hangs up.
    assert running_gate.get(DECISION, headers, "POST", body=b"x" * 10_000).status == 204


def test_the_query_past_the_quota_hears_429(
    running_gate: RunningGate, noord_queries: Account, limit: Callable[..., None]
) -> None:
    limit(1)
    assert running_gate.ask(noord_queries.user_number).status == 204
    for _ in range(2):
        answer = running_gate.ask(noord_queries.user_number)
        assert answer.status == 429
        assert (answer.problem["reason"], answer.problem["lifted_by"]) == ("quota", "support")
        assert "retry-after" not in answer.headers
        assert never_kept(answer)


@pytest.mark.parametrize(
    ("reason", "lifter"),
    [(BlockReason.SUPPORT, "support"), (BlockReason.PASSWORD, "contact_person"), (BlockReason.PIN, "contact_person")],
)
def test_a_blocked_person_hears_403_and_who_lifts_it(
    running_gate: RunningGate, anna: Account, noord_queries: Account, reason: BlockReason, lifter: str
) -> None:
    factories.block(anna, reason)
    answer = running_gate.ask(anna.user_number)
    assert (answer.status, answer.problem["reason"], answer.problem["lifted_by"]) == (403, reason.value, lifter)


def test_who_is_not_known_is_inactive_and_who_may_not_is_unauthorised(
    running_gate: RunningGate, anna: Account, noord_queries: Account
) -> None:
    assert running_gate.ask("20999999999999").problem["reason"] == "inactive"
    assert running_gate.ask(anna.user_number).problem["reason"] == "unauthorised"


def test_software_from_an_address_that_is_not_registered_hears_403(
    running_gate: RunningGate, noord_queries: Account
) -> None:
    answer = running_gate.ask(noord_queries.user_number, portal_client_address="203.0.113.7")
    assert (answer.status, answer.problem["reason"]) == (403, "address")


def test_software_is_known_by_its_certificate(running_gate: RunningGate, noord_queries: Account) -> None:
    shown = client_certificate()
    register_certificate(noord_queries, pem=shown.pem, by=PORTAL, at=timezone.now())
    assert running_gate.ask("", portal_user_number=None, client_cert=shown.rfc9440).status == 204


def test_a_certificate_of_nobody_hears_403(running_gate: RunningGate, noord_queries: Account) -> None:
    answer = running_gate.ask("", portal_user_number=None, client_cert=client_certificate().rfc9440)
    assert (answer.status, answer.problem["reason"], answer.problem["lifted_by"]) == (403, "certificate", "nobody")


def test_a_certificate_registered_a_moment_later_works_within_moments(
    running_gate: RunningGate, noord_queries: Account
) -> None:
    shown = client_certificate()
    assert running_gate.ask("", portal_user_number=None, client_cert=shown.rfc9440).status == 403
    register_certificate(noord_queries, pem=shown.pem, by=PORTAL, at=timezone.now())
    assert wait_until(
        lambda: running_gate.ask("", portal_user_number=None, client_cert=shown.rfc9440).status == 204, within=20
    )


@pytest.mark.parametrize("shown", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_without_a_token_that_is_known_nothing_is_told(
    running_gate: RunningGate, noord_queries: Account, shown: str | None
) -> None:
    answer = running_gate.ask(noord_queries.user_number, authorization=shown)
    assert answer.status == answer.problem["status"] == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("code", ["onbekend", "", "cov/", "cov/../cov", "COV", "cov%00", "%ff", "a" * 5000, "cov;x"])
def test_a_service_that_does_not_exist_is_404(running_gate: RunningGate, noord_queries: Account, code: str) -> None:
    answer = running_gate.get(f"/v1/decisions/{code}", asking_for(noord_queries.user_number))
    assert answer.status == answer.problem["status"] == 404


@pytest.mark.parametrize(
    "path", ["/", "/v1/decisions", "//v1/decisions/cov", "/v1//decisions/cov", "/x", "/V1/decisions/cov"]
)
def test_every_other_address_is_404(running_gate: RunningGate, noord_queries: Account, path: str) -> None:
    answer = running_gate.get(path, asking_for(noord_queries.user_number))
    assert answer.status == answer.problem["status"] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_405_and_hear_which_may(
    running_gate: RunningGate, noord_queries: Account, method: str
) -> None:
    answer = running_gate.get(DECISION, asking_for(noord_queries.user_number), method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, POST")
    assert answer.problem
    assert running_gate.get("/healthz", method=method).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "changed",
    [
        {"portal_user_number": None},
        {"portal_user_number": "1234"},
        {"client_cert": client_certificate().rfc9440},
        {"portal_user_number": None, "client_cert": ":not base64:"},
        {"portal_client_address": None},
        {"portal_client_address": "somewhere"},
    ],
)
def test_a_question_with_a_mistake_is_400(
    running_gate: RunningGate, noord_queries: Account, changed: dict[str, str | None]
) -> None:
    answer = running_gate.ask(noord_queries.user_number, **changed)
    assert answer.status == answer.problem["status"] == 400


def test_headers_that_are_too_large_are_431(running_gate: RunningGate, noord_queries: Account) -> None:
    for changed in ({"x_padding": "a" * 60_000}, {"portal_user_number": None, "client_cert": "a" * 20_000}):
        assert running_gate.ask(noord_queries.user_number, **changed).problem["status"] == 431
    assert running_gate.ask(noord_queries.user_number, x_padding="a" * 600_000).status == 431


def test_a_query_the_gate_does_not_know_is_400(running_gate: RunningGate, noord_queries: Account) -> None:
    assert running_gate.get(f"{DECISION}?proxy=other", asking_for(noord_queries.user_number)).status == 400


def test_for_nginx_a_refusal_is_403_with_the_rest_in_headers(
    running_gate: RunningGate, noord_queries: Account, limit: Callable[..., None]
) -> None:
    limit(1)
    headers = asking_for(noord_queries.user_number)
    assert running_gate.get(f"{DECISION}?proxy=nginx", headers).status == 204
    answer = running_gate.get(f"{DECISION}?proxy=nginx", headers)
    assert (answer.status, answer.body, answer.headers["portal-status"]) == (403, b"", "429")
    assert json.loads(answer.headers["portal-problem"])["reason"] == "quota"
    assert running_gate.get("/v1/decisions/onbekend?proxy=nginx", headers).headers["portal-status"] == "404"


def test_it_says_that_it_lives(running_gate: RunningGate) -> None:
    answer = running_gate.get("/healthz")
    assert (answer.status, answer.body) == (200, b"ok")
    assert never_kept(answer)
    assert running_gate.get("/healthz", method="HEAD").body == b""


def test_what_is_counted_is_told_to_operations(running_gate: RunningGate, noord_queries: Account) -> None:
    before = _counted(running_gate)
    assert running_gate.ask(noord_queries.user_number).status == 204
    assert wait_until(lambda: _counted(running_gate) > before, within=20)


def _counted(gate: RunningGate) -> float:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=gate.env["PROMETHEUS_MULTIPROC_DIR"])
    return registry.get_sample_value("portal_gate_decisions_total", {"answer": "allowed"}) or 0.0
