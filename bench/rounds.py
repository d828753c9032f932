"""Races at the doors of the register: a fresh account, its storm, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.choices import AccountKind, AccountState, Secret
from accounts.models import Account
from bench.doors import FORMS
from bench.race_people import PASSWORD, PIN, link_app, signed_in, somebody
from bench.race_verdict import Facts, Round, amid_storm, facts_of, misses_of, verified_so_far
from bench.storm import Guess, storm
from blocking.choices import BlockReason, BlockScope, Door
from blocking.doors import DOORS, DoorRule
from blocking.models import Block, Budget

LIMIT = 5
RIGHT = {Secret.PASSWORD: PASSWORD, Secret.PIN: PIN}


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door, and the cookie of who stands before it."""

    rule: DoorRule
    cookie: str = ""

    def guess(self, account: Account, secret: str) -> Guess:
        return Guess(self.rule.address, account.user_number, secret, self.cookie)


@dataclass(frozen=True, slots=True)
class Race:
    """At which doors the guesses arrive; `beside_known`: every other one from a browser that the account knows."""

    title: str
    rules: tuple[DoorRule, ...]
    beside_known: bool = False

    @property
    def secrets(self) -> list[Secret]:
        return list(dict.fromkeys(rule.secret for rule in self.rules))

    @property
    def shown(self) -> list[str]:
        return [secret.value for secret in self.secrets]

    @property
    def settled_first(self) -> Secret:
        """A PIN block refuses the password as well, so where both are guessed only the PIN has its five for certain."""
        return Secret.PIN if Secret.PIN in self.secrets else Secret.PASSWORD

    def run(self, base_url: str, guesses: int) -> Round:
        account = _account(self)
        entrances = _entrances(self, base_url, account)
        before, since = facts_of(account), verified_so_far(base_url)
        started = time.perf_counter()
        answers = storm(
            base_url,
            [entrances[n % len(entrances)].guess(account, f"verkeerd{n:05d}") for n in range(guesses)],
            planted=[entrance.guess(account, RIGHT[entrance.rule.secret]) for entrance in entrances],
            is_spent=amid_storm(lambda: _is_spent(self, account)),
        )
        seconds = time.perf_counter() - started
        now, verified = facts_of(account), verified_so_far(base_url) - since
        found = Round.of(answers, before, now, {secret.value: verified[secret.value] for secret in Secret}, seconds)
        return found.with_misses([*misses_of(answers, found), *_misses(self, found, before, now)])


def races() -> list[Race]:
    """Every door of the register by itself, those of one secret mixed, all mixed, a known browser among strangers."""
    for_active = tuple(rule for rule in DOORS.values() if AccountState.ACTIVE in rule.states | rule.counted_in)
    of_a_secret = {secret: tuple(rule for rule in for_active if rule.secret == secret) for secret in Secret}
    return [
        *(Race(door.name.lower().replace("_", " "), (rule,)) for door, rule in DOORS.items()),
        *(Race(f"{secret.value}: all doors", rules) for secret, rules in of_a_secret.items() if len(rules) > 1),
        Race("all doors, mixed", for_active),
        Race("strangers and a known browser", (DOORS[Door.SIGN_IN],), beside_known=True),
    ]


def _account(race: Race) -> Account:
    """As the first door serves them."""
    rule = race.rules[0]
    is_active = AccountState.ACTIVE in rule.states
    return somebody(
        kind=AccountKind.PERSONAL if AccountKind.PERSONAL in rule.kinds else AccountKind.SYSTEM,
        state=AccountState.ACTIVE if is_active else min(rule.states),
        has_password=is_active and AccountKind.PERSONAL in rule.kinds,
    )


def _entrances(race: Race, base_url: str, account: Account) -> Sequence[Entrance]:
    wants_session = any(FORMS[rule.address].is_for_signed_in for rule in race.rules)
    if wants_session:
        link_app(account)
    browser = signed_in(base_url, account) if wants_session or race.beside_known else None
    found = []
    for rule in race.rules:
        found.append(Entrance(rule, browser.session if browser and FORMS[rule.address].is_for_signed_in else ""))
        if browser and race.beside_known:
            found.append(Entrance(rule, browser.known))
    return found


def _is_spent(race: Race, account: Account) -> bool:
    """Whether the right secrets may come: all attempts are committed as taken; of several kinds, all are refused."""
    if race.beside_known:
        return Block.objects.open().filter(account=account, scope=BlockScope.EVERYWHERE).exists()
    if len(race.secrets) > 1:
        return Block.objects.open().filter(account=account, reason=BlockReason.PIN).exists()
    return Budget.objects.filter(account=account, secret=race.settled_first, taken__gte=LIMIT).exists()


def _misses(race: Race, found: Round, before: Facts, now: Facts) -> list[str]:
    first, blocks = race.settled_first, now.blocks
    attempts = now.attempts - before.attempts
    expectations = {
        f"{found.verified} verified": all(
            number <= (_most(race) if Secret(name) in race.secrets else 0) for name, number in found.verified.items()
        ),
        f"{attempts} attempts for {found.verified}": attempts == sum(found.verified.values()),
        f"{blocks[first]} blocks for {first}": blocks[first] == 1,
        f"blocks {dict(blocks)}": all(Secret(reason) in race.secrets and n == 1 for reason, n in blocks.items()),
    }
    expectations |= _of_known(now) if race.beside_known else _of_strangers(found, first)
    return [said for said, is_so in expectations.items() if not is_so]


def _most(race: Race) -> int:
    return LIMIT * (2 if race.beside_known else 1)


def _of_strangers(found: Round, first: Secret) -> dict[str, bool]:
    return {
        f"{first} verified {found.verified[first]} times": found.verified[first] == LIMIT,
        f"{found.messages} messages for {found.blocks} blocks": found.messages == found.blocks,
    }


def _of_known(now: Facts) -> dict[str, bool]:
    """Five on the known browser, and five by strangers, or fewer where the known browser had its five before them."""
    return {
        f"known browser {now.wrong_on_known} wrong": now.wrong_on_known == LIMIT,
        f"strangers {now.wrong_by_strangers} wrong": now.wrong_by_strangers <= LIMIT,
    }
