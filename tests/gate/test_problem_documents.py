"""Problem documents are what RFC 9457 says, in Dutch, each type with one title, and the same in nginx's header."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.test import Client

from gate.api import mistakes
from gate.api.problems import Problem, for_nginx, plain
from gate.api.refusals import refused, refused_by_store
from gate.policy import LiftedBy, Reason

BASE = "https://portaal.test"
MISTAKES = [value for value in vars(mistakes).values() if isinstance(value, Problem)]
REFUSALS = [refused(reason, lifter) for reason in Reason for lifter in LiftedBy]
ALL = [*MISTAKES, *REFUSALS]


def names(problem: Problem) -> str:
    return problem.kind + "".join(f"-{value}" for name, value in problem.extra if name == "lifted_by")


@pytest.mark.parametrize("problem", ALL, ids=names)
def test_its_members_are_those_of_the_rfc(problem: Problem) -> None:
    status, headers, body = plain(problem, BASE)
    document = json.loads(body)
    assert ("content-type", "application/problem+json") in headers
    assert {name: type(value) for name, value in document.items() if name not in {"reason", "lifted_by"}} == {
        "type": str,
        "title": str,
        "status": int,
        "detail": str,
    }
    assert document["status"] == status
    assert urlsplit(document["type"])[:3] == ("https", "portaal.test", "/hulp/geblokkeerd/")
    assert urlsplit(document["type"]).fragment


@pytest.mark.parametrize("problem", ALL, ids=names)
def test_it_is_never_kept(problem: Problem) -> None:
    for _, headers, _ in (plain(problem, BASE), for_nginx(problem, BASE)):
        assert ("cache-control", "no-store") in headers


@pytest.mark.parametrize("problem", ALL, ids=names)
def test_nginx_gets_one_line_of_ascii_and_always_403(problem: Problem) -> None:
    status, headers, body = for_nginx(problem, BASE)
    told = dict(headers)
    assert (status, body) == (403, b"")
    assert told["portal-status"] == str(problem.status.value)
    assert told["portal-problem"].isascii()
    assert told["portal-problem"].isprintable()
    assert json.loads(told["portal-problem"]) == json.loads(plain(problem, BASE)[2])


def test_a_type_has_one_title_and_one_status() -> None:
    told = defaultdict(set)
    for problem in ALL:
        told[problem.document(BASE)["type"]].add((problem.title, problem.status))
    assert {kind: said for kind, said in told.items() if len(said) != 1} == {}


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_says_why_and_who_lifts_it(reason: Reason) -> None:
    document = json.loads(plain(refused(reason, LiftedBy.SUPPORT), BASE)[2])
    assert (document["reason"], document["lifted_by"]) == (reason.value, "support")
    assert document["status"] == (429 if reason == Reason.QUOTA else 403)


def test_waiting_does_not_help_against_a_quota_block() -> None:
    _, headers, body = plain(refused(Reason.QUOTA, LiftedBy.SUPPORT), BASE)
    assert "retry-after" not in dict(headers)
    assert "Wachten helpt niet" in json.loads(body)["detail"]


def test_what_cannot_be_decided_may_be_asked_again() -> None:
    assert dict(plain(mistakes.UNDECIDED, BASE)[1])["retry-after"] == "1"


def test_the_query_that_crosses_hears_what_every_later_one_hears() -> None:
    assert (
        refused_by_store(b"crossed", b"support")
        is refused_by_store(b"quota", b"support")
        is refused(Reason.QUOTA, LiftedBy.SUPPORT)
    )


def test_a_mistake_of_the_asker_says_nothing_of_an_account() -> None:
    assert not [problem.kind for problem in MISTAKES if problem.extra]


@pytest.mark.django_db
def test_every_type_is_one_place_on_the_help_page(client: Client) -> None:
    places = re.findall(r' id="([^"]+)"', client.get("/hulp/geblokkeerd/").content.decode())
    fragments = {urlsplit(str(problem.document(BASE)["type"])).fragment for problem in ALL}
    assert {place: places.count(place) for place in fragments} == dict.fromkeys(fragments, 1)
