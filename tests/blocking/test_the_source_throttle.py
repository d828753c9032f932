"""A source that failed too often waits: before any hash, whatever account is typed, and only that source."""

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone

from accounts.actors import Actor
from blocking import metrics
from blocking.choices import Door
from blocking.models import Attempt
from blocking.policy import source_of
from blocking.refusals import SourceThrottled
from blocking.services import Typed, check_secret, throttle
from tests.blocking.answers import without_what_was_typed
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

SIGN_IN, FORGOTTEN_PASSWORD = "/inloggen/", "/wachtwoord-vergeten/"


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.PORTAL_SOURCE_LIMIT = "3/minute"
    throttle._shared().storage.reset()
    yield
    throttle._shared().storage.reset()


def hashes():
    return metrics.dummy_hashes._value.get() + sum(
        metrics.secret_verifications.labels(secret=secret)._value.get() for secret in ("password", "pin")
    )


def enter(user_number, password=WRONG_PASSWORD, *, source="192.0.2.10"):
    return Client(REMOTE_ADDR=source).post(SIGN_IN, {"user_number": user_number, "password": password})


def test_the_fourth_wrong_entry_in_a_minute_waits_and_costs_no_hash(anna):
    assert [enter(anna.user_number).status_code for _ in range(3)] == [200, 200, 200]
    before = hashes()
    answer = enter(anna.user_number)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "te vaak iets verkeerds ingevuld" in answer.content.decode()
    assert hashes() == before
    assert Attempt.objects.count() == 3


def test_the_answer_does_not_depend_on_the_account(anna):
    for _ in range(3):
        enter("99999999999999")
    typed = [anna.user_number, "99999999999999", "geen nummer"]
    answers = [enter(number, PASSWORD) for number in typed]
    assert {answer.status_code for answer in answers} == {429}
    assert len({without_what_was_typed(answer, number) for answer, number in zip(answers, typed, strict=True)}) == 1


@pytest.mark.parametrize(
    ("door", "more"),
    [
        (SIGN_IN, {"password": WRONG_PASSWORD}),
        (FORGOTTEN_PASSWORD, {"pin": PIN, "new_password": "heel nieuw en lang genoeg"}),
        ("/activeren/", {"pin": PIN, "new_password": "heel nieuw en lang genoeg"}),
        ("/pincode-vergeten/", {}),
    ],
)
def test_who_waits_keeps_the_form_and_the_number_and_no_secret(anna, door, more):
    for _ in range(3):
        enter("99999999999999")
    answer = Client(REMOTE_ADDR="192.0.2.10").post(door, {"user_number": anna.user_number} | more)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "<title>Fout: " in answer.text
    assert "Even wachten" in answer.text
    assert f'value="{anna.user_number}"' in answer.text
    assert not [secret for secret in more.values() if secret in answer.text]


def test_who_waits_behind_a_door_of_their_own_goes_back_to_the_form(anna):
    for _ in range(3):
        enter("99999999999999")
    browser = Client(REMOTE_ADDR="192.0.2.10")
    browser.force_login(anna)
    page = "/mijn-account/wachtwoord/"
    answer = browser.post(page, {"password": WRONG_PASSWORD, "new_password": "heel nieuw en lang genoeg"})
    assert answer.status_code == 429
    assert "<title>Fout: Even wachten" in answer.text
    assert f'href="{page}">Terug naar het formulier</a>' in answer.text
    assert "Hulp nodig?" in answer.text


def test_every_door_has_the_same_throttle(anna):
    for _ in range(3):
        enter(anna.user_number)
    fields = {"user_number": anna.user_number, "pin": PIN, "new_password": "heel nieuw en lang genoeg"}
    assert Client(REMOTE_ADDR="192.0.2.10").post(FORGOTTEN_PASSWORD, fields).status_code == 429


def test_other_sources_go_on(anna):
    for _ in range(4):
        enter(anna.user_number)
    assert enter(anna.user_number, PASSWORD, source="192.0.2.11").status_code == 303


def test_right_entries_do_not_count(anna):
    assert [enter(anna.user_number, PASSWORD).status_code for _ in range(5)] == [303] * 5


def test_a_malformed_form_does_not_count(anna):
    for _ in range(5):
        assert enter("", "").status_code == 200
    assert enter(anna.user_number, PASSWORD).status_code == 303


def test_the_window_moves():
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
        enter("99999999999999")
        clock.shift(30)
        enter("99999999999999")
        enter("99999999999999")
        assert enter("99999999999999").status_code == 429
        clock.shift(31)
        assert enter("99999999999999").status_code == 200
        answer = enter("99999999999999")
        assert (answer.status_code, answer["Retry-After"]) == (429, "29")


def test_an_ipv6_network_is_one_source(anna):
    for last in ("1", "2", "ffff"):
        enter(anna.user_number, source=f"2001:db8:0:1::{last}")
    assert enter(anna.user_number, source="2001:db8:0:1:aaaa::9").status_code == 429
    assert enter(anna.user_number, source="2001:db8:0:2::1").status_code == 200


def test_ipv4_in_ipv6_clothes_is_the_same_source(anna):
    for _ in range(3):
        enter(anna.user_number, source="::ffff:192.0.2.10")
    assert enter(anna.user_number, source="192.0.2.10").status_code == 429


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        (None, ""),
        ("unix:", ""),
    ],
)
def test_what_is_one_source(address, source):
    assert source_of(address) == source


def test_whoever_has_no_address_is_no_source_that_others_share():
    for _ in range(5):
        typed = Typed(Door.SIGN_IN, "99999999999999", WRONG_PASSWORD)
        assert check_secret(typed, by=Actor(), at=timezone.now()) is None


def test_a_forwarded_address_of_somebody_else_makes_no_other_source(anna):
    for number in range(3):
        Client(REMOTE_ADDR="192.0.2.10", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").post(
            SIGN_IN, {"user_number": anna.user_number, "password": WRONG_PASSWORD}
        )
    assert enter(anna.user_number).status_code == 429


def test_off_is_off(anna, settings):
    settings.PORTAL_SOURCE_LIMIT = "off"
    assert {enter("99999999999999").status_code for _ in range(8)} == {200}


def test_several_limits_hold_together(settings):
    settings.PORTAL_SOURCE_LIMIT = "2/minute;3/hour"
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
        assert [enter("99999999999999").status_code for _ in range(3)] == [200, 200, 429]
        clock.shift(61)
        assert [enter("99999999999999").status_code for _ in range(2)] == [200, 429]
        clock.shift(61)
        assert enter("99999999999999").status_code == 429


@override_settings(PORTAL_REDIS_URL="redis://127.0.0.1:1/0")
def without_the_store(anna):
    """Nothing listens at that address."""
    throttle._shared.cache_clear()
    throttle._own.cache_clear()
    right = enter(anna.user_number, PASSWORD)
    return right, [enter(anna.user_number).status_code for _ in range(4)]


def test_with_the_store_away_people_sign_in_and_each_process_counts_by_itself(anna):
    try:
        right, wrong = without_the_store(anna)
    finally:
        throttle.store_left_alone.forget()
        throttle._shared.cache_clear()
    assert right.status_code == 303
    assert wrong == [200, 200, 200, 429]


def test_it_says_when_to_come_back():
    by = Actor(source_address="192.0.2.10")
    for _ in range(3):
        throttle.count_failure(by=by)
    with pytest.raises(SourceThrottled) as refused:
        throttle.insist_on_room(by=by)
    assert refused.value.retry_after in range(58, 61)
