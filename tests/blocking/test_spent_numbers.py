"""A source that spent all tries of a handful of user numbers is stopped, but not on browsers that are known there."""

import pytest
import time_machine
from django.test import Client
from redis import Redis

from blocking import metrics
from blocking.models import Attempt, Block
from blocking.services import throttle
from tests.blocking.answers import without_what_was_typed
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

SIGN_IN, FORGOTTEN_PASSWORD = "/inloggen/", "/wachtwoord-vergeten/"
SOURCE = "192.0.2.10"
NOBODY = [f"{number:014d}" for number in range(90, 99)]


@pytest.fixture(autouse=True)
def two_numbers(settings):
    settings.PORTAL_SOURCE_LIMIT = "1000/minute"
    settings.PORTAL_SOURCE_NUMBERS_LIMIT = "2 per 10 minutes"
    throttle._shared().storage.reset()
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
        yield clock
    throttle._shared().storage.reset()


def enter(user_number, password=WRONG_PASSWORD, *, browser=None, source=SOURCE):
    fields = {"user_number": user_number, "password": password}
    return (browser or Client()).post(SIGN_IN, fields, REMOTE_ADDR=source)


def spend(*user_numbers, source=SOURCE):
    for number in user_numbers:
        assert [enter(number, source=source).status_code for _ in range(5)] == [200] * 5


def hashes():
    return metrics.dummy_hashes._value.get() + metrics.secret_verifications.labels(secret="password")._value.get()


def test_after_two_spent_numbers_a_third_is_not_looked_at(anna, anja, bram):
    spend(anna.user_number, anja.user_number)
    before = hashes()
    answer = enter(bram.user_number, PASSWORD)
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "Probeer het over 10 minuten opnieuw" in answer.text
    assert hashes() == before
    assert Attempt.objects.count() == 10


def test_it_does_not_tell_which_numbers_there_are(anna, bram):
    """Numbers of nobody are spent like others, and everything that is typed afterwards gets the same answer."""
    spend(*NOBODY[:2])
    typed = [(bram.user_number, PASSWORD), (NOBODY[5], WRONG_PASSWORD), (NOBODY[0], WRONG_PASSWORD), ("x", "y")]
    answers = [enter(*each) for each in typed]
    assert {answer.status_code for answer in answers} == {429}
    shown = {without_what_was_typed(answer, number) for answer, (number, _) in zip(answers, typed, strict=True)}
    assert len(shown) == 1
    assert not Block.objects.exists()


def test_four_tries_each_spend_nothing(anna):
    for number in NOBODY:
        for _ in range(4):
            assert enter(number).status_code == 200
    assert enter(anna.user_number, PASSWORD).status_code == 303


def test_who_goes_on_trying_one_number_spends_one(anna, anja):
    for _ in range(30):
        assert enter(anna.user_number).status_code == 200
    assert enter(anna.user_number, source="198.51.100.1").status_code == 200
    spend(NOBODY[0])
    assert enter(anja.user_number, PASSWORD).status_code == 429


def test_a_browser_that_is_known_goes_on_and_only_for_whom_it_is_known(anna, bram):
    known = Client()
    assert enter(anna.user_number, PASSWORD, browser=known).status_code == 303
    known.post("/uitloggen/")
    spend(*NOBODY[:2])
    assert enter(anna.user_number, PASSWORD).status_code == 429
    assert enter(bram.user_number, PASSWORD, browser=known).status_code == 429
    assert enter(anna.user_number, browser=known).status_code == 200
    assert enter(anna.user_number, PASSWORD, browser=known).status_code == 303


def test_every_door_is_stopped_and_other_sources_go_on(anna):
    spend(*NOBODY[:2])
    fields = {"user_number": anna.user_number, "pin": PIN, "new_password": "heel nieuw en lang genoeg"}
    assert Client(REMOTE_ADDR=SOURCE).post(FORGOTTEN_PASSWORD, fields).status_code == 429
    assert enter(anna.user_number, PASSWORD, source="192.0.2.11").status_code == 303


def test_the_window_moves(anna, two_numbers):
    spend(NOBODY[0])
    two_numbers.shift(400)
    spend(NOBODY[1])
    assert enter(anna.user_number, PASSWORD)["Retry-After"] == "200"
    two_numbers.shift(201)
    assert enter(anna.user_number, PASSWORD).status_code == 303


def test_the_number_itself_is_not_in_the_store(anna, settings):
    spend(anna.user_number)
    with Redis.from_url(settings.PORTAL_REDIS_URL) as store:
        keys = store.keys("*portal:source*")
    assert keys
    assert not any(anna.user_number.encode() in key for key in keys)


def test_off_is_off(anna, settings):
    settings.PORTAL_SOURCE_NUMBERS_LIMIT = "off"
    spend(*NOBODY)
    assert enter(anna.user_number, PASSWORD).status_code == 303
