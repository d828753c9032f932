"""Telling the gate's store what changed, and remembering what was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import AccountVersion
from gate.keys import AccountKeys
from gate.lua import script
from gate.policy import Projection
from gate.projection import payload
from gate.queries.projection import projections_of
from gate.store import Store

# So many accounts are read and written at a time.
BATCH: Final = 500


def push(account_ids: Iterable[int], store: Store, *, mode: str = "push") -> int:
    """Write these accounts' projections where the store knows them; how many were. Raises redis.RedisError.

    An account that the store does not know is filled when it is asked about. `repair`: whatever version is there.
    """
    ids = list(account_ids)
    return sum(_push_batch(ids[first : first + BATCH], store, mode) for first in range(0, len(ids), BATCH))


def _push_batch(ids: Sequence[int], store: Store, mode: str) -> int:
    projections = projections_of(ids)
    pipeline = store.pipeline(transaction=False)
    for projection in projections:
        keys = AccountKeys.of(projection.user_number).for_projection
        pipeline.eval(script("put"), len(keys), *keys, mode, projection.version, "", payload(projection))
    written: int = sum(pipeline.execute())
    _remember(projections)
    return written


def _remember(projections: Iterable[Projection]) -> None:
    for projection in projections:
        told = AccountVersion.objects.filter(pk=projection.account_id, pushed__lt=projection.version)
        told.update(pushed=Greatest(F("pushed"), projection.version))
