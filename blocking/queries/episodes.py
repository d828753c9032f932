"""Episodes: what a new block is weighed against, and what contact persons and Support see of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet

from accounts.models import Organisation
from blocking.choices import BlockReason
from blocking.models import Block, Episode, Victim

# behaviour.md, section 3: what wrong entries open. A quota or Support is no attacker.
OF_FAILURES: Final = (BlockReason.PASSWORD, BlockReason.PIN)
# The log goes back further, but a page of attacks is for what still wants an answer.
EPISODES_SHOWN: Final = 50


Period = tuple[datetime, datetime]


def active_episode(source: str, near: Period) -> Episode | None:
    """The episode that goes on at this time: from this source, else from anywhere."""
    going_on = Episode.objects.filter(last_at__gte=near[0], began_at__lte=near[1], source__in={source, ""})
    return going_on.order_by("-source", "-began_at").first()


def blocks_in_no_episode(near: Period) -> list[Block]:
    """Those that failures opened in this time, oldest first."""
    alone = Block.objects.filter(opened_at__range=near, reason__in=OF_FAILURES, victim=None)
    return list(alone.select_related("account__organisation").order_by("opened_at", "pk"))


def organisations_in(episode: Episode) -> set[Organisation]:
    return set(Organisation.objects.filter(accounts__blocks__victim__episode=episode))


def episodes_of(organisation: Organisation) -> QuerySet[Episode]:
    """Newest first, with how many blocks of this organisation are in each, how many are open, and from when to when."""
    own = Q(victims__block__organisation=organisation)
    return Episode.objects.filter(own).annotate(
        own_count=Count("victims"),
        own_open=Count("victims", filter=Q(victims__block__lifted_at=None)),
        own_first_at=Min("victims__block__opened_at"),
        own_last_at=Max("victims__block__opened_at"),
    )[:EPISODES_SHOWN]


def episode_of(organisation: Organisation, public_id: UUID) -> Episode | None:
    """An episode that struck this organisation, or None: what struck others looks like none."""
    return Episode.objects.of(organisation).filter(public_id=public_id).first()


def goes_on(episode: Episode, at: datetime) -> bool:
    """Would a block of this moment still belong to it? An attack may pause twice as long as accidents lie apart."""
    return episode.last_at >= at - 2 * timedelta(minutes=settings.PORTAL_EPISODE_MINUTES)


def own_blocks_in(episode: Episode, organisation: Organisation) -> list[UUID]:
    """This organisation's blocks alone, oldest first."""
    blocks = Block.objects.of(organisation).filter(victim__episode=episode)
    return list(blocks.order_by("opened_at", "pk").values_list("public_id", flat=True))


def episodes_with_open_blocks() -> int:
    standing = Victim.objects.filter(block__lifted_at=None)
    return standing.order_by().values("episode").distinct().count()
