"""Many blocks seen as one attack: one episode, one alarm to Support, one message to each organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from accounts.actors import PORTAL
from accounts.services import Parameters, record
from blocking import metrics
from blocking.choices import EpisodeKind
from blocking.models import Block, Episode, Victim
from blocking.policy import Thresholds, kind_of_episode, source_of
from blocking.queries.episodes import Period, active_episode, blocks_in_no_episode, organisations_in
from blocking.services.notices import tell_episode_began, tell_episode_to_organisation

# Any number that nothing else locks by.
_ONE_AT_A_TIME = 6_100_415


def note_in_episode(block: Block) -> Episode | None:
    """Put a block that failures opened in the episode it belongs to, which may begin with it.

    In the transaction that opens the block, as its last lock: blocks are weighed one after the other, or two would each
    begin an episode.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    source, near = source_of(block.source_address), _near(block.opened_at)
    episode = active_episode(source, (near[0] - _close(), near[1]))
    if episode:
        _join(episode, [block], at=block.opened_at)
        return episode
    return _begin(source, near, at=block.opened_at)


def _near(at: datetime) -> Period:
    """To both sides: of two that come at once, the later may be written first."""
    return at - _close(), at + _close()


def _close() -> timedelta:
    """How close together accidents do not lie. An attack may pause twice as long: its source is made to wait once."""
    return timedelta(minutes=settings.PORTAL_EPISODE_MINUTES)


def _begin(source: str, near: Period, *, at: datetime) -> Episode | None:
    recent = blocks_in_no_episode(near)
    from_source = [block for block in recent if source and source_of(block.source_address) == source]
    kind = kind_of_episode(from_source=_accounts(from_source), anywhere=_accounts(recent), thresholds=_thresholds())
    if kind is None:
        return None
    victims = from_source if kind == EpisodeKind.SOURCE else recent
    named = source if kind == EpisodeKind.SOURCE else ""
    episode = Episode.objects.create(kind=kind, source=named, began_at=victims[0].opened_at, last_at=at)
    _join(episode, victims, at=at)
    _raise_alarm(episode, _accounts(victims), at=at)
    return episode


def _thresholds() -> Thresholds:
    return Thresholds(settings.PORTAL_EPISODE_ACCOUNTS_PER_SOURCE, settings.PORTAL_EPISODE_ACCOUNTS)


def _accounts(blocks: Sequence[Block]) -> int:
    return len({block.account_id for block in blocks})


def _join(episode: Episode, blocks: Sequence[Block], *, at: datetime) -> None:
    told = organisations_in(episode)
    Victim.objects.bulk_create(Victim(episode=episode, block=block) for block in blocks)
    Episode.objects.filter(pk=episode.pk).update(last_at=max(episode.last_at, at))
    joined = {block.account.organisation for block in blocks if block.account.organisation}
    for organisation in sorted(joined - told, key=lambda each: each.pk):
        tell_episode_to_organisation(episode, organisation, at=at)


def _raise_alarm(episode: Episode, accounts: int, *, at: datetime) -> None:
    parameters: Parameters = {"episode": str(episode.public_id), "accounts": accounts, "source": episode.source}
    record("account:episode:began", by=PORTAL, at=at, parameters=parameters)
    tell_episode_began(episode, accounts=accounts, at=at)
    transaction.on_commit(metrics.episodes.labels(kind=episode.kind).inc, robust=True)
