"""Showing a second factor: codes are verified by django-otp, by the device that the person named.

One wrong code throttles that device and no other, and is no wrong password.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django_otp import verify_token

from accounts import metrics
from accounts.actors import Actor
from accounts.choices import FactorChange, Means, Outcome
from accounts.models import Account, OneTimeCodeDevice, RecoveryCodes
from accounts.policy.factors import canonical_code, canonical_recovery_code
from accounts.queries import factors_of
from accounts.refusals import (
    CodeUsed,
    FactorRefused,
    FactorThrottled,
    FactorUnreadable,
    MalformedCode,
    MalformedRecoveryCode,
    NoSuchFactor,
    RecoveryCodeInstead,
    WrongCode,
    WrongRecoveryCode,
)
from accounts.sealing import SealBroken
from accounts.services.audit import record
from accounts.services.factor_guesses import tell_of_guessing
from accounts.signals import factor_changed

logger = logging.getLogger(__name__)

Device = OneTimeCodeDevice | RecoveryCodes


def verify_factor(account: Account, *, means: Means, entered: str, door: str, by: Actor, at: datetime) -> None:
    """See whether this code is right, and use it up. Audited; a recovery code is told to the rightful user by mail.

    Raises MalformedCode or MalformedRecoveryCode (not looked at), NoSuchFactor, FactorThrottled, CodeUsed, WrongCode or
    WrongRecoveryCode; what was wrong is counted and committed before. Must not be called inside a transaction.
    """
    device = factors_of(account).device(means)
    _insist_on_form(means, entered)
    if device is None:
        _refuse(NoSuchFactor(), account, means, door, by=by, at=at)
    try:
        is_accepted = _is_accepted(account, device, means, entered, door, by=by, at=at)
    except FactorThrottled as refusal:
        metrics.factor_refusals.labels(means=means.value).inc()
        _refuse(refusal, account, means, door, by=by, at=at)
    except SealBroken:
        logger.error("The second factor of account %s is sealed with a key that is not among ours.", account.pk)  # noqa: TRY400
        _refuse(FactorUnreadable(), account, means, door, by=by, at=at)
    if not is_accepted:
        _fail(_what_is_wrong(device, means, entered), account, means, door, by=by, at=at)


@transaction.atomic
def _is_accepted(
    account: Account, device: Device, means: Means, entered: str, door: str, *, by: Actor, at: datetime
) -> bool:
    _insist_on_rest(device, at)
    is_right = verify_token(account, device.persistent_id, entered) is not None
    metrics.factor_verifications.labels(means=means.value, outcome="right" if is_right else "wrong").inc()
    if is_right:
        parameters = {"means": means.value, "door": door}
        record("account:factor:accepted", by=by.known_as(account), at=at, account=account, parameters=parameters)
        if means == Means.RECOVERY_CODE:
            _tell_code_used(account, by=by.known_as(account), at=at)
    return is_right


def _insist_on_rest(device: Device, at: datetime) -> None:
    """Locks the device, as django-otp does: of many codes at once one is looked at, and the others hear that they wait.

    Raises FactorThrottled.
    """
    now = type(device).objects.select_for_update().filter(pk=device.pk).first()
    if now and now.locked_until:
        raise FactorThrottled(now.locked_until - at)


def _tell_code_used(account: Account, *, by: Actor, at: datetime) -> None:
    left = factors_of(account).codes_left
    record("account:recovery_code:used", by=by, at=at, account=account, parameters={"left": left})
    factor_changed.send(
        Account, account=account, change=FactorChange.USED, means=Means.RECOVERY_CODE, left=left, by=by, at=at
    )


def _insist_on_form(means: Means, entered: str) -> None:
    if means == Means.ONE_TIME_CODE and canonical_code(entered) is None:
        raise RecoveryCodeInstead if any(map(str.isalpha, entered)) else MalformedCode
    if means == Means.RECOVERY_CODE and canonical_recovery_code(entered) is None:
        raise MalformedRecoveryCode


def _what_is_wrong(device: Device, means: Means, entered: str) -> FactorRefused:
    if means == Means.RECOVERY_CODE:
        return WrongRecoveryCode()
    now = OneTimeCodeDevice.objects.filter(pk=device.pk).first()
    if now is None:
        return NoSuchFactor()
    return CodeUsed() if now.is_used(entered) else WrongCode()


def _refuse(refusal: FactorRefused, account: Account, means: Means, door: str, *, by: Actor, at: datetime) -> NoReturn:
    _write_refusal("account:factor:refused", Outcome.REFUSED, refusal, account, means, door, by=by, at=at)
    raise refusal


def _fail(refusal: FactorRefused, account: Account, means: Means, door: str, *, by: Actor, at: datetime) -> NoReturn:
    _write_refusal("account:factor:failed", Outcome.FAILED, refusal, account, means, door, by=by, at=at)
    tell_of_guessing(account, by=by, at=at)
    raise refusal


def _write_refusal(
    slug: str,
    outcome: Outcome,
    refusal: FactorRefused,
    account: Account,
    means: Means,
    door: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    parameters = {"means": means.value, "door": door, "code": refusal.code}
    record(slug, by=by, at=at, account=account, outcome=outcome, parameters=parameters)
