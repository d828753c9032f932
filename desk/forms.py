"""Reading what contact persons type and choose."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import QueryDict

from accounts.actors import inert
from accounts.choices import AccountState
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.queries.user_list import Where
from blocking.queries.user_selection import BLOCKED, Filters

# A name has at most 200 characters, so nothing longer is ever found.
SEARCH_MAX_LENGTH: Final = 200
SEARCH_MAX_WORDS: Final = 8
NOTE_MAX_LENGTH: Final = 500

_STATUSES: Final = [
    ("", "Alle, behalve verwijderd"),
    (BLOCKED, "Geblokkeerd"),
    (AccountState.ACTIVE.value, "Actief en niet geblokkeerd"),
    *((state.value, state.label) for state in AccountState if state != AccountState.ACTIVE),
]
_REASONS: Final = [("", "Elke reden"), *BlockReason.choices]
BACK: Final = "terug-"


class UserFilterForm(forms.Form):
    """The search of the list as it is shown again; what was typed is read by `filters_in`, which refuses nothing."""

    use_required_attribute = False

    q = forms.CharField(
        label="Naam of nummer",
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    status = forms.ChoiceField(label="Status", choices=_STATUSES)
    reason = forms.ChoiceField(label="Reden van blokkade", choices=_REASONS)


class LiftForm(forms.Form):
    reason = forms.ChoiceField(
        label="Waarom heft u de blokkade op?",
        choices=LiftReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden.", "invalid_choice": "Kies een reden uit de lijst."},
    )
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": f"Een toelichting heeft hoogstens {NOTE_MAX_LENGTH} tekens."},
    )

    def clean_note(self) -> str:
        """One line without control characters: it is shown in the history."""
        return inert(" ".join(self.cleaned_data["note"].split()), NOTE_MAX_LENGTH)

    def as_lift(self) -> dict[str, Any]:
        """The keyword arguments of `lift_block`."""
        return {
            "channel": LiftChannel.USER_ADMINISTRATION,
            "reason": LiftReason(self.cleaned_data["reason"]),
            "note": self.cleaned_data["note"],
        }


class LiftManyForm(LiftForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Waarom heft u deze blokkades op?"


def search_in(query: QueryDict) -> dict[str, str]:
    """What was asked of the list, as far as it makes sense; the rest is as if it were not there."""
    typed = inert(" ".join(query.get("q", "").split()), SEARCH_MAX_LENGTH)
    status, reason = query.get("status", ""), query.get("reason", "")
    return {
        "q": typed,
        "status": status if status in dict(_STATUSES) else "",
        "reason": reason if reason in dict(_REASONS) else "",
    }


def filters_in(search: dict[str, str]) -> Filters:
    """A number may be typed with spaces; anything else is words, all of which a name must hold."""
    number = search["q"].replace(" ", "")
    words = [number] if re.fullmatch("[0-9]+", number) else search["q"].split()[:SEARCH_MAX_WORDS]
    return Filters(words=tuple(words), status=search["status"], reason=search["reason"])


def where_in(query: QueryDict) -> Where:
    """`page`: a number, or the public id of the last account shown, or of the first with «terug-» before it."""
    page = query.get("page", "")
    if re.fullmatch("[1-9][0-9]{0,5}", page):
        return Where(number=int(page))
    public_id = uuid_in(page.removeprefix(BACK))
    return Where(beside=public_id, backwards=page.startswith(BACK)) if public_id else Where()


def number_in(query: QueryDict, name: str) -> int:
    """A page's number from an address; 1 where it makes no sense."""
    typed = query.get(name, "")
    return int(typed) if re.fullmatch("[1-9][0-9]{0,5}", typed) else 1


def uuid_in(text: str) -> UUID | None:
    """Only as addresses write it: with dashes."""
    canonical = re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
    return UUID(text) if canonical else None
