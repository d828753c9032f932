"""Showing a second factor: each device throttles itself, a recovery code is spent once, a code is not replayed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from accounts.choices import Means
from accounts.models import AuditEvent, OneTimeCodeDevice, RecoveryCode, RecoveryCodes
from accounts.policy.factors import code_of_step, in_groups, step_at
from accounts.refusals import (
    CodeUsed,
    FactorRefused,
    FactorThrottled,
    FactorUnreadable,
    MalformedRecoveryCode,
    NoSuchFactor,
    WrongCode,
    WrongRecoveryCode,
)
from accounts.services import verify_factor
from messagebox.models import Delivery
from tests.factories import by
from tests.fixtures_signing_in import SIGN_IN_FACTOR
from tests.second_factors import KEY, code_for, with_recovery_codes, wrong_code_for

pytestmark = pytest.mark.django_db

AT_ONCE = 20


def shows(account, entered, means=Means.ONE_TIME_CODE):
    verify_factor(account, means=means, entered=entered, door="inloggen", by=by(), at=timezone.now())


def shows_wrong(account):
    with pytest.raises(WrongCode):
        shows(account, wrong_code_for(account))


def test_after_a_wrong_code_a_right_one_waits_its_turn(anja):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        shows_wrong(anja)
        with pytest.raises(FactorThrottled) as throttled:
            shows(anja, code_for(anja))
        assert throttled.value.seconds == 1
        clock.shift(timedelta(seconds=1))
        shows(anja, code_for(anja))


def test_the_wait_doubles_and_a_right_code_ends_it(anja):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for wait in (1, 2, 4, 8):
            shows_wrong(anja)
            clock.shift(timedelta(seconds=wait) - timedelta(milliseconds=1))
            with pytest.raises(FactorThrottled):
                shows(anja, code_for(anja))
            clock.shift(timedelta(milliseconds=1))
        shows(anja, code_for(anja))
        shows_wrong(anja)
        clock.shift(timedelta(seconds=1))
        shows(anja, code_for(anja))


def test_nobody_waits_longer_than_a_quarter_of_an_hour(anja):
    """However many wrong codes came before: who knows only the password shuts nobody out for days."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        wrong_before = {"throttling_failure_count": 40, "throttling_failure_timestamp": timezone.now()}
        OneTimeCodeDevice.objects.filter(user=anja).update(**wrong_before)
        with pytest.raises(FactorThrottled) as throttled:
            shows(anja, code_for(anja))
        assert throttled.value.seconds == 15 * 60
        clock.shift(timedelta(minutes=15) - timedelta(milliseconds=1))
        with pytest.raises(FactorThrottled):
            shows(anja, code_for(anja))
        clock.shift(timedelta(milliseconds=1))
        shows(anja, code_for(anja))


def test_what_comes_while_one_waits_makes_the_wait_no_longer(anja):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        shows_wrong(anja)
        for _ in range(5):
            with pytest.raises(FactorThrottled):
                shows(anja, wrong_code_for(anja))
        clock.shift(timedelta(seconds=1))
        shows(anja, code_for(anja))


def test_one_wrong_code_throttles_that_device_only(anja, bram):
    codes = with_recovery_codes(anja)
    shows_wrong(anja)
    shows(anja, codes[0], Means.RECOVERY_CODE)
    shows(bram, code_for(bram))
    with pytest.raises(FactorThrottled):
        shows(anja, code_for(anja))


def test_a_wrong_recovery_code_leaves_the_app_alone(anja):
    with_recovery_codes(anja)
    with pytest.raises(WrongRecoveryCode):
        shows(anja, "A" * 24, Means.RECOVERY_CODE)
    with pytest.raises(FactorThrottled):
        shows(anja, "A" * 24, Means.RECOVERY_CODE)
    shows(anja, code_for(anja))


def test_thirty_right_codes_in_a_row_leave_the_recovery_codes_usable(anja):
    codes = with_recovery_codes(anja)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(30):
            shows(anja, code_of_step(KEY, step_at(timezone.now())))
            clock.shift(timedelta(seconds=30))
        shows(anja, codes[0], Means.RECOVERY_CODE)
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


