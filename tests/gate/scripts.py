"""The scripts in the store, asked directly: an account as the projection has it, and what is decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address, ip_network
from typing import Any, Self
from uuid import uuid4

from redis import Redis

from accounts.choices import AccountKind
from gate.keys import AccountKeys
from gate.lua import script
from gate.policy import Allowance, Projection, ServiceAccess, as_hex
from gate.projection import Meter, payload

NUMBER = "20000000000017"
ADDRESS = "192.0.2.9"
RUN = "the-run-of-the-store"
HOUR, DAY = 3600, 86_400
PROJECTION = Projection(
    account_id=1,
    version=7,
    user_number=NUMBER,
    kind=AccountKind.SYSTEM,
    networks=(ip_network("192.0.2.0/24"),),
    services={"cov": ServiceAccess()},
)


@dataclass
class InStore:
    """One account in the store: `.put()` writes its projection, `.ask()` is a query of its software."""

    store: Redis
    projection: Projection = PROJECTION
    keys: AccountKeys = field(default_factory=lambda: AccountKeys.of(NUMBER))

    def become(self, **changed: object) -> Self:
        """Another in PostgreSQL; the store does not know yet."""
        self.projection = replace(self.projection, **changed)  # type: ignore[arg-type]
        return self

    def but(self, **changed: object) -> Self:
        """With another projection, written at once."""
        self.become(**changed).put()
        return self

    def with_limits(self, *limits: tuple[str, int], **access: Any) -> Self:
        return self.but(services={"cov": ServiceAccess(limits=limits, **access)})

    def with_allowance(self, queries: int, valid_until: int, *limits: tuple[str, int]) -> Self:
        return self.with_limits(*limits, allowance=Allowance(5, queries, valid_until))

    def put(self, mode: str = "fill", *, run: str = RUN, meters: Sequence[Meter] = ()) -> bool:
        told = mode, self.projection.version, run, payload(self.projection, meters)
        return bool(self.store.eval(script("put"), 3, *self.keys.for_projection, *map(str, told)))

    def ask(
        self,
        service: str = "cov",
        *,
        address: str = ADDRESS,
        fingerprint: str = "",
        run: str = RUN,
        midnights: Sequence[int] | None = None,
        crossing: str = "",
    ) -> list[Any]:
        told = [service, run, fingerprint, as_hex(ip_address(address)), address, crossing or uuid4().hex]
        days = self.midnights() if midnights is None else midnights
        answer: Any = self.store.eval(script("decide"), 5, *self.keys.for_decision, *told, *map(str, days))
        return list(answer)

    def passes(self, **asked: Any) -> bool:
        return bool(self.ask(**asked)[0] == "ok")

    # -- the store's clock, and what was counted by it ------------------------------------------------------------

    def now(self) -> int:
        clock: Any = self.store.time()
        return int(clock[0])

    def midnights(self) -> list[int]:
        """A day that began an hour ago, and three around it."""
        begin = self.now() - HOUR
        return [begin - DAY, begin, begin + DAY, begin + 2 * DAY]

    def count(self, window: str, service: str = "cov") -> tuple[int, int] | None:
        """Since when, and how many."""
        kept: Any = self.store.hget(self.keys.meters, f"{service}:{window}")
        if kept is None:
            return None
        start, number, *_ = kept.split(":")
        return int(start), int(number)

    def counted(self, window: str, start: int, number: int) -> None:
        self.store.hset(self.keys.meters, f"cov:{window}", f"{start}:{number}")

    @property
    def mark(self) -> str | None:
        marked: Any = self.store.hget(self.keys.marks, "cov")
        return None if marked is None else str(marked)

    def events(self, kind: str) -> list[dict[str, str]]:
        entries: Any = self.store.xrange(self.keys.stream)
        return [entry for _, entry in entries if entry["kind"] == kind]

    def journal(self) -> dict[str, int]:
        kept: Any = self.store.hgetall(self.keys.journal)
        return {name: int(number) for name, number in kept.items()}
