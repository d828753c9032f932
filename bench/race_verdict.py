"""What the database, the metrics and the answers say after a round of the race."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.request import urlopen

from django.db import OperationalError, connections
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import Account, EmailChange, Session
from bench.storm import Answer
from blocking.choices import AttemptOutcome
from blocking.models import STRANGERS, Attempt, Block
from certificates.models import Certificate
from messagebox.models import Message

SECRETS_VERIFIED = "portal_secret_verifications_total"
FACTORS_VERIFIED = "portal_factor_verifications_total"
SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Facts:
    """How an account stands; `to_win`: all that changes for who gets in somewhere."""

    to_win: tuple[object, ...]
    attempts: int
    wrong_by_strangers: int
    wrong_on_known: int
    blocks: Counter[str]
    messages: int


@dataclass(frozen=True, slots=True)
class Round:
    """`won`: how often somebody got in, `may`: how often that is right. `busy`: answers 503, which counted nothing."""

    verified: dict[str, int]
    won: int
    blocks: int
    messages: int
    busy: int
    seconds: float
    may: int = 0
    misses: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, answers: Sequence[Answer], before: Facts, now: Facts, verified: dict[str, int], seconds: float) -> Self:
        let_in = sum(answer.let_in for answer in answers)
        won = max(let_in, int(before.to_win != now.to_win))
        busy = sum(answer.status == SERVICE_UNAVAILABLE for answer in answers)
        return cls(verified, won, now.blocks.total(), now.messages - before.messages, busy, seconds)

    def with_misses(self, misses: list[str]) -> Round:
        return replace(self, misses=misses)


def facts_of(account: Account) -> Facts:
    """Sessions are counted whoever they are of: half a sign-in has no account yet."""
    now = Account.objects.get(pk=account.pk)
    mine = {"account": account}
    wrong = Attempt.objects.filter(budget__account=account, outcome=AttemptOutcome.WRONG)
    return Facts(
        to_win=(
            Session.objects.count(),
            now.password,
            now.pin,
            now.state,
            EmailChange.objects.filter(**mine).count(),
            Certificate.objects.filter(**mine).count(),
        ),
        attempts=Attempt.objects.filter(budget__account=account).count(),
        wrong_by_strangers=wrong.filter(budget__browser_class=STRANGERS).count(),
        wrong_on_known=wrong.exclude(budget__browser_class=STRANGERS).count(),
        blocks=Counter(Block.objects.open().filter(**mine).values_list("reason", flat=True)),
        messages=Message.objects.filter(about=account).count(),
    )


def misses_of(answers: Sequence[Answer], found: Round, *, refusals: frozenset[int] = frozenset({200})) -> list[str]:
    """Nobody gets in, and nothing falls over."""
    odd = sorted({answer.status for answer in answers} - refusals - {SERVICE_UNAVAILABLE})
    told = [f"answers {status}" for status in odd]
    return [*told, f"{found.won} got in"] if found.won else told


def verified_so_far(base_url: str) -> Counter[str]:
    """How many secrets and second factors the portal has really compared, by name, over all its processes."""
    with urlopen(f"{base_url}/metrics", timeout=30) as answer:  # noqa: S310  # our own address
        families = list(text_string_to_metric_families(answer.read().decode()))
    counted: Counter[str] = Counter()
    for sample in (sample for family in families for sample in family.samples):
        if sample.name == SECRETS_VERIFIED:
            counted[sample.labels["secret"]] += int(sample.value)
        if sample.name == FACTORS_VERIFIED:
            counted[sample.labels["means"]] += int(sample.value)
    return counted


def amid_storm(question: Callable[[], bool]) -> Callable[[], bool]:
    """Asked by a thread of the storm, again and again, while the portal itself wants every connection."""

    def asked() -> bool:
        try:
            is_so = question()
        except OperationalError:
            return False  # no connection came in time; it is asked again
        if is_so:
            connections.close_all()  # of the thread that asked
        return is_so

    return asked
