"""Showing a client certificate as a second factor."""

from __future__ import annotations

from datetime import datetime

from accounts import metrics
from accounts.actors import Actor
from accounts.choices import Means, Outcome
from accounts.models import Account
from accounts.refusals import FactorRefused
from accounts.services.audit import record
from accounts.shown_certificates import insist_on_certificate, vouch_for_certificate


def verify_certificate(account: Account, *, shown: str, door: str, by: Actor, at: datetime) -> None:
    """See whether the certificate that came with this request is the account's own, and good. Audited.

    Raises a FactorRefused that says why not. Nothing is counted: a certificate cannot be guessed.
    """
    parameters = {"means": Means.CERTIFICATE.value, "door": door}
    try:
        insist_on_certificate(account, shown, at)
    except FactorRefused as refusal:
        metrics.factor_verifications.labels(means=Means.CERTIFICATE.value, outcome="wrong").inc()
        failed = parameters | {"code": refusal.code}
        record("account:factor:failed", by=by, at=at, account=account, outcome=Outcome.FAILED, parameters=failed)
        raise
    metrics.factor_verifications.labels(means=Means.CERTIFICATE.value, outcome="right").inc()
    vouch_for_certificate(account, shown, by=by, at=at)
    record("account:factor:accepted", by=by.known_as(account), at=at, account=account, parameters=parameters)


def record_ignored_certificate(account: Account, *, by: Actor, at: datetime) -> None:
    """Somebody with the right password sent a certificate past the proxies: odd, so it is written down."""
    record("account:certificate:ignored", by=by, at=at, account=account, outcome=Outcome.REFUSED)
