"""schemathesis asks a really running gate what docs/gate.openapi.yaml allows and forbids: it answers as that says.

All of its checks: no 500, only the statuses, headers and documents that are named, wrong questions refused and right
ones not, other methods 405 with the right `Allow`, and nothing without a token.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import checks

from accounts.models import Account
from tests.fixtures_gate import SetLimit
from tests.gate.client_certificates import client_certificate
from tests.gate.openapi import DOCUMENT
from tests.gate.processes import TOKEN, RunningGate, asking_for

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

AT_MOST = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
Case = schemathesis.Case[Any]
BEARER = {"Authorization": f"Bearer {TOKEN}"}
IDENTITIES = {"Portal-User-Number", "Client-Cert"}
# Its answers are told in headers and as a 403: what the document says of bodies and of other statuses does not hold.
FOR_NGINX = [checks.not_a_server_error, checks.status_code_conformance, checks.response_headers_conformance]
schemathesis.openapi.format("client-certificate", st.just(client_certificate().rfc9440))


document = schemathesis.openapi.from_path(str(DOCUMENT))


@document.parametrize()
@AT_MOST
def test_it_answers_as_the_document_says(
    case: Case, running_gate: RunningGate, noord_queries: Account, limit: SetLimit
) -> None:
    address = f"http://127.0.0.1:{running_gate.port}"
    chosen = FOR_NGINX if "proxy" in (case.query or {}) else None
    left_out = [] if names_one(case) else [checks.positive_data_acceptance]
    case.call_and_validate(base_url=address, headers=BEARER, checks=chosen, excluded_checks=left_out)


def names_one(case: Case) -> bool:
    """A document cannot say that of two headers exactly one is wanted."""
    return len({name.title() for name in case.headers or {}} & IDENTITIES) == 1


def test_within_a_quota_and_past_it_too(running_gate: RunningGate, noord_queries: Account, limit: SetLimit) -> None:
    limit(2)
    asking = asking_for(noord_queries.user_number)
    case = document["/v1/decisions/{service}"]["GET"].Case(path_parameters={"service": "cov"}, headers=asking)
    address = f"http://127.0.0.1:{running_gate.port}"
    assert [case.call_and_validate(base_url=address).status_code for _ in range(4)] == [204, 204, 429, 429]
