"""The gate: a bare RSGI callable. One round trip to the store for a warm decision, and no statement to PostgreSQL."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, Final

from django.conf import settings

from gate import metrics
from gate.api import problems
from gate.api.decisions import Decider, Question, Undecided
from gate.api.filling import Database, DatabaseAway
from gate.api.identity import NamedProxies
from gate.api.limits import limit_headers
from gate.api.problems import NO_STORE, Problem
from gate.api.reading import Identity, Mistake, Reader, Tokens
from gate.connection import GateStore
from gate.policy import LiftedBy, Reason

PATH: Final = "/v1/decisions/"
CODE_MAX_LENGTH: Final = 40
STORE_WITHIN_SECONDS: Final = 5.0
FIGURES_EVERY_SECONDS: Final = 1.0
CROSSED: Final = Reason.QUOTA.value


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

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._start())

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._figures.cancel()
        self._store.close()
        self._write_figures()

    async def _start(self) -> None:
        self._database = Database()
        self._store = GateStore(settings.PORTAL_GATE_REDIS_URL)
        self._decider = Decider(self._store, self._database)
        await self._store.start(STORE_WITHIN_SECONDS)
        self._figures = asyncio.get_running_loop().create_task(self._write_figures_for_ever())

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        query = scope.query_string
        try:
            answer = await self._answer(scope)
        except Mistake as mistake:
            answer = mistake.problem
        if isinstance(answer, Problem):
            self._counted[answer.kind] += 1
            shape = problems.for_nginx if query == "proxy=nginx" else problems.plain
            status, headers, body = shape(answer, self._base)
            protocol.response_bytes(status, headers, body)
        else:
            protocol.response_empty(204, answer)

    async def _answer(self, scope: Any) -> Problem | list[tuple[str, str]]:
        """The headers of a query that is let through, or the problem. Raises Mistake."""
        path: str = scope.path
        if not path.startswith(PATH):
            return problems.UNKNOWN_ADDRESS
        headers = scope.headers
        if not self._tokens.knows(headers.get("authorization")):
            return problems.BAD_TOKEN
        service = path[len(PATH) :]
        if self._database.services.at_hand(service) is None and not await self._is_service(service):
            return problems.UNKNOWN_SERVICE
        if scope.method not in {"GET", "POST"}:
            return problems.WRONG_METHOD
        if scope.query_string not in {"", "proxy=nginx"}:
            return problems.MALFORMED_QUERY
        identity = self._reader.identity(headers, scope.client)
        client, address = self._reader.client_address(headers)
        return await self._decision(service, identity, client, address)

    async def _is_service(self, code: str) -> bool:
        if not code or len(code) > CODE_MAX_LENGTH or not code.isascii() or not code.replace("-", "").isalnum():
            return False
        try:
            return await self._database.services.find(code) is not None
        except DatabaseAway:
            raise Mistake(problems.UNDECIDED) from None

    async def _decision(
        self, service: str, identity: Identity, client: str, address: str
    ) -> Problem | list[tuple[str, str]]:
        number, fingerprint = identity.user_number, identity.fingerprint
        try:
            if fingerprint:
                found = self._database.holders.at_hand(fingerprint) or await self._database.holders.find(fingerprint)
                if found is None:
                    return problems.refused(Reason.CERTIFICATE, LiftedBy.NOBODY)
                number, client = found, fingerprint
            answer = await self._decider.decide(Question(service, number, fingerprint, client, address))
        except (Undecided, DatabaseAway):
            return problems.UNDECIDED
        if answer[0] == b"ok":
            self._counted["allowed"] += 1
            return [NO_STORE, *limit_headers(answer)]
        said, lifter = answer[0].decode(), answer[1].decode()
        return problems.refused(Reason(CROSSED if said == "crossed" else said), LiftedBy(lifter))

    # -- figures --------------------------------------------------------------------------------------------------

    async def _write_figures_for_ever(self) -> None:
        while True:
            await asyncio.sleep(FIGURES_EVERY_SECONDS)
            self._write_figures()

    def _write_figures(self) -> None:
        """Once a second and not at every request, which would cost more than the decision."""
        counted, self._counted = self._counted, Counter()
        for answer, number in counted.items():
            metrics.decisions.labels(answer=answer).inc(number)
        metrics.fills.inc(self._decider.misses)
        self._decider.misses = 0


class Application:
    """`/healthz` beside the gate, which needs nothing but a living process."""

    def __init__(self) -> None:
        self._gate = Gate()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._gate.__rsgi_init__(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._gate.__rsgi_del__(loop)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == "/healthz" and scope.method in {"GET", "HEAD"}:
            protocol.response_str(200, [("content-type", "text/plain"), NO_STORE], "ok")
        else:
            await self._gate.__rsgi__(scope, protocol)
