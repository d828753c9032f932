"""The gate: a bare RSGI callable. One round trip to the store for a warm decision, and no statement to PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from gate import metrics
from gate.api import mistakes, problems
from gate.api.asking import Known, TooMuchAsked
from gate.api.certificates import NamedProxies
from gate.api.database import Database, DatabaseAway, holder, service
from gate.api.decisions import Decider, Undecided
from gate.api.limits import Header, allowed_headers
from gate.api.mistakes import Mistake
from gate.api.problems import NO_STORE, Problem
from gate.api.reading import AUTHORIZATION, Reader, Tokens
from gate.api.refusals import refused, refused_by_store, refused_of_another
from gate.connection import GateStore
from gate.policy import LiftedBy, Reason

logger = logging.getLogger(__name__)

HEALTH: Final = "/healthz"
PATH: Final = "/v1/decisions/"
# As the model of a service has it.
CODE: Final = re.compile(r"[-a-zA-Z0-9_]{1,40}")
METHODS: Final = ("GET", "POST")
FOR_NGINX: Final = "proxy=nginx"
QUERIES: Final = ("", FOR_NGINX)
STORE_WITHIN_SECONDS: Final = 1.0
FIGURES_EVERY_SECONDS: Final = 1.0


class Gate:
    """What granian calls. Made before the worker's loop runs, so the store is reached only when that does."""

    def __init__(self) -> None:
        named = NamedProxies(
            settings.PORTAL_TRUSTED_PROXIES, loopback_counts=settings.PORTAL_ENVIRONMENT != "production"
        )
        self._reader = Reader(named, settings.PORTAL_CLIENT_CERT_FORMAT)
        self._tokens = Tokens(settings.PORTAL_GATEWAY_TOKENS)
        self._base = settings.PORTAL_PUBLIC_URL
        self._counted: Counter[str] = Counter()
        self._trouble = ""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._start())

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._figures.cancel()
        self._store.close()
        self._database.close()
        self._register.close()
        self._write_figures()

    async def _start(self) -> None:
        self._database = Database()
        # In threads of their own: strangers with ever other certificates keep no account that is known by one waiting.
        self._register = Database()
        self._services = Known(lambda code: self._database.ask(service, code))
        self._holders = Known(lambda fingerprint: self._register.ask(holder, fingerprint))
        self._store = GateStore(settings.PORTAL_GATE_REDIS_URL)
        self._decider = Decider(self._store, self._database)
        self._figures = asyncio.get_running_loop().create_task(self._write_figures_for_ever())
        await self._store.start(STORE_WITHIN_SECONDS)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == HEALTH and scope.method in {"GET", "HEAD"}:
            protocol.response_str(200, [("content-type", "text/plain"), NO_STORE], "ok")
            return
        try:
            answer = await self._answer(scope)
        except Mistake as mistake:
            answer = mistake.problem
        except (Undecided, DatabaseAway, TooMuchAsked) as trouble:
            answer = self._undecided(trouble)
        except Exception:
            logger.exception("A question was not decided.")
            answer = mistakes.UNDECIDED
        if isinstance(answer, Problem):
            self._refuse(answer, scope, protocol)
        else:
            self._counted["allowed"] += 1
            protocol.response_empty(204, answer)

    def _undecided(self, trouble: Exception) -> Problem:
        self._trouble = str(trouble) or type(trouble).__name__
        return mistakes.UNDECIDED

    def _refuse(self, problem: Problem, scope: Any, protocol: Any) -> None:
        self._counted[problem.kind] += 1
        shape = problems.for_nginx if scope.query_string == FOR_NGINX else problems.plain
        protocol.response_bytes(*shape(problem, self._base))

    async def _answer(self, scope: Any) -> Problem | list[Header]:
        """The headers of a query that is let through, or the refusal. Raises Mistake, or what keeps from deciding."""
        headers = scope.headers
        fields = self._reader.fields(headers)
        code = await self._service_asked_for(scope, fields)
        number, fingerprint = self._reader.identity(headers, fields, scope.client)
        client, address = self._reader.address(fields, scope.client)
        if fingerprint:
            client, number = fingerprint, await self._number_of(fingerprint)
            if not number:
                return self._not_this_certificate(fields)
        answer = await self._decider.decide(code, number, fingerprint=fingerprint, client=client, address=address)
        if answer[0] == b"certificate":
            return self._not_this_certificate(fields)
        return allowed_headers(answer) if answer[0] == b"ok" else refused_by_store(answer[0], answer[1])

    def _not_this_certificate(self, fields: Mapping[str, str]) -> Problem:
        """Unknown, expired or revoked; one of another environment hears so."""
        other = self._reader.other_environment(fields, settings.PORTAL_ENVIRONMENT)
        return refused_of_another(other) if other else refused(Reason.CERTIFICATE, LiftedBy.NOBODY)

    async def _service_asked_for(self, scope: Any, fields: Mapping[str, str]) -> str:
        """A gateway that may ask, a service that exists, a method and a query that mean something. Raises Mistake."""
        path: str = scope.path
        if not path.startswith(PATH):
            raise Mistake(mistakes.WRONG_METHOD_FOR_HEALTH if path == HEALTH else mistakes.UNKNOWN_ADDRESS)
        if not self._tokens.knows(fields.get(AUTHORIZATION)):
            raise Mistake(mistakes.BAD_TOKEN)
        code = path[len(PATH) :]
        if self._services.at_hand(code) is None and not await self._is_service(code):
            raise Mistake(mistakes.UNKNOWN_SERVICE)
        if scope.method not in METHODS:
            raise Mistake(mistakes.WRONG_METHOD)
        if scope.query_string not in QUERIES:
            raise Mistake(mistakes.MALFORMED_QUERY)
        return code

    async def _is_service(self, code: str) -> bool:
        return CODE.fullmatch(code) is not None and await self._services.find(code) is not None

    async def _number_of(self, fingerprint: str) -> str:
        return self._holders.at_hand(fingerprint) or await self._holders.find(fingerprint) or ""

    # -- figures --------------------------------------------------------------------------------------------------

    async def _write_figures_for_ever(self) -> None:
        while True:
            await asyncio.sleep(FIGURES_EVERY_SECONDS)
            self._write_figures()

    def _write_figures(self) -> None:
        """Once a second and not at every request: Prometheus reads files, and writing them would cost too much."""
        counted, self._counted = self._counted, Counter()
        for answer, number in counted.items():
            metrics.decisions.labels(answer=answer).inc(number)
        metrics.fills.inc(self._decider.filler.fills)
        self._decider.filler.fills = 0
        if self._trouble:
            logger.warning("The gate could not decide %d questions: %s", counted["undecided"], self._trouble)
            self._trouble = ""
