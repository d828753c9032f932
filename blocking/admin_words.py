"""A block in words, for Support."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime

from blocking.choices import BlockReason, LiftChannel
from blocking.models import Block


def cause_of(block: Block) -> str:
    """What happened, never a figure of the wrong kind: a quota counts queries, the others wrong entries."""
    match BlockReason(block.reason):
        case BlockReason.PASSWORD:
            return f"{block.evidence_count} keer achter elkaar een verkeerd wachtwoord"
        case BlockReason.PIN:
            return f"{block.evidence_count} keer achter elkaar een verkeerde pincode"
        case BlockReason.QUOTA:
            return f"Meer bevragingen van {block.service} dan het quotum toestaat{_counted(block)}"
        case BlockReason.SUPPORT if block.is_reported_by_holder:
            return "De gebruiker meldde via een e-mail: dit was ik niet"
        case BlockReason.SUPPORT:
            return "Support heeft het account geblokkeerd"


def end_of(block: Block) -> str:
    """Whether it is open still, and if not, when and by whom it was lifted."""
    if block.lifted_at is None:
        return "Open"
    by = block.lifted_by.name if block.lifted_by else _BY_NOBODY.get(block.lift_channel, "het portaal")
    return f"Opgeheven op {date_format(localtime(block.lifted_at), 'j F Y')} door {by}"


_BY_NOBODY = {LiftChannel.BREAK_GLASS.value: "het noodcommando"}


def _counted(block: Block) -> str:
    return f" ({block.evidence_count} geteld)" if block.evidence_count else ""
