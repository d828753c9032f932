"""The whole first story: blocked, seen, lifted, in again. At a desk, without scripts, by keyboard alone, on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from blocking.choices import BlockReason
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN
from tests.journeys.doors import NEW_PASSWORD
from tests.journeys.hands import Keyboard

WAYS: dict[str, dict[str, Any]] = {
    "on a desk": {},
    "without scripts": {"java_script_enabled": False},
    "by keyboard alone": {"hands": Keyboard()},
    "on a small screen": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


def test_five_wrong_passwords_then_the_contact_person_then_in(at_screen, anja, anna, way):
    her, contact = at_screen(anna, **way), at_screen(anja, **way)
    her.types_wrong_passwords(5, WRONG_PASSWORD)
    her.tries_password(PASSWORD)
    her.is_kept_out()
    contact.signs_in()
    contact.finds_on_top(anna)
    contact.lifts(anna, BlockReason.PASSWORD)
    contact.has_lifted(anna)
    her.signs_in()


def test_five_wrong_pins_then_the_contact_person_then_a_new_password(at_screen, anja, anna, way):
    her, contact = at_screen(anna, **way), at_screen(anja, **way)
    her.types_wrong_pins(5, WRONG_PIN)
    her.tries_pin(PIN)
    her.is_refused_the_pin()
    contact.signs_in()
    contact.finds_on_top(anna)
    contact.lifts(anna, BlockReason.PIN)
    contact.has_lifted(anna)
    her.tries_pin(PIN)
    her.has_changed_the_password()
    her.signs_in(NEW_PASSWORD)
