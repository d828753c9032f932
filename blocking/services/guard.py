"""The one guard behind every door that takes a secret of an account.

The order is fixed (behaviour.md, section 3): the source throttle, a hashing place, then one of the
five, then the hash, then the settlement. Somebody unknown, blocked, inactive or void pays the same hash on a dummy and
the same number of statements, so that nothing can be learned from words or time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.choices import AccountKind, Outcome, Secret
from accounts.models import Account
from accounts.policy import canonical_user_number
from accounts.services import record, rehash_secret
from blocking.choices import Door
from blocking.doors import DOORS, looks_at
from blocking.policy import refuses_entry
from blocking.queries.doors import AtTheDoor, at_the_door
from blocking.services import counting, hashing, pace, spent_numbers, throttle
from blocking.services.blocks import open_block_for_failures
from blocking.services.counting import Count, Entry
from blocking.services.proving import still_stands
from blocking.services.voiding import void_secret


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, at which door: the door says which secret it is."""

    door: Door
    user_number: str
    entered: str

    @property
    def secret(self) -> Secret:
        return DOORS[self.door].secret


def check_secret(typed: Typed, *, by: Actor, at: datetime) -> Account | None:
    """The account whose secret this is, or None, for whatever reason.

    Every wrong entry is counted and audited before this returns; the fifth opens the block. A right
    entry gives back its attempt but resets nothing: the caller does, when its act is complete.
    Raises SourceThrottled or SourceStopped (429) where too much was refused from this source, and Overloaded (503) when
    no hashing place comes free in time; none is counted. Must not be called inside a transaction.
    """
    throttle.insist_on_room(by=by)
    spent_numbers.insist_on_few(typed.user_number, by=by, at=at)
    with hashing.entry_place():
        with hashing.hashing_place():
            account = _checked(typed, by=by, at=at)
        if account is None:
            throttle.count_failure(by=by)
            spent_numbers.count_failure(typed.user_number, by=by)
            pace.wait_until_all_are_even()
    return account


def _checked(typed: Typed, *, by: Actor, at: datetime) -> Account | None:
    found = at_the_door(canonical_user_number(typed.user_number), by=by, at=at)
    if found is None or not _is_let_in(found, typed.door):
        _refuse_unseen(found, typed, by=by, at=at)
        return None
    entry = _entry(found, typed, by, at)
    attempt = counting.reserve(entry)
    if attempt is None:
        _refuse_spent(entry, typed)
        return None
    return _verify(attempt, entry, typed, found)


def _is_let_in(found: AtTheDoor, door: Door) -> bool:
    account, secret = found.account, DOORS[door].secret
    blocked = refuses_entry(
        found.open_blocks, kind=AccountKind(account.kind), secret=secret, known_browser=found.is_on_known_browser
    )
    looked_at = looks_at(door, kind=account.kind, state=account.state)
    return looked_at and not blocked and found.has_usable(secret)


def _entry(found: AtTheDoor, typed: Typed, by: Actor, at: datetime) -> Entry:
    return Entry(found.account, typed.secret, found.browser_class, typed.door, by, at)


def _verify(attempt: int, entry: Entry, typed: Typed, found: AtTheDoor) -> Account | None:
    encoded = found.account.hash_of(typed.secret)
    if hashing.verify(typed.secret, typed.entered, encoded):
        if hashing.is_outdated(encoded):
            rehash_secret(entry.account, secret=typed.secret, entered=typed.entered)
        return _settle_right(attempt, entry)
    _settle_wrong(attempt, entry)
    return None


@transaction.atomic
def _settle_right(attempt: int, entry: Entry) -> Account | None:
    stands = still_stands(entry.account, entry.door, browser_class=entry.browser_class)
    counting.give_back(attempt, entry)
    if not stands:
        _audit(entry, "refused")
        return None
    return entry.account


@transaction.atomic
def _settle_wrong(attempt: int, entry: Entry) -> None:
    count = counting.settle_wrong(attempt, entry)
    _audit(entry, "failed")
    _draw_consequences(count, entry)


def _refuse_spent(entry: Entry, typed: Typed) -> None:
    """None left: count what crashed half-way, open the block if that makes five, and refuse."""
    hashing.pay_for_nothing(typed.entered)
    with transaction.atomic():
        count = counting.lapse_unsettled(entry)
        _audit(entry, "refused")
        _draw_consequences(count, entry)


def _refuse_unseen(found: AtTheDoor | None, typed: Typed, *, by: Actor, at: datetime) -> None:
    """Refuse without looking at the secret: nobody's, blocked, not active, or without that secret."""
    decoy = found.account.pk if found else crc32(typed.user_number.encode())
    with transaction.atomic():
        counting.write_to_decoy(decoy)
    hashing.pay_for_nothing(typed.entered)
    with transaction.atomic():
        counting.write_to_decoy(decoy)
        if found is None:
            counting.write_to_decoy(decoy)
        else:
            _audit(_entry(found, typed, by, at), "refused")


def _draw_consequences(count: Count, entry: Entry) -> None:
    if count.wrong is not None and count.wrong >= settings.PORTAL_FAILURE_LIMIT:
        pace.opens_a_block()
        open_block_for_failures(entry, evidence_count=count.wrong)
    since_set = count.wrong_since_set
    if since_set is not None and since_set >= settings.PORTAL_CUMULATIVE_CAP:
        void_secret(entry.account, entry.secret, by=entry.by, at=entry.at)


def _audit(entry: Entry, ending: str) -> None:
    outcome = Outcome.FAILED if ending == "failed" else Outcome.REFUSED
    record(
        f"account:{entry.secret.value}:{ending}",
        by=entry.by,
        at=entry.at,
        account=entry.account,
        outcome=outcome,
        parameters={"door": entry.door.label},
    )
