"""Who knows the right password and goes on failing the second factor: the rightful user hears of it, once a day."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.choices import Means
from accounts.models import Account, AuditEvent
from accounts.refusals import CodeUsed, WrongCode, WrongRecoveryCode
from accounts.services import verify_factor
from blocking.choices import NoticeKind
from blocking.models import Notice
from messagebox.models import Delivery, Message
from tests.factories import by
from tests.second_factors import code_for, with_recovery_codes, wrong_code_for

pytestmark = pytest.mark.django_db

TEMPLATE, KIND, SLUG = "factor_guessed", "blocking:factor_guessed", "account:factor:guessed"
BETWEEN = timedelta(minutes=16)
AT_FIVE = 5


def fails(account: Account, times: int, since: datetime) -> datetime:
    """So many wrong codes, each after the throttle; when the next one could come."""
    for nth in range(times):
        at = since + nth * BETWEEN
        with time_machine.travel(at, tick=False), pytest.raises(WrongCode):
            shows(account, wrong_code_for(account), at)
    return since + times * BETWEEN


def shows(account: Account, entered: str, at: datetime, means: Means = Means.ONE_TIME_CODE) -> None:
    verify_factor(account, means=means, entered=entered, door="inloggen", by=by(), at=at)


def told() -> int:
    return Delivery.objects.filter(template=TEMPLATE).count()


def test_four_wrong_codes_are_a_slip_and_the_fifth_is_told(anja):
    later = fails(anja, AT_FIVE - 1, timezone.now())
    assert told() == 0
    fails(anja, 1, later)
    mail = Delivery.objects.get(template=TEMPLATE)
    assert mail.to_account == anja
    assert (mail.parameters["count"], mail.parameters["source_address"]) == (5, "192.0.2.1")
    assert AuditEvent.objects.get(slug=SLUG).parameters == {"count": 5}


def test_the_contact_persons_are_told_too(anja):
    fails(anja, AT_FIVE, timezone.now())
    message = Message.objects.get(kind=KIND)
    assert (message.organisation, message.about) == (anja.organisation, anja)


def test_it_can_be_denied(anja):
    fails(anja, AT_FIVE, timezone.now())
    assert Notice.objects.get().kind == NoticeKind.FACTOR_GUESSED
    assert Notice.objects.get().account == anja


def test_many_more_on_the_same_day_are_told_once_and_the_next_day_again(anja):
    since = timezone.now()
    later = fails(anja, 4 * AT_FIVE, since)
    assert (told(), Message.objects.filter(kind=KIND).count()) == (1, 1)
    fails(anja, 2 * AT_FIVE, max(later, since + timedelta(days=1, hours=2)))
    assert (told(), Message.objects.filter(kind=KIND).count()) == (2, 2)


def test_wrong_codes_of_days_ago_are_forgotten(anja):
    later = fails(anja, AT_FIVE - 1, timezone.now())
    fails(anja, AT_FIVE - 1, later + timedelta(days=1))
    assert told() == 0


def test_recovery_codes_count_along(anja):
    with_recovery_codes(anja)
    at = fails(anja, AT_FIVE - 1, timezone.now())
    with time_machine.travel(at, tick=False), pytest.raises(WrongRecoveryCode):
        shows(anja, "A" * 24, at, Means.RECOVERY_CODE)
    assert told() == 1


def test_a_right_code_typed_twice_is_nobody_guessing(anja):
    at = fails(anja, AT_FIVE - 1, timezone.now())
    with time_machine.travel(at, tick=False):
        code = code_for(anja)
        shows(anja, code, at)
        with pytest.raises(CodeUsed):
            shows(anja, code, at)
    assert told() == 0


def test_wrong_codes_of_somebody_else_do_not_count(anja, chris):
    later = fails(anja, AT_FIVE - 1, timezone.now())
    fails(chris, AT_FIVE - 1, later)
    assert told() == 0


def test_of_support_only_the_person_is_told(sanne):
    fails(sanne, AT_FIVE, timezone.now())
    assert told() == 1
    assert not Message.objects.exists()
