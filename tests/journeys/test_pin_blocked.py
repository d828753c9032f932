"""A wrong PIN, too often, on a personal account: what the page says about it, sentence by sentence."""

from __future__ import annotations

from playwright.sync_api import expect

from blocking.choices import BlockReason
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PIN
from tests.journeys.doors import FORGOTTEN_PASSWORD, NEW_PASSWORD
from tests.journeys.post import words_of


def test_five_wrong_pins_block_the_account(at_screen, anja, anna):
    """While a forgotten password is changed, a wrong PIN five times blocks the account: PIN and sign-in alike."""
    her = at_screen(anna)
    her.types_wrong_pins(5, WRONG_PIN)
    her.tries_pin(PIN)
    her.is_refused_the_pin()
    her.tries_password(PASSWORD)
    her.is_kept_out()
    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message("Pincode geblokkeerd: Anna de Boer")
    contact.sees("Er is 5 keer achter elkaar een verkeerde pincode ingevuld.")


def test_after_four_wrong_pins_the_right_one_is_in_time(at_screen, anna):
    her = at_screen(anna)
    her.types_wrong_pins(4, WRONG_PIN)
    her.tries_pin(PIN)
    her.has_changed_the_password()


def test_pins_are_case_sensitive(at_screen, anna):
    """In a PIN, too, a capital is another character than a small letter."""
    her = at_screen(anna)
    her.tries_pin(PIN.swapcase())
    her.is_refused_the_pin()
    her.tries_pin(PIN)
    her.has_changed_the_password()


def test_caps_lock_or_num_lock_may_have_spoilt_the_pin(at_screen, anna):
    """Perhaps Caps Lock was on, or Num Lock off: the PIN's field warns of either, and the texts name both keys."""
    her = at_screen(anna)
    her.goes_to(FORGOTTEN_PASSWORD)
    her.types_with_locks("Pincode", caps_lock=True, num_lock=False)
    expect(her.hint("Caps Lock staat aan.")).to_be_visible()
    expect(her.hint("Num Lock staat uit")).to_be_visible()
    her.looks_around()
    her.types_with_locks("Pincode", caps_lock=False, num_lock=True)
    expect(her.hint("Num Lock staat uit")).to_be_hidden()
    her.tries_pin(PIN.swapcase())
    her.sees("Kijk naar Caps Lock en Num Lock.")


def test_the_contact_person_is_the_one_to_ask_about_a_pin(at_screen, post, anja, anna):
    """Who typed a wrong PIN too often is sent to the contact person, by the page and by the mail."""
    her = at_screen(anna)
    her.types_wrong_pins(5, WRONG_PIN)
    her.sees("De contactpersoon van uw organisatie kan dat direct opheffen in Gebruikersbeheer.")
    mail = words_of(post.to(anna, "Uw account is geblokkeerd: verkeerde pincode"))
    assert "Vraag een contactpersoon van uw organisatie om de blokkade op te heffen." in mail
    assert "Uw contactpersoon is: Anja Visser" in mail


def test_the_contact_person_lifts_a_pin_block_at_once(at_screen, anja, anna, noord):
    """In Gebruikersbeheer the contact person lifts the block of a PIN there and then."""
    factories.account(noord, "Aad Aardema")
    factories.block(anna, BlockReason.PIN)
    contact = at_screen(anja)
    contact.signs_in()
    contact.finds_on_top(anna)
    contact.lifts(anna, BlockReason.PIN)
    contact.has_lifted(anna)


def test_after_the_lift_the_right_pin_is_taken_again(at_screen, anja, anna):
    """Once it is lifted one tries again with the right PIN: the same PIN, five fresh attempts."""
    her, contact = at_screen(anna), at_screen(anja)
    her.types_wrong_pins(5, WRONG_PIN)
    contact.signs_in()
    contact.lifts(anna, BlockReason.PIN)
    her.types_wrong_pins(4, WRONG_PIN)
    her.tries_pin(PIN)
    her.has_changed_the_password()
    her.signs_in(NEW_PASSWORD)


def test_who_has_not_the_right_pin_is_told_the_way_out(at_screen, anna):
    """And who does not have the right PIN? That one hears by which way a new PIN is asked for."""
    her = at_screen(anna)
    her.tries_pin(WRONG_PIN)
    her.is_refused_the_pin()
    her.sees("Pincode kwijt? Vraag een nieuwe. Uw contactpersoon krijgt hem en geeft hem aan u.")
    her.follows("Meer over een geblokkeerde pincode")
    her.sees_heading("Hebt u de goede pincode niet?")
    her.sees("Vraag een nieuwe bij Pincode vergeten. Uw contactpersoon krijgt hem in de Berichtenbox")
