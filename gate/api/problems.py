"""Problem documents (RFC 9457): what is answered where a query is not let through."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Final

NO_STORE: Final = ("cache-control", "no-store")
PROBLEM_TYPE: Final = ("content-type", "application/problem+json")
# The help page about blocks. What stands behind the # tells problems apart, does not change, and is the place on that
# page where the problem is explained.
HELP: Final = "/hulp/geblokkeerd/#"
PLACES: Final = {"password": "wachtwoord", "pin": "pincode", "quota": "quotum", "support": "door-support"}

Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A refusal, or a mistake of who asks. One `kind` has one title; `headers` travel with the answer.

    Compared by identity: there are some twenty, each made once, and so is each answer.
    """

    status: HTTPStatus
    kind: str
    title: str
    detail: str
    headers: tuple[tuple[str, str], ...] = ()
    # The `reason` and `lifted_by` of a refusal by the rules.
    extra: tuple[tuple[str, str], ...] = ()

    def document(self, base: str) -> dict[str, str | int]:
        return {
            "type": f"{base}{HELP}{PLACES.get(self.kind, self.kind)}",
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
            **dict(self.extra),
        }


@lru_cache
def plain(problem: Problem, base: str) -> Answer:
    """The answer to software, or to a proxy that hands answers on as they are."""
    body = json.dumps(problem.document(base), ensure_ascii=False).encode()
    return problem.status.value, [PROBLEM_TYPE, NO_STORE, *problem.headers], body


@lru_cache
def for_nginx(problem: Problem, base: str) -> Answer:
    """nginx's auth_request hands on no body and only 401 and 403: the rest travels in headers, in ASCII."""
    told = ("portal-status", str(problem.status.value)), ("portal-problem", json.dumps(problem.document(base)))
    return HTTPStatus.FORBIDDEN.value, [NO_STORE, *told, *problem.headers], b""