@pytest.mark.parametrize(("off", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_that_is_off_by_one_step_is_no_mistake(anja, off, is_right):
    with time_machine.travel(timezone.now(), tick=False):
        code = code_of_step(KEY, step_at(timezone.now()) + off)
        if is_right:
            shows(anja, code)
        else:
            with pytest.raises(WrongCode):
                shows(anja, code)


def test_an_earlier_code_is_worth_nothing_after_a_later_one(anja):
    with time_machine.travel(timezone.now(), tick=False):
        now = step_at(timezone.now())
        shows(anja, code_of_step(KEY, now))
        with pytest.raises(CodeUsed):
            shows(anja, code_of_step(KEY, now - 1))
        shows(anja, code_of_step(KEY, now + 1))


def test_a_recovery_code_works_once_however_it_is_typed(anja):
    code = with_recovery_codes(anja)[3]
    shows(anja, f" {in_groups(code).lower()} ".replace("0", "o").replace("1", "l"), Means.RECOVERY_CODE)
    with pytest.raises(WrongRecoveryCode):
        shows(anja, code, Means.RECOVERY_CODE)


def test_a_used_recovery_code_is_in_the_log_and_told_by_mail(anja):
    shows(anja, with_recovery_codes(anja)[0], Means.RECOVERY_CODE)
    assert AuditEvent.objects.get(slug="account:recovery_code:used").parameters == {"left": 9}
    mail = Delivery.objects.get(template="recovery_code_used")
    assert (mail.to_account, mail.parameters["left"]) == (anja, 9)


def test_only_digests_are_stored_and_the_key_is_sealed(anja):
    codes = with_recovery_codes(anja)
    stored = [code.digest for code in RecoveryCode.objects.all()]
    assert not any(code in digest for code in codes for digest in stored)
    sealed = OneTimeCodeDevice.objects.get(user=anja).sealed_key
    assert KEY.decode() not in sealed
    assert KEY.hex() not in sealed


@pytest.mark.parametrize("typed", ["", "A" * 23, "A" * 25, "U" * 24, "€" * 24, "123456"])
def test_what_cannot_be_a_recovery_code_is_not_looked_at(anja, typed):
    with_recovery_codes(anja)
    with pytest.raises(MalformedRecoveryCode):
        shows(anja, typed, Means.RECOVERY_CODE)
    assert RecoveryCodes.objects.get(user=anja).throttling_failure_count == 0


def test_who_has_no_such_factor_is_told_so(anna, anja):
    for account, means, entered in ((anna, Means.ONE_TIME_CODE, "123456"), (anja, Means.RECOVERY_CODE, "A" * 24)):
        with pytest.raises(NoSuchFactor):
            shows(account, entered, means)


def test_a_throttled_page_answers_429_and_says_how_long(client, anja):
    client.post("/inloggen/", {"user_number": anja.user_number, "password": "vier woorden achter elkaar"})
    client.post(SIGN_IN_FACTOR, {"token": wrong_code_for(anja)})
    answer = client.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    assert "Wacht 1 seconde en probeer het opnieuw." in answer.text


def test_a_new_secret_key_still_opens_while_the_old_one_is_among_the_fallbacks(anja, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "quite another key, and long enough to be one of fifty"
    shows(anja, code_for(anja))


def test_sealing_keys_rotate(anja, settings):
    settings.PORTAL_SEALING_KEYS = (settings.SECRET_KEY,)
    shows(anja, code_for(anja))
    settings.PORTAL_SEALING_KEYS = ("a newer sealing key of 32 characters", settings.SECRET_KEY)
    shows(anja, code_for(anja))
    settings.PORTAL_SEALING_KEYS = ("a newer sealing key of 32 characters",)
    shows(anja, code_for(anja))


def test_a_key_that_is_lost_is_told_to_the_person_and_to_operations(anja, settings, caplog):
    entered = code_for(anja)
    settings.SECRET_KEY = "quite another key, and long enough to be one of fifty"
    with pytest.raises(FactorUnreadable):
        shows(anja, entered)
    assert "sealed with a key that is not among ours" in caplog.text
    assert OneTimeCodeDevice.objects.get(user=anja).throttling_failure_count == 0


def in_parallel(guesses):
    """Each in a thread and a connection of its own, all let go at once; what came of each."""
    barrier = Barrier(len(guesses), timeout=60)

    def one(guess):
        barrier.wait()
        try:
            guess()
        except FactorRefused as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "right"

    with ThreadPoolExecutor(len(guesses)) as pool:
        return list(pool.map(one, guesses))


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_uses_of_one_recovery_code_are_one_success(anja):
    code = with_recovery_codes(anja)[0]
    ends = in_parallel([lambda: shows(anja, code, Means.RECOVERY_CODE)] * AT_ONCE)
    assert ends.count("right") == 1
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    assert AuditEvent.objects.filter(slug="account:recovery_code:used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_uses_of_one_code_are_one_success(anja):
    code = code_for(anja)
    ends = in_parallel([lambda: shows(anja, code)] * AT_ONCE)
    assert ends.count("right") == 1
    assert set(ends) == {"right", "code_used"}


@pytest.mark.django_db(transaction=True)
def test_of_twenty_parallel_guesses_one_is_looked_at(anja):
    """The others find the device throttled, whatever they hold."""
    with time_machine.travel(timezone.now(), tick=False):
        wrong = wrong_code_for(anja)
        in_parallel([lambda: shows(anja, wrong)] * AT_ONCE)
    assert OneTimeCodeDevice.objects.get(user=anja).throttling_failure_count == 1
