"""The short code that a signed-in contact person reads out on the telephone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.actors import Actor
from accounts.models import Account, Organisation
from accounts.services import record, record_refusal
from blocking.models import CallerCode
from blocking.queries.cases import blocked_by_support, live_codes_of
from blocking.refusals import CallerBlocked, CaseRefused, NoMandateForCase
from messagebox.queries import readers

# behaviour.md, section 6: valid ten minutes, once; five wrong entries make it worthless.
CODE_VALID_FOR: Final = timedelta(minutes=10)
CODE_DIGITS: Final = 8


def issue_caller_code(*, by: Actor, at: datetime) -> str:
    """A code that says who is on the telephone; earlier ones are worthless from now on. Audited without the code.

    Only a keyed hash is kept. Raises NoMandateForCase for who reads no message box at this moment,
    and CallerBlocked for whom Support blocked; audited.
    """
    account, organisation = by.account, by.on_behalf_of
    if account is None or organisation is None or not readers(organisation, at).filter(pk=account.pk).exists():
        raise _refused(NoMandateForCase(), by=by, at=at)
    if blocked_by_support().filter(account=account).exists():
        raise _refused(CallerBlocked(), by=by, at=at)
    return _issue(account, organisation, by=by, at=at)


def _refused(refusal: CaseRefused, *, by: Actor, at: datetime) -> CaseRefused:
    record_refusal("account:caller_code:refused", refusal, by=by, at=at, account=by.account)
    return refusal


@transaction.atomic
def _issue(account: Account, organisation: Organisation, *, by: Actor, at: datetime) -> str:
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    CallerCode.objects.filter(account=account, used_at=None, expires_at__gt=at).update(expires_at=at)
    taken = set(live_codes_of(organisation, at).values_list("code_hash", flat=True))
    code = next(code for code in iter(_new_code, "") if hash_of(code) not in taken)
    CallerCode.objects.create(account=account, code_hash=hash_of(code), issued_at=at, expires_at=at + CODE_VALID_FOR)
    record("account:caller_code:issued", by=by, at=at, account=account)
    return code


def spend_code(typed: str, organisation: Organisation, *, at: datetime) -> CallerCode | None:
    """The live code of a contact person of this organisation that was typed, used up by this; else None.

    A wrong entry counts against every live code of the organisation. In the caller's transaction.
    """
    live = list(live_codes_of(organisation, at).select_for_update(of=("self",), no_key=True).select_related("account"))
    hashed = hash_of(typed)
    for code in live:
        if constant_time_compare(code.code_hash, hashed):
            code.used_at = at
            code.save(update_fields=["used_at"])
            return code
    CallerCode.objects.filter(pk__in=[code.pk for code in live]).update(wrong_entries=F("wrong_entries") + 1)
    return None


def hash_of(code: str) -> str:
    return salted_hmac("blocking.CallerCode", code, algorithm="sha256").hexdigest()


def _new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
