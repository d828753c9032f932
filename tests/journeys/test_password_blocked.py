"""A wrong password, too often: what the page says about it, sentence by sentence."""

from __future__ import annotations

from playwright.sync_api import expect

from blocking.choices import BlockReason
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.journeys.doors import NEW_PASSWORD, SIGN_IN
from tests.journeys.post import words_of


def test_five_wrong_passwords_block_the_account(at_screen, anja, anna):
    """At signing in a wrong password was typed five times: then the account is blocked, and not before."""
    her = at_screen(anna)
    her.types_wrong_passwords(5, WRONG_PASSWORD)
    her.tries_password(PASSWORD)
    her.is_kept_out()
    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message("Wachtwoord geblokkeerd: Anna de Boer")
    contact.sees("Bij het inloggen is 5 keer achter elkaar een verkeerd wachtwoord ingevuld.")


def test_after_four_wrong_passwords_the_right_one_is_in_time(at_screen, anna):
    her = at_screen(anna)
    her.types_wrong_passwords(4, WRONG_PASSWORD)
    her.signs_in()


def test_passwords_are_case_sensitive(at_screen, anna):
    """A capital is another character than a small letter: the same password in the other case is wrong."""
    her = at_screen(anna)
    her.tries_password(PASSWORD.swapcase())
    her.is_kept_out()
    her.signs_in(PASSWORD)


def test_caps_lock_or_num_lock_may_have_been_the_cause(at_screen, anna):
    """Perhaps Caps Lock was on, or Num Lock off: the field warns while one types, and the texts name both keys."""
    her = at_screen(anna)
    her.goes_to(SIGN_IN)
    her.sees("Kijk of Caps Lock uit staat en Num Lock aan.")
    her.types_with_locks("Wachtwoord", caps_lock=True, num_lock=True)
    expect(her.hint("Caps Lock staat aan.")).to_be_visible()
    her.looks_around()
    her.types_with_locks("Wachtwoord", caps_lock=False, num_lock=True)
    expect(her.hint("Caps Lock staat aan.")).to_be_hidden()
    her.tries_password(PASSWORD.swapcase())
    her.sees("Let op Caps Lock en Num Lock.")


def test_the_contact_person_is_the_one_to_ask(at_screen, post, anja, anna):
    """Who is blocked is sent to the contact person: the page says so, and the mail says who that is."""
    her = at_screen(anna)
    her.types_wrong_passwords(5, WRONG_PASSWORD)
    her.sees("De contactpersoon van uw organisatie kan de blokkade direct opheffen in Gebruikersbeheer.")
    mail = words_of(post.to(anna, "Uw account is geblokkeerd"))
    assert "Vraag een contactpersoon van uw organisatie om de blokkade op te heffen." in mail
    assert "Uw contactpersoon is: Anja Visser" in mail
    assert "controleer of Caps Lock uit staat en Num Lock aan" in mail


def test_the_contact_person_lifts_the_block_at_once(at_screen, anja, anna, noord):
    """In Gebruikersbeheer the contact person puts it right there and then, without anybody else."""
    factories.account(noord, "Aad Aardema")
    factories.block(anna)
    contact = at_screen(anja)
    contact.signs_in()
    contact.finds_on_top(anna)
    contact.lifts_on_a_page_of_its_own(anna, BlockReason.PASSWORD)
    contact.has_lifted(anna)
    contact.finds_nobody_blocked()


def test_after_the_lift_signing_in_can_be_tried_again(at_screen, anja, anna):
    """Once it is lifted one tries again: with five fresh attempts, so the fifth may still be the right one."""
    her, contact = at_screen(anna), at_screen(anja)
    her.types_wrong_passwords(5, WRONG_PASSWORD)
    contact.signs_in()
    contact.lifts(anna, BlockReason.PASSWORD)
    her.types_wrong_passwords(4, WRONG_PASSWORD)
    her.signs_in()


def test_a_forgotten_password_is_changed_with_the_pin(at_screen, anna):
    """Who forgot the password chooses a new one by means of the PIN; from then on only the new one is right."""
    her = at_screen(anna)
    her.goes_to(SIGN_IN)
    her.follows("Wachtwoord vergeten?")
    her.tries_pin(new_password=NEW_PASSWORD)
    her.has_changed_the_password()
    her.tries_password(PASSWORD)
    her.is_kept_out()
    her.signs_in(NEW_PASSWORD)


def test_a_new_password_and_the_lift_belong_together(at_screen, anja, anna):
    """While the block is open the password can be changed already; signing in waits for the contact person."""
    her, contact = at_screen(anna), at_screen(anja)
    her.types_wrong_passwords(5, WRONG_PASSWORD)
    her.tries_pin(new_password=NEW_PASSWORD)
    her.has_changed_the_password()
    her.sees("een nieuw wachtwoord heft een blokkade niet op")
    her.tries_password(NEW_PASSWORD)
    her.is_kept_out()
    contact.signs_in()
    contact.lifts(anna, BlockReason.PASSWORD)
    her.signs_in(NEW_PASSWORD)
