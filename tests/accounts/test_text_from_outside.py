"""Text from outside can be shown anywhere: nothing in it breaks a line or turns the reading direction. Pure."""

import pytest

from accounts.actors import as_one_line, inert


@pytest.mark.parametrize(
    "active",
    ["\n", "\r", "\x00", "\x1b", "\x85", "\u200b", "\u202e", "\u2028", "\u2029", "\u2066", "\ud800"],
    ids=ascii,
)
def test_what_acts_is_left_out(active):
    assert inert(f"voor{active}na", 20) == "voorna"


def test_what_people_write_stays():
    assert inert("Anja  Visser-'t Hooft\u00a0🔑 é", 100) == "Anja  Visser-'t Hooft\u00a0🔑 é"


def test_it_is_cut_to_length():
    assert inert("\n" * 5 + "abc", 2) == "ab"


def test_a_line_stays_one_line_and_its_words_stay_apart():
    assert as_one_line("  Anna\r\nde\u2028Boer\u202e \u200b ") == "Anna de Boer"
