"""One's own page, lived through: at a desk, without scripts, by keyboard alone, on a phone."""

from __future__ import annotations

import re

import pytest

from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.journeys.doors import NEW_PASSWORD
from tests.journeys.test_first_story import WAYS

ELSEWHERE = "anna@elders.test"


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


def test_another_password_and_out_everywhere_else(at_screen, anna, way):
    her, elsewhere = at_screen(anna, **way), at_screen(anna)
    elsewhere.signs_in()
    her.signs_in()
    her.changes_password(WRONG_PASSWORD, NEW_PASSWORD)
    her.sees("Dit is niet uw huidige wachtwoord.")
    her.changes_password(PASSWORD, NEW_PASSWORD)
    her.sees("Uw wachtwoord is gewijzigd.")
    elsewhere.is_sent_to_sign_in()
    elsewhere.signs_in(NEW_PASSWORD)


def test_mail_goes_elsewhere_once_the_new_mailbox_confirms(at_screen, anna, way, post):
    her = at_screen(anna, **way)
    her.signs_in()
    her.asks_for_mail_at(ELSEWHERE, PASSWORD)
    her.sees_heading("Open de link in uw e-mail")
    post.to(anna, "Er is gevraagd om een ander e-mailadres")
    her.opens_link_in(post.at(ELSEWHERE, "Bevestig uw nieuwe e-mailadres"))
    her.presses("Bevestigen")
    her.sees(f"Onze e-mails gaan nu naar {ELSEWHERE}.")
    post.to(anna, "Uw e-mailadres is gewijzigd")


def test_what_was_left_open_elsewhere_is_closed_from_here(at_screen, anna, way):
    her, left_open = at_screen(anna, **way), at_screen(anna)
    left_open.signs_in()
    her.signs_in()
    her.looks_where_she_is_signed_in()
    her.sees("Deze sessie")
    her.presses(re.compile("Daar uitloggen"))
    her.sees("U bent daar uitgelogd.")
    left_open.is_sent_to_sign_in()
    her.looks_where_she_is_signed_in()
    her.presses("Overal uitloggen")
    her.sees("U bent overal uitgelogd, ook hier.")


def test_a_copy_of_ones_data_comes_as_a_file(at_screen, anna, way):
    her = at_screen(anna, **way)
    her.signs_in()
    assert her.downloads_own_data()["account"]["gebruikersnummer"] == anna.user_number


def test_who_is_blocked_while_signed_in_reads_who_lifts_it(at_screen, anna, anja):
    her = at_screen(anna)
    her.signs_in()
    for _ in range(5):
        her.changes_password(WRONG_PASSWORD, NEW_PASSWORD)
    her.sees_heading("U kunt uw wachtwoord nu niet wijzigen")
    her.sees(anja.name)
    her.goes_to("/mijn-account/")
    her.sees("Wachtwoord geblokkeerd")
