"""Bytes that are no proper question: an answer of the fourth hundred or an ended connection, and the gate goes on."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from tests.gate.processes import DECISION, TOKEN, RunningGate

pytestmark = pytest.mark.process

ADDRESS = "Portal-Client-Address: 192.0.2.9\r\n"


def question(*lines: bytes, path: bytes = DECISION.encode()) -> bytes:
    begin = b"GET " + path + b" HTTP/1.1\r\nHost: poort\r\nConnection: close\r\nAuthorization: Bearer " + TOKEN.encode()
    return b"\r\n".join([begin, *lines, b"", b""])


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


NUMBER = b"Portal-User-Number: 20000000000017"
FROM = b"Portal-Client-Address: 192.0.2.9"


@pytest.mark.parametrize(
    "lines",
    [
        [NUMBER, NUMBER, FROM],
        [NUMBER, b"Portal-User-Number: 20000000000018", FROM],
        [NUMBER, FROM, FROM],
        [NUMBER, FROM, b"Authorization: Bearer another"],
        [NUMBER, b"Client-Cert: \xff\xfe", FROM],
        [b"Portal-User-Number: \xff", FROM],
        [NUMBER, b"Portal-Client-Address: \xff"],
        [NUMBER, FROM, b"X: a\x00b"],
        [NUMBER, FROM, b"no colon"],
        [b"Portal_User_Number: 20000000000017", FROM],
        [NUMBER, FROM, *(b"X-%d: a" % number for number in range(200))],
    ],
)
def test_what_cannot_be_meant_is_the_askers_mistake(
    running_gate: RunningGate, noord_queries: Account, lines: list[bytes]
) -> None:
    assert status(running_gate.say(question(*lines))) in range(400, 500)


@pytest.mark.parametrize("length", [33_000, 420_000, 1_048_576, 2_000_000])
def test_headers_larger_than_any_proxy_sends_hear_so_from_the_gate(running_gate: RunningGate, length: int) -> None:
    answer = running_gate.say(question(NUMBER, FROM, b"X: " + b"a" * length))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert status(answer) == 431
    assert b"application/problem+json" in head
    assert b"no-store" in head
    assert json.loads(body)["type"].endswith("#headers")


@pytest.mark.parametrize(
    "path", [b"/v1/decisions/cov%2f", b"/v1/decisions/%2e%2e/x", b"/%", b"*", b"/v1/decisions/cov#x", b"/v1/../healthz"]
)
def test_odd_paths_lead_nowhere(running_gate: RunningGate, noord_queries: Account, path: bytes) -> None:
    assert status(running_gate.say(question(NUMBER, FROM, path=path))) in {400, 403, 404}


TEXT = st.binary(max_size=80).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b""))
NAMES = st.sampled_from([b"Portal-User-Number", b"Portal-Client-Address", b"Client-Cert", b"Authorization", b"X"])
LINES = st.lists(st.one_of(st.builds(lambda name, value: name + b": " + value, NAMES, TEXT), TEXT), max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_no_header_makes_it_fail(running_gate: RunningGate, noord_queries: Account, lines: list[bytes]) -> None:
    answer = running_gate.say(question(*lines))
    assert status(answer) == 0 or status(answer) in range(400, 500)
    assert running_gate.is_alive
