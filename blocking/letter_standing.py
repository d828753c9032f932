"""How the block that a message is about stands by now: advice is over once it is lifted, or once Support was asked."""

from __future__ import annotations

from uuid import UUID

from blocking.models import Block
from blocking.queries.cases import open_case_of
from messagebox.letter_additions import add_standing
from messagebox.models import Message


def connect() -> None:
    add_standing("blocking:block_opened", standing_of_block)


def standing_of_block(message: Message) -> dict[str, object]:
    """`ended_at` of a block that was lifted; `pending`: the open case about one that was not."""
    block = _block_of(message)
    if block is None:
        return {}
    if block.lifted_at:
        return {"ended_at": block.lifted_at}
    return {"pending": open_case_of(block)}


def _block_of(message: Message) -> Block | None:
    """Only of the organisation whose message it is."""
    try:
        public_id = UUID(str(message.parameters.get("block", "")))
    except ValueError:
        return None
    return Block.objects.filter(public_id=public_id, account__organisation=message.organisation_id).first()
