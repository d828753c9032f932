"""What happened to demo people: blocks, how long before the loading they opened, and who lifted them.

five wrong entries          Anja, Bram or Support lifts
before `opened`    -->      `lifted` before the loading     -->   signed in again
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from blocking.choices import BlockReason, LiftChannel, LiftReason

FIREFOX: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
PHONE: Final = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"


@dataclass(frozen=True, slots=True)
class LiftStory:
    """Who lifted it, how long before the loading, in which way and why."""

    ago: timedelta
    by: str
    reason: LiftReason
    note: str = ""
    channel: LiftChannel = LiftChannel.USER_ADMINISTRATION


@dataclass(frozen=True, slots=True)
class Episode:
    """One block of somebody. Addresses are from the ranges that exist for documentation."""

    reason: BlockReason
    ago: timedelta
    source_address: str = "192.0.2.24"
    user_agent: str = FIREFOX
    lifted: LiftStory | None = None


def password(ago: timedelta, lifted: LiftStory | None = None, *, user_agent: str = FIREFOX) -> Episode:
    return Episode(BlockReason.PASSWORD, ago, user_agent=user_agent, lifted=lifted)


def attacked(ago: timedelta) -> Episode:
    """One of several that somebody tries from one place, minutes apart."""
    return Episode(BlockReason.PASSWORD, ago, "203.0.113.66", "python-requests/2.32.3")


def pin(ago: timedelta, lifted: LiftStory | None = None) -> Episode:
    return Episode(BlockReason.PIN, ago, "198.51.100.7", CHROME, lifted)


def quota(ago: timedelta, lifted: LiftStory | None = None) -> Episode:
    return Episode(BlockReason.QUOTA, ago, "2001:db8:24::7", lifted=lifted)


def support(ago: timedelta) -> Episode:
    return Episode(BlockReason.SUPPORT, ago)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    return timedelta(days=number)
