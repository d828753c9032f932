"""User numbers and PINs: their alphabet, and that what was typed is read without guessing."""

import pytest

from accounts.choices import Environment
from accounts.numbers import new_pin, new_user_number
from accounts.policy import PIN_ALPHABET, USER_NUMBER_STARTS, canonical_user_number


def test_a_pin_has_eight_characters_from_an_alphabet_without_look_alikes():
    pins = {new_pin() for _ in range(200)}
    assert len(pins) == 200
    assert {len(pin) for pin in pins} == {8}
    assert set("".join(pins)) <= set(PIN_ALPHABET)
    assert not set(PIN_ALPHABET) & set("0OoQ1Ili5Ss2Zz8B") - {"Q"}


def test_a_user_number_is_fourteen_digits_and_not_the_next_one():
    numbers = {new_user_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(len(number) == 14 and number.isascii() and number.isdigit() for number in numbers)


@pytest.mark.parametrize(("environment", "starts"), [("production", "1234567"), ("acceptance", "8"), ("test", "9")])
def test_a_new_number_tells_its_environment_by_its_first_digit(settings, environment, starts):
    settings.PORTAL_ENVIRONMENT = environment
    assert {new_user_number()[0] for _ in range(200)} <= set(starts)


def test_no_two_environments_share_a_first_digit():
    digits = "".join(USER_NUMBER_STARTS.values())
    assert len(digits) == len(set(digits))
    assert set(USER_NUMBER_STARTS) == set(Environment)


@pytest.mark.parametrize("typed", ["20001000001131", " 20001000001131 ", "2000 1000 0011 31"])
def test_spaces_in_a_typed_number_do_not_matter(typed):
    assert canonical_user_number(typed) == "20001000001131"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2000100000113",
        "200010000011311",
        "2000100000113a",
        "２０００１０００００１１３１",
        "20001000001131\n",
        "2000-1000-0011-31",
    ],
)
def test_anything_else_is_nobodys_number(typed):
    assert canonical_user_number(typed) is None
