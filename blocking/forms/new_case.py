"""Support writes down a request while somebody is on the telephone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from blocking.choices import CallerRole, CaseChannel
from blocking.forms.parts import (
    CALLERS,
    caller_field,
    caller_name_field,
    note_field,
    quoted_agb_code_field,
    quoted_user_number_field,
    select,
)
from blocking.models import Block, SupportCase
from blocking.queries.support_desk import rule_of
from blocking.services import NOBODY, CallerSaid, Quoted


class NewCaseForm(forms.Form):
    """What the caller says. About a block for which nobody need ask, Support may be its own caller."""

    channel = select(
        "Hoe kwam het verzoek binnen?",
        (CaseChannel.PHONE, CaseChannel.EMAIL),
        "Kies hoe het verzoek binnenkwam.",
    )
    caller = caller_field()
    caller_name = caller_name_field()
    quoted_agb_code = quoted_agb_code_field()
    quoted_user_number = quoted_user_number_field()
    note = note_field("Toelichting", "", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        about: Block | None = None,
        instead_of: SupportCase | None = None,
    ) -> None:
        super().__init__(data, initial=_as_written_down(instead_of) if instead_of else None)
        self.about, self.instead_of = about, instead_of
        if self._may_be_nobody():
            choices = [("", "Kies"), *((role.value, role.label) for role in (CallerRole.SUPPORT, *CALLERS))]
            self.fields["caller"].choices = choices  # type: ignore[attr-defined]
            if self.data.get("caller") == CallerRole.SUPPORT:
                self._ask_nobody()

    def as_case(self) -> dict[str, Any]:
        """The keyword arguments of `open_case`."""
        typed = self.cleaned_data
        shared = {"about": self.about, "note": typed["note"], "instead_of": self.instead_of}
        if self.about and typed["caller"] == CallerRole.SUPPORT:
            return shared | {"quoted": Quoted.of(self.about.account), "caller": NOBODY, "channel": CaseChannel.PORTAL}
        return shared | {
            "quoted": Quoted(typed["quoted_agb_code"], typed["quoted_user_number"]),
            "caller": CallerSaid(CallerRole(typed["caller"]), typed["caller_name"]),
            "channel": CaseChannel(typed["channel"]),
        }

    def _may_be_nobody(self) -> bool:
        return self.about is not None and not rule_of(self.about).support_for

    def _ask_nobody(self) -> None:
        for name in ("channel", "caller_name", "quoted_agb_code", "quoted_user_number"):
            self.fields[name].required = False


def _as_written_down(case: SupportCase) -> dict[str, str]:
    """What was filled in for this case, so that one digit is mended and nothing typed anew."""
    return {
        "channel": case.channel,
        "caller": case.caller_role,
        "caller_name": case.caller_name,
        "quoted_agb_code": case.quoted_agb_code,
        "quoted_user_number": case.quoted_user_number,
        "note": case.note,
    }
