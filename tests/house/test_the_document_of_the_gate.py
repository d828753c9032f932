"""docs/gate.openapi.yaml names the gate's addresses, methods, headers and problems: all of them, and no others."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from certificates.headers import HEADER_OF
from gate.api import application, mistakes, reading
from gate.api.problems import NO_STORE, Problem
from gate.api.refusals import refused
from gate.policy import LiftedBy, Reason
from tests.gate.openapi import document

DECISION = f"{application.PATH}{{service}}"
MISTAKES = [value for value in vars(mistakes).values() if isinstance(value, Problem)]
ALL = [*MISTAKES, *(refused(reason, LiftedBy.NOBODY) for reason in Reason)]


def place(problem: Problem) -> str:
    return urlsplit(str(problem.document("")["type"])).fragment


def responses() -> dict[str, dict[str, Any]]:
    """Every answer with a problem document, by its name."""
    return dict(document()["components"]["responses"])


def shape(response: dict[str, Any]) -> dict[str, Any]:
    return dict(response["content"]["application/problem+json"]["schema"]["properties"])


def test_its_addresses_and_methods_are_those_of_the_gate() -> None:
    methods = {
        path: {method.upper() for method in item if method != "parameters"}
        for path, item in document()["paths"].items()
    }
    assert methods == {application.HEALTH: {"GET", "HEAD"}, DECISION: set(application.METHODS)}


def test_its_parameters_are_what_the_gate_reads() -> None:
    named = {each["name"].lower(): each for each in document()["components"]["parameters"].values()}
    assert set(named) == {"service", "proxy", reading.USER_NUMBER, reading.CLIENT_ADDRESS, HEADER_OF["rfc9440"]}
    assert named["service"]["schema"]["pattern"] == f"^{application.CODE.pattern}$"
    assert {"", *(f"proxy={word}" for word in named["proxy"]["schema"]["enum"])} == set(application.QUERIES)


def test_each_status_has_the_problems_that_have_it_in_the_code() -> None:
    told: dict[int, set[str]] = defaultdict(set)
    for response in responses().values():
        properties = shape(response)
        told[properties["status"]["const"]] |= set(re.findall(r"[-a-z]+", properties["type"]["pattern"]))
    meant: dict[int, set[str]] = defaultdict(set)
    for problem in ALL:
        meant[problem.status.value].add(place(problem))
    assert told == meant


def test_a_decision_may_have_every_status() -> None:
    told = {int(status) for status in document()["paths"][DECISION]["get"]["responses"]}
    assert told == {204, *(problem.status.value for problem in ALL)}


def test_headers_of_a_problem_are_promised_to_the_letter() -> None:
    promised = {
        (shape(response)["status"]["const"], name.lower(), header["schema"]["const"])
        for response in responses().values()
        for name, header in response["headers"].items()
        if "$ref" not in header
    }
    sent = {(problem.status.value, *header) for problem in ALL for header in problem.headers}
    assert promised == sent
    headers = document()["components"]["headers"]
    assert headers["NoStore"]["schema"]["const"] == NO_STORE[1]
    assert set(re.findall(r"\d+", headers["PortalStatus"]["schema"]["pattern"])) == {
        str(problem.status.value) for problem in ALL
    }


def test_reasons_and_who_lifts_are_those_of_the_policy() -> None:
    properties = document()["components"]["schemas"]["Refusal"]["properties"]
    assert set(properties["reason"]["enum"]) == set(Reason)
    assert set(properties["lifted_by"]["enum"]) == set(LiftedBy)
