"""One block of one person: how it came, who read about it, how it went."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings

from accounts.actors import Actor
from accounts.models import Account, Service
from accounts.services import complete_sign_in
from blocking.choices import BlockReason, CallerCheck, CallerRole, CaseChannel, Door, LiftChannel, QuotaWindow
from blocking.models import Block
from blocking.services import (
    CallerSaid,
    Quoted,
    Typed,
    check_caller,
    check_secret,
    grant_case,
    lift_block,
    open_block,
    open_case,
)
from blocking.services.quota import QuotaEvent, record_crossing
from messagebox.models import Message
from messagebox.queries import readers
from messagebox.services import mark_read
from vecozo_portal.demo.cast import ANJA, CAST, SANNE, Person
from vecozo_portal.demo.catalogue import COV
from vecozo_portal.demo.quotas import COV_PERSONAL_A_DAY
from vecozo_portal.demo.story import CHROME, Episode, LiftStory, hours
from vecozo_portal.demo.usage import tell_rush
from vecozo_portal.demo.values import password_of, pin_of

# Older messages were read by who could, so that nobody is reminded of the demo's past.
READ_AFTER = hours(20)
SIGNED_IN_AFTER_A_LIFT = timedelta(minutes=10)


def live_through(episode: Episode, person: Person, account: Account, *, earlier: int, at: datetime) -> None:
    """What is missing of this episode; `earlier` is how many blocks the person had before it."""
    if _block(account, earlier) is None:
        _open(episode, person, account, at - episode.ago)
        if episode.ago > READ_AFTER:
            _everybody_reads(account, at - episode.ago)
    block = _block(account, earlier)
    if block and block.is_open and episode.lifted:
        _lift(block, episode.lifted, at - episode.lifted.ago)


def _block(account: Account, earlier: int) -> Block | None:
    blocks = Block.objects.filter(account=account).select_related("account__organisation")
    return blocks.order_by("opened_at", "pk")[earlier : earlier + 1].first()


def _open(episode: Episode, person: Person, account: Account, opened_at: datetime) -> None:
    if episode.reason == BlockReason.SUPPORT:
        open_block(account, reason=BlockReason.SUPPORT, by=_actor(SANNE), at=opened_at)
    elif episode.reason == BlockReason.QUOTA:
        _open_for_quota(episode, account, opened_at)
    else:
        _enter_wrongly(episode, person, opened_at)


def _open_for_quota(episode: Episode, account: Account, opened_at: datetime) -> None:
    """As the gate's worker does it: the journal has the queries that were let through, the next one crossed."""
    service = Service.objects.get(code=COV)
    limit, client = COV_PERSONAL_A_DAY, episode.source_address
    tell_rush(account, service, client=client, queries=limit, at=opened_at)
    crossing_id = uuid5(NAMESPACE_OID, f"demo {account.user_number} {opened_at.isoformat()}")
    crossing = QuotaEvent(account, service, QuotaWindow.DAY, limit, limit + 1, client, opened_at)
    record_crossing(crossing_id, crossing, at=opened_at)


def _enter_wrongly(episode: Episode, person: Person, opened_at: datetime) -> None:
    """With Caps Lock on, a minute apart, the last time at the moment of the block."""
    is_pin = episode.reason == BlockReason.PIN
    right = pin_of(person) if is_pin else password_of(person)
    door = Door.FORGOTTEN_PASSWORD if is_pin else Door.SIGN_IN
    typed = Typed(door, person.user_number, (right or "").swapcase())
    by = Actor(source_address=episode.source_address, user_agent=episode.user_agent)
    for minutes in reversed(range(settings.PORTAL_FAILURE_LIMIT)):
        check_secret(typed, by=by, at=opened_at - timedelta(minutes=minutes))


def _lift(block: Block, lift: LiftStory, lifted_at: datetime) -> None:
    by, asked_support = _actor(lift.by), lift.channel != LiftChannel.USER_ADMINISTRATION
    if asked_support:
        _ask_support(block, lift, by=by, at=lifted_at)
        _everybody_reads(block.account, lifted_at)
    else:
        lift_block(block, by=by, at=lifted_at, channel=lift.channel, reason=lift.reason, note=lift.note)
        _reads(by, block.account, block.opened_at, at=lifted_at)
    signs_in = Actor(source_address="192.0.2.11", user_agent=CHROME)
    complete_sign_in(block.account, by=signs_in, at=lifted_at + SIGNED_IN_AFTER_A_LIFT)


def _ask_support(block: Block, lift: LiftStory, *, by: Actor, at: datetime) -> None:
    """A contact person rang; Support rang back and granted the case."""
    caller, channel = CallerSaid(CallerRole.CONTACT_PERSON, ANJA), CaseChannel(lift.channel)
    case = open_case(quoted=Quoted.of(block.account), caller=caller, channel=channel, about=block, by=by, at=at)
    case = check_caller(case, check=CallerCheck.CALL_BACK, spoken_to=caller, by=by, at=at, seen=case.as_seen)
    grant_case(case, by=by, at=at, seen=case.as_seen, reason=lift.reason, note=lift.note)


def _actor(name: str) -> Actor:
    """A contact person or somebody of Support, at work."""
    number = next(person.user_number for person in CAST if person.name == name)
    account = Account.objects.select_related("organisation").get(user_number=number)
    actor = Actor(account, source_address="198.51.100.20", user_agent=CHROME)
    return actor.acting_for(account.organisation) if account.organisation else actor


def _everybody_reads(account: Account, posted_at: datetime) -> None:
    """What was posted about this account at that moment is read by who could, an hour after another."""
    if account.organisation:
        for nth, reader in enumerate(readers(account.organisation, posted_at), start=1):
            _reads(Actor(reader), account, posted_at, at=posted_at + hours(nth))


def _reads(by: Actor, account: Account, posted_at: datetime, *, at: datetime) -> None:
    for message in Message.objects.filter(about=account, posted_at=posted_at):
        mark_read(message, by=by, at=at)
