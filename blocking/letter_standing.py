"""How the block that a message is about stands by now: advice is over once it is lifted, or once Support was asked."""

from __future__ import annotations

from uuid import UUID

from blocking.choices import BlockReason
from blocking.models import Block
from blocking.queries.cases import open_case_of
from messagebox.letter_additions import add_standing
from messagebox.models import Message


def connect() -> None:
    add_standing("blocking:block_opened", standing_of_block)
    add_standing("blocking:new_pin", standing_of_pin)


def standing_of_block(message: Message) -> dict[str, object]:
    """`ended_at` of a block that was lifted; `pending`: the open case about one that was not."""
    block = _block_of(message)
    if block is None:
        return {}
    if block.lifted_at:
        return {"ended_at": block.lifted_at}
    return {"pending": open_case_of(block)}


def standing_of_pin(message: Message) -> dict[str, object]:
    """`pin_block`: a new PIN lifts no block, so that act is offered beside it."""
    open_now = Block.objects.open().filter(account=message.about_id, reason=BlockReason.PIN)
    return {"pin_block": open_now.first()}


def _block_of(message: Message) -> Block | None:
    """Only of the organisation whose message it is."""
    try:
        public_id = UUID(str(message.parameters.get("block", "")))
    except ValueError:
        return None
    return Block.objects.filter(public_id=public_id, account__organisation=message.organisation_id).first()
