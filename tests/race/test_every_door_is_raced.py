"""`make race` knows every door of the register, and how a guess is typed there: a new one cannot be left out."""

import pytest

from bench.doors import FACTOR_FORMS, FORMS, NOTHING_TO_GUESS
from bench.factor_rounds import OneRecoveryCode, RightCodes, WrongCodes, factor_races
from bench.rounds import races
from blocking.doors import DOORS, factor_doors

ADDRESSES = {rule.address for rule in DOORS.values()}
EVERY_RACE = [*races(), *factor_races()] if set(FORMS) == ADDRESSES else []


def test_every_door_with_a_secret_has_a_form_to_guess_in():
    assert set(FORMS) == ADDRESSES


def test_every_door_with_a_second_factor_is_guessed_at_or_has_nothing_to_guess():
    assert set(FACTOR_FORMS) | NOTHING_TO_GUESS == factor_doors()
    assert not set(FACTOR_FORMS) & NOTHING_TO_GUESS


def test_every_door_is_raced_by_itself_and_mixed_with_the_others():
    alone = {race.rules[0].address for race in races() if len(race.rules) == 1}
    assert alone == ADDRESSES
    assert any({rule.address for rule in race.rules} == ADDRESSES for race in races())
    assert any(race.beside_known for race in races())


def test_every_door_with_a_second_factor_is_raced():
    assert {race.address for race in factor_races() if isinstance(race, WrongCodes)} == set(FACTOR_FORMS)
    assert {type(race) for race in factor_races()} == {WrongCodes, RightCodes, OneRecoveryCode}


@pytest.mark.race
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", EVERY_RACE, ids=lambda race: race.title)
def test_a_quick_round_of_each(running_portal, race):
    """Twenty times, with two hundred guesses and the real hash: `make race`."""
    assert race.run(running_portal.base_url, 40).misses == []
