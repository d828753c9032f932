"""Races at doors where a second factor is guessed: each device waits by itself, and a recovery code is good once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.utils import timezone

from accounts.choices import Means
from accounts.models import Account, OneTimeCodeDevice, RecoveryCode
from bench.doors import CONFIRM, FACTOR_FORMS, SIGN_IN_FACTOR
from bench.race_people import code_of, half_signed_in, link_app, shown, signed_in, somebody, wrong_codes
from bench.race_verdict import Round, amid_storm, facts_of, misses_of, verified_so_far
from bench.storm import Answer, Visitor, storm

# After so many wrong ones in a row, who comes after the next waits for minutes: longer than any storm.
WRONG_BEFORE = 8
RIGHT_IN_A_ROW = 30
USES_AT_ONCE = 20
REFUSALS = frozenset({200, 429})


@dataclass(frozen=True, slots=True)
class WrongCodes:
    """Many wrong codes at once, the right one behind them: one is looked at, and no recovery code waits."""

    title: str
    address: str
    shown: ClassVar = (Means.ONE_TIME_CODE.value,)

    def run(self, base_url: str, guesses: int) -> Round:
        account = somebody()
        codes = link_app(account)
        cookie = _cookie(self.address, base_url, account)
        right = shown(self.address, code_of(account), Means.ONE_TIME_CODE, cookie=cookie)
        _wrong_before(account)
        wrong = [
            shown(self.address, code, Means.ONE_TIME_CODE, cookie=cookie) for code in wrong_codes(account, guesses)
        ]
        spent = amid_storm(lambda: _wrong_in_a_row(account) > WRONG_BEFORE)
        answers, found = _played(base_url, account, lambda: storm(base_url, wrong, planted=[right], is_spent=spent))
        looked_at = found.verified[Means.ONE_TIME_CODE]
        misses = misses_of(answers, found, refusals=REFUSALS)
        misses += [f"{looked_at} codes looked at"] if looked_at != 1 else []
        other = Visitor.at(base_url).enter(shown(self.address, codes[0], Means.RECOVERY_CODE, cookie=cookie))
        return found.with_misses(misses if other.let_in else [*misses, "the recovery codes wait as well"])


@dataclass(frozen=True, slots=True)
class RightCodes:
    """So many right ones in a row, and then a recovery code: all of them are good."""

    title: str
    address: str
    shown: ClassVar = (Means.ONE_TIME_CODE.value, Means.RECOVERY_CODE.value)

    def run(self, base_url: str, guesses: int) -> Round:
        account = somebody()
        codes = link_app(account)
        cookie = _cookie(self.address, base_url, account)
        play = _InARow(base_url, self.address, account, codes[0], cookie)
        answers, found = _played(base_url, account, play)
        refused = sum(not answer.let_in for answer in answers)
        misses = [f"{refused} right codes refused"] if refused else []
        return replace(found, may=RIGHT_IN_A_ROW + 1, misses=misses)


@dataclass(frozen=True, slots=True)
class _InARow:
    base_url: str
    address: str
    account: Account
    recovery_code: str
    cookie: str

    def __call__(self) -> list[Answer]:
        visitor, cookie, answers = Visitor.at(self.base_url), self.cookie, []
        for number in range(RIGHT_IN_A_ROW + 1):
            is_last = number == RIGHT_IN_A_ROW
            means = Means.RECOVERY_CODE if is_last else Means.ONE_TIME_CODE
            code = self.recovery_code if is_last else code_of(self.account)
            answers.append(visitor.enter(shown(self.address, code, means, cookie=cookie)))
            # Every confirmation gives the session a new key.
            name = settings.SESSION_COOKIE_NAME
            cookie = f"{name}={answers[-1].cookies[name]}" if name in answers[-1].cookies else cookie
        return answers


@dataclass(frozen=True, slots=True)
class OneRecoveryCode:
    """One code at once from many browsers on which the password was right: one of them gets in."""

    title: str
    address: str
    shown: ClassVar = (Means.RECOVERY_CODE.value,)

    def run(self, base_url: str, guesses: int) -> Round:
        account = somebody()
        codes = link_app(account)
        cookies = [_cookie(self.address, base_url, account) for _ in range(USES_AT_ONCE)]
        uses = [shown(self.address, codes[0], Means.RECOVERY_CODE, cookie=cookie) for cookie in cookies]
        _, found = _played(base_url, account, lambda: storm(base_url, uses))
        used = RecoveryCode.objects.filter(belongs_to__user=account, used_at__isnull=False).count()
        misses = [f"{found.won} got in, {used} codes used"] if (found.won, used) != (1, 1) else []
        return replace(found, may=1, misses=misses)


FactorRace = WrongCodes | RightCodes | OneRecoveryCode


def factor_races() -> list[FactorRace]:
    names = {SIGN_IN_FACTOR: "sign in", CONFIRM: "confirming"}
    return [
        *(WrongCodes(f"one-time codes, {names[address]}", address) for address in FACTOR_FORMS),
        RightCodes("right codes in a row", CONFIRM),
        OneRecoveryCode("one recovery code", SIGN_IN_FACTOR),
    ]


def _played(base_url: str, account: Account, play: Callable[[], list[Answer]]) -> tuple[list[Answer], Round]:
    before, since = facts_of(account), verified_so_far(base_url)
    started = time.perf_counter()
    answers = play()
    seconds = time.perf_counter() - started
    verified = verified_so_far(base_url) - since
    by_means = {means.value: verified[means.value] for means in (Means.ONE_TIME_CODE, Means.RECOVERY_CODE)}
    return answers, Round.of(answers, before, facts_of(account), by_means, seconds)


def _cookie(address: str, base_url: str, account: Account) -> str:
    return half_signed_in(base_url, account) if address == SIGN_IN_FACTOR else signed_in(base_url, account).session


def _wrong_before(account: Account) -> None:
    """As many wrong ones in a row leave the app: the next is looked at, and whoever comes after that waits for long."""
    calm = timezone.now() - timedelta(days=1)
    device = OneTimeCodeDevice.objects.filter(user=account)
    device.update(throttling_failure_count=WRONG_BEFORE, throttling_failure_timestamp=calm)


def _wrong_in_a_row(account: Account) -> int:
    return int(OneTimeCodeDevice.objects.get(user=account).throttling_failure_count)
