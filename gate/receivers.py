"""What the gate does when it hears the ground floor's signal: tell its store, so that a change is in force at once."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any, Final

from accounts.outages import LeftAlone
from accounts.signals import accounts_changed
from gate.rounds import PartlyAway
from gate.services.pushing import BATCH, push
from gate.store import STORE_AWAY, gate_store

logger = logging.getLogger(__name__)

# Long against the half second in which the worker sweeps what was missed; short enough that nobody notices it is over.
LEFT_ALONE_SECONDS: Final = 5.0

store_left_alone = LeftAlone()


def push_what_changed(sender: object, *, account_ids: Collection[int], **_: Any) -> None:
    """In the process that committed. What is missed here, because it is many or the store is away, is swept."""
    if store_left_alone or len(account_ids) > BATCH:
        return
    try:
        push(account_ids, gate_store())
    except PartlyAway as outage:
        # One node of a cluster; changes of accounts on the others go on being pushed at once.
        logger.warning("A part of the gate's store is away; what changed there is left for the sweep: %s", outage)
    except STORE_AWAY:
        store_left_alone.leave(seconds=LEFT_ALONE_SECONDS)
        logger.warning("The gate's store is away; what changed is left for the sweep.")


def connect() -> None:
    accounts_changed.connect(push_what_changed, dispatch_uid="gate")
