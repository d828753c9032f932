"""Length, well-known words and words from one's own context; no rules of composition."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import Account, Organisation


def anna():
    noord = Organisation(name="Zorggroep Noord", agb_code="01234567")
    return Account(name="Anna de Boer", user_number="20001000001131", organisation=noord)


SUITABLE = [
    "vier woorden achter elkaar",
    "zonder hoofdletters of cijfers",
    "x" * 6 + "y7 Qé☂" + "z" * 4,
    " spaties aan het begin en eind ",
    "ab1" * 42,
]


@pytest.mark.parametrize("password", SUITABLE)
def test_a_long_password_of_any_composition_suits(password):
    validate_password(password, anna())


UNSUITABLE = [
    ("elf tekens!", "password_too_short"),
    ("x" * 129, "password_too_long"),
    ("mijn Zorggroep is fijn", "password_context_word"),
    ("mijn noord is fijn zeg", "password_context_word"),
    ("nummer 20001000001131", "password_context_word"),
    ("agb 01234567 praktijk", "password_context_word"),
    ("ANNA woont in een huis", "password_context_word"),
    ("Welkom2026!!", "password_dutch_word"),
    ("123wachtwoord456", "password_dutch_word"),
    ("winter-winter-winter", "password_dutch_word"),
    ("2026-11-22 2026", "password_dutch_word"),
    ("password1234", "password_too_common"),
]


@pytest.mark.parametrize(("password", "code"), UNSUITABLE)
def test_an_unsuitable_password_is_refused_with_its_reason(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, anna())
    assert code in {error.code for error in refused.value.error_list}


def test_without_an_account_the_context_is_not_looked_at():
    validate_password("mijn Zorggroep is fijn")
