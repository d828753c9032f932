"""Which mails the rightful user may answer with «dit was ik niet», and the notice that such an answer is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from accounts.models import Account
from accounts.services import Parameters
from blocking.choices import BlockReason, NoticeKind
from blocking.models import Notice
from blocking.not_me_link import NOTICE
from messagebox.mail_additions import prepare_mails

DENIABLE: Final[Mapping[str, NoticeKind]] = {
    "block_opened": NoticeKind.BLOCK_OPENED,
    "block_lifted": NoticeKind.BLOCK_LIFTED,
    "new_browser": NoticeKind.NEW_BROWSER,
    "password_changed": NoticeKind.PASSWORD_CHANGED,
    "email_change_requested": NoticeKind.EMAIL_CHANGE,
    "email_changed": NoticeKind.EMAIL_CHANGE,
    "account_activated": NoticeKind.ACTIVATED,
    "pin_issued": NoticeKind.PIN_ISSUED,
    "pin_revealed": NoticeKind.PIN_REVEALED,
    "secret_voided": NoticeKind.SECRET_VOIDED,
    "factor_added": NoticeKind.FACTOR_ADDED,
    "factor_removed": NoticeKind.FACTOR_REMOVED,
    "factor_guessed": NoticeKind.FACTOR_GUESSED,
    "recovery_code_used": NoticeKind.CODE_USED,
    "recovery_codes_renewed": NoticeKind.CODES_RENEWED,
    "certificate_installed": NoticeKind.CERTIFICATE_INSTALLED,
    "certificate_revoked": NoticeKind.CERTIFICATE_REVOKED,
    "removal_undone": NoticeKind.REMOVAL_UNDONE,
}


def deniable(template: str, account: Account, parameters: Parameters, at: datetime) -> Parameters:
    """What names the notice in the mail, whose link is signed only when it leaves; nothing where there is none."""
    kind = DENIABLE.get(template)
    if kind is None or _shuts_everything_already(template, parameters):
        return {}
    return {NOTICE: str(Notice.objects.create(account=account, kind=kind, told_at=at).public_id)}


def _shuts_everything_already(template: str, parameters: Parameters) -> bool:
    return template == "block_opened" and parameters.get("reason") == BlockReason.SUPPORT


def connect() -> None:
    prepare_mails(deniable)
