"""One round of the race: a fresh account, its storm, and what the database and the metrics say afterwards."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from urllib.request import urlopen

from django.contrib.sessions.models import Session
from django.db import OperationalError, connections
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.actors import PORTAL
from accounts.choices import AccountState, Secret
from accounts.models import Account, Organisation
from accounts.services import create_account, issue_pin, set_password
from bench.storm import FORGOTTEN_PASSWORD, SIGN_IN, Answer, Guess, storm
from blocking.choices import BlockReason
from blocking.models import Attempt, Block, Budget
from messagebox.models import Message

PASSWORD = "vier woorden achter elkaar"  # noqa: S105  # of accounts that live for one round
PIN = "Kx7pRt4m"
LIMIT = 5
VERIFICATIONS = "portal_secret_verifications_total"
SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Race:
    """At which doors the guesses arrive, and at which secrets they guess."""

    title: str
    doors: dict[str, Secret]

    @property
    def is_mixed(self) -> bool:
        return len(self.doors) > 1


RACES = (
    Race("sign in", {SIGN_IN: Secret.PASSWORD}),
    Race("forgotten password", {FORGOTTEN_PASSWORD: Secret.PIN}),
    Race("both, mixed", {SIGN_IN: Secret.PASSWORD, FORGOTTEN_PASSWORD: Secret.PIN}),
)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of it. `busy`: answers 503, which looked at no secret and counted nothing."""

    verified: dict[str, int]
    won: int
    blocks: int
    messages: int
    busy: int
    seconds: float
    misses: list[str] = field(default_factory=list)


def run_round(base_url: str, race: Race, guesses: int) -> Round:
    account = _somebody()
    before, sessions = _verified(base_url), Session.objects.count()
    started = time.perf_counter()
    answers = storm(
        base_url,
        _wrong(race, account, guesses),
        planted=[_right(door, account) for door in race.doors],
        is_spent=partial(_is_spent, race, account),
    )
    seconds = time.perf_counter() - started
    after = _verified(base_url)
    verified = {secret.value: round(after[secret] - before[secret]) for secret in Secret}
    return _judged(race, account, answers, verified, seconds, Session.objects.count() - sessions)


def _judged(
    race: Race, account: Account, answers: list[Answer], verified: dict[str, int], seconds: float, sessions: int
) -> Round:
    reasons = Counter(Block.objects.open().filter(account=account).values_list("reason", flat=True))
    messages = Message.objects.filter(about=account).count()
    statuses = Counter(answer.status for answer in answers)
    won = max(sessions, sum(answer.let_in for answer in answers))
    misses = _misses(race, account, verified, reasons, messages)
    misses += [f"{won} got in"] if won else []
    misses += [f"answers {status}" for status in statuses if status not in {200, SERVICE_UNAVAILABLE}]
    return Round(verified, won, reasons.total(), messages, statuses[SERVICE_UNAVAILABLE], seconds, misses)


def _misses(race: Race, account: Account, verified: dict[str, int], reasons: Counter[str], messages: int) -> list[str]:
    """A PIN block refuses the password as well, so in the mixed race the password may not come as far as five."""
    settled_first = BlockReason.PIN if race.is_mixed else BlockReason(next(iter(race.doors.values())))
    expectations = {
        f"{settled_first} verified {verified[settled_first]} times": verified[settled_first] == LIMIT,
        f"{verified} verified": all(verified[s] <= (LIMIT if s in race.doors.values() else 0) for s in Secret),
        "attempts and verifications differ": _attempts(account) == sum(verified.values()),
        f"{reasons[settled_first]} blocks for {settled_first}": reasons[settled_first] == 1,
        f"blocks {dict(reasons)}": all(reason in race.doors.values() and n == 1 for reason, n in reasons.items()),
        f"{messages} messages for {reasons.total()} blocks": messages == reasons.total(),
    }
    return [said for said, is_so in expectations.items() if not is_so]


def _somebody() -> Account:
    at = timezone.now()
    facts = {"name": "Stormpolder", "created_at": at}
    organisation = Organisation.objects.get_or_create(agb_code="00999999", defaults=facts)[0]
    account = create_account(organisation=organisation, name="Iemand", state=AccountState.ACTIVE, by=PORTAL, at=at)
    set_password(account, new_password=PASSWORD, by=PORTAL, at=at)
    issue_pin(account, pin=PIN, by=PORTAL, at=at)
    return account


def _wrong(race: Race, account: Account, number: int) -> list[Guess]:
    doors = list(race.doors)
    return [Guess(doors[n % len(doors)], account.user_number, f"verkeerd{n:05d}") for n in range(number)]


def _right(door: str, account: Account) -> Guess:
    return Guess(door, account.user_number, PASSWORD if door == SIGN_IN else PIN)


def _is_spent(race: Race, account: Account) -> bool:
    """Whether the right secrets may come: all attempts are committed as taken; mixed: the PIN is blocked."""
    try:
        spent = _pin_is_blocked(account) if race.is_mixed else _all_are_taken(account)
    except OperationalError:
        return False  # amid the storm no connection came in time; it is asked again
    if spent:
        connections.close_all()  # of the storm's thread that asked
    return spent


def _pin_is_blocked(account: Account) -> bool:
    return Block.objects.open().filter(account=account, reason=BlockReason.PIN).exists()


def _all_are_taken(account: Account) -> bool:
    return Budget.objects.filter(account=account, taken__gte=LIMIT).exists()


def _attempts(account: Account) -> int:
    return Attempt.objects.filter(budget__account=account).count()


def _verified(base_url: str) -> Counter[str]:
    """How many secrets the portal has really compared, over all its processes."""
    with urlopen(f"{base_url}/metrics", timeout=30) as answer:  # noqa: S310  # our own address
        families = list(text_string_to_metric_families(answer.read().decode()))
    samples = (sample for family in families for sample in family.samples if sample.name == VERIFICATIONS)
    counted: Counter[str] = Counter()
    for sample in samples:
        counted[sample.labels["secret"]] += int(sample.value)
    return counted
