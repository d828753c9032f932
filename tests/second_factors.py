"""Second factors of the cast, and codes that are right at this moment.

A code is good once, so who signs in twice within half a minute would have to wait: `code_for` forgets, in the test's
own database, that one was used.
"""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Account, OneTimeCodeDevice, RecoveryCode, RecoveryCodes
from accounts.policy.factors import code_of_step, digest_of, new_recovery_code, step_at
from accounts.sealing import seal
from tests.factories import a_moment_ago

KEY = b"a key of twenty byte"


def with_app(account: Account) -> Account:
    """An app was linked long ago: nobody is mailed about it in every test."""
    OneTimeCodeDevice.objects.create(user=account, sealed_key=seal(KEY), created_at=a_moment_ago(days=80))
    return account


def with_recovery_codes(account: Account) -> list[str]:
    """Ten of them, in words that nobody else knows any more."""
    codes = [new_recovery_code() for _ in range(10)]
    belongs_to = RecoveryCodes.objects.create(user=account, created_at=a_moment_ago(days=80))
    RecoveryCode.objects.bulk_create(RecoveryCode(belongs_to=belongs_to, digest=digest_of(code)) for code in codes)
    return codes


def code_for(account: Account) -> str:
    """The code that the app shows now, unused."""
    device = OneTimeCodeDevice.objects.get(user=account)
    OneTimeCodeDevice.objects.filter(pk=device.pk).update(last_step=-1)
    return code_of_step(device.key, step_at(timezone.now()))


def wrong_code_for(account: Account) -> str:
    """Six digits that are no code of any step within reach."""
    key, now = OneTimeCodeDevice.objects.get(user=account).key, step_at(timezone.now())
    right = {code_of_step(key, now + off) for off in range(-2, 3)}
    return next(code for code in ("111111", "222222", "333333", "444444", "555555", "666666") if code not in right)
