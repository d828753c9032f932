"""A block in words, for Support."""

from __future__ import annotations

from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime

from blocking.charts.scale import figure
from blocking.choices import BlockReason, LiftChannel, QuotaWindow
from blocking.models import Block
from blocking.queries.probations import allowance_before
from blocking.queries.usage import FullAccount, WantedQuota


def cause_of(block: Block) -> str:
    """What happened, never a figure of the wrong kind: a quota counts queries, the others wrong entries."""
    match BlockReason(block.reason):
        case BlockReason.PASSWORD:
            return f"{block.evidence_count} keer achter elkaar een verkeerd wachtwoord"
        case BlockReason.PIN:
            return f"{block.evidence_count} keer achter elkaar een verkeerde pincode"
        case BlockReason.QUOTA:
            return f"Meer bevragingen van {block.service} dan {_quota(block)} toestaat{_counted(block)}{_after(block)}"
        case BlockReason.SUPPORT if block.is_reported_by_holder:
            return "De gebruiker meldde via een e-mail: dit was ik niet"
        case BlockReason.SUPPORT:
            return "Support heeft het account geblokkeerd"


def end_of(block: Block) -> str:
    """Whether it is open still, and if not, when and by whom it was lifted."""
    if block.lifted_at is None:
        return "Open"
    if block.lift_channel == LiftChannel.REMOVAL:
        return f"Gesloten op {date_format(localtime(block.lifted_at), 'j F Y')} door verwijdering van het account"
    by = block.lifted_by.name if block.lifted_by else _BY_NOBODY.get(block.lift_channel, "het portaal")
    return f"Opgeheven op {date_format(localtime(block.lifted_at), 'j F Y')} door {by}"


_BY_NOBODY = {LiftChannel.BREAK_GLASS.value: "het noodcommando"}


def _quota(block: Block) -> str:
    """Which one, as far as it was written down."""
    if not block.quota_limit:
        return "het quotum"
    return f"het quotum van {figure(block.quota_limit)} {block.get_quota_window_display().lower()}"


def _after(block: Block) -> str:
    allowed = allowance_before(block)
    if allowed is None:
        return ""
    is_spent = block.opened_at < allowed.valid_until
    return (
        f". Support had {figure(allowed.queries)} extra toegestaan: {'die zijn op' if is_spent else 'de tijd was om'}"
    )


def _counted(block: Block) -> str:
    return f" ({figure(block.evidence_count)} geteld)" if block.evidence_count else ""


_NAMED: Final = 5
_THIS_WINDOW = {QuotaWindow.HOUR: "dit uur", QuotaWindow.DAY: "vandaag"}


def effect_of_quota(wanted: WantedQuota, full: list[FullAccount] | None) -> str:
    """What follows at once where a quota is set: whose next query is one too many."""
    if full is None:
        return "Wie deze minuut al zo veel bevragingen deed, houdt het portaal niet bij."
    done = f"{_THIS_WINDOW[wanted.window]} al {figure(wanted.limit)} bevragingen of meer gedaan"
    if not full:
        return f"Geen enkel account heeft {done}. Er wordt nu niemand geblokkeerd."
    many = "1 account heeft" if len(full) == 1 else f"{figure(len(full))} accounts hebben"
    return f"{many} {done}: {_named(full)}. Bij de volgende bevraging wordt zo’n account voor deze dienst geblokkeerd."


def _named(full: list[FullAccount]) -> str:
    named = ", ".join(f"{account.name} ({figure(account.used)})" for account in full[:_NAMED])
    others = len(full) - _NAMED
    return f"{named} en {figure(others)} andere" if others > 0 else named
