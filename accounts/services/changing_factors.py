"""Adding, replacing and removing second factors, and Support's reset for who lost theirs."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.choices import FactorChange, IdentityCheck, Means
from accounts.models import Account, OneTimeCodeDevice, RecoveryCode, RecoveryCodes
from accounts.policy.factors import (
    KEY_BYTES,
    RECOVERY_CODES,
    canonical_code,
    digest_of,
    matching_step,
    new_recovery_code,
)
from accounts.queries import factors_of, must_have_second_factor
from accounts.refusals import (
    LastFactor,
    MalformedCode,
    NoReasonGiven,
    NoSuchFactor,
    NothingToReset,
    NotYourOwnFactor,
    OnlySupportResets,
    WrongCode,
)
from accounts.sealing import seal
from accounts.services.audit import record, refusals_recorded
from accounts.services.factor_changes import lock_factors, write_down
from accounts.services.sign_in import end_sessions
from accounts.shown_certificates import must_show_certificate
from accounts.signals import factor_changed


def new_key() -> bytes:
    """For an app that is about to be linked."""
    return secrets.token_bytes(KEY_BYTES)


@transaction.atomic
def enrol_app(account: Account, *, key: bytes, code: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """Link an app that shows the right code for this key; an earlier one is replaced. Audited, told by mail.

    Returns new recovery codes where there were none unused, to be shown once. Raises MalformedCode or WrongCode, which
    count nowhere: the key is the person's own to see.
    """
    if canonical_code(code) is None:
        raise MalformedCode
    step = matching_step(key, str(canonical_code(code)), at)
    if step is None:
        raise WrongCode
    lock_factors(account)
    fields = {"sealed_key": seal(key), "last_step": step, "created_at": at, "last_used_at": None}
    calm = {"throttling_failure_count": 0, "throttling_failure_timestamp": None}
    _, is_new = OneTimeCodeDevice.objects.update_or_create(user=account, defaults=fields | calm)
    change = FactorChange.ADDED if is_new else FactorChange.REPLACED
    write_down(account, change, Means.ONE_TIME_CODE, by=by, at=at)
    return () if factors_of(account).codes_left else _issue_recovery_codes(account, by=by, at=at)


def remove_app(account: Account, *, by: Actor, at: datetime) -> None:
    """Unlink the app, and with it passkeys and recovery codes: nothing stays of a second factor. Audited, told by mail.

    Raises NoSuchFactor, or LastFactor for who must have one; audited. Call it outside a transaction.
    """
    with refusals_recorded("account:factor_removal:refused", by=by, at=at, account=account):
        _remove_app(account, by=by, at=at)


@transaction.atomic
def renew_recovery_codes(account: Account, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Ten new recovery codes, to be shown once; the old ones are worth nothing from now on. Audited, told by mail.

    Raises NoSuchFactor for who has no second factor that they could stand in for.
    """
    lock_factors(account)
    if not factors_of(account).is_any:
        raise NoSuchFactor
    codes = _issue_recovery_codes(account, by=by, at=at)
    factor_changed.send(
        Account, account=account, change=FactorChange.RENEWED, means=Means.RECOVERY_CODE, left=len(codes), by=by, at=at
    )
    return codes


def reset_factors(account: Account, *, check: IdentityCheck, reason: str, by: Actor, at: datetime) -> None:
    """Support takes away every factor of somebody who lost theirs, having made sure who asks; their sessions end.

    Who must have a factor links a new one after the next right password. Audited, told by mail. Raises
    OnlySupportResets, NotYourOwnFactor, NoReasonGiven or NothingToReset; audited. Call it outside a transaction.
    """
    with refusals_recorded("account:factors_reset:refused", by=by, at=at, account=account):
        _reset(account, check, reason, by=by, at=at)


def _issue_recovery_codes(account: Account, *, by: Actor, at: datetime) -> tuple[str, ...]:
    codes = tuple(new_recovery_code() for _ in range(RECOVERY_CODES))
    RecoveryCodes.objects.filter(user=account).delete()
    set_of_codes = RecoveryCodes.objects.create(user=account, created_at=at)
    RecoveryCode.objects.bulk_create(RecoveryCode(belongs_to=set_of_codes, digest=digest_of(code)) for code in codes)
    record("account:recovery_codes:issued", by=by, at=at, account=account)
    return codes


def _remove_app(account: Account, *, by: Actor, at: datetime) -> None:
    lock_factors(account)
    factors = factors_of(account)
    if factors.app is None:
        raise NoSuchFactor
    if must_have_second_factor(account, at):
        raise LastFactor
    delete_factors(account)
    write_down(account, FactorChange.REMOVED, Means.ONE_TIME_CODE, by=by, at=at)


def _reset(account: Account, check: IdentityCheck, reason: str, *, by: Actor, at: datetime) -> None:
    support = by.account
    if support is None or not (support.is_staff and support.is_active):
        raise OnlySupportResets
    if support.pk == account.pk:
        raise NotYourOwnFactor
    if not reason.strip():
        raise NoReasonGiven
    take_factors_away(account, by=by, at=at)
    # What Support wrote down is for Support alone, as in cases.
    parameters = {"check": check.value, "remark": reason}
    record("account:factors:reset", by=by, at=at, account=account, parameters=parameters)


def take_factors_away(account: Account, *, by: Actor, at: datetime) -> None:
    """Without asking who may, and without a line in the log: both are the caller's, whose transaction this is in.

    Ends the sessions; told by mail. Raises NothingToReset.
    """
    lock_factors(account)
    if not (factors_of(account).is_any or must_show_certificate(account, at)):
        raise NothingToReset
    delete_factors(account)
    end_sessions(account, by=by, at=at)
    factor_changed.send(Account, account=account, change=FactorChange.RESET, means=None, left=0, by=by, at=at)


def delete_factors(account: Account) -> None:
    """App, passkeys and recovery codes; in the caller's transaction. Who is told is the caller's question."""
    for devices in (OneTimeCodeDevice.objects.filter(user=account), RecoveryCodes.objects.filter(user=account)):
        devices.delete()
    account.passkeys.all().delete()
