"""What is sent really lands: the user's mails in the mail folder, the message in the contact person's Berichtenbox."""

from __future__ import annotations

from blocking.choices import BlockReason
from tests.factories import WRONG_PASSWORD
from tests.journeys.post import words_of


def test_everybody_hears_of_the_block_and_of_its_end(at_screen, post, anja, anna):
    her, contact = at_screen(anna), at_screen(anja)
    her.types_wrong_passwords(5, WRONG_PASSWORD)

    assert "Was u dit niet?" in words_of(post.to(anna, "Uw account is geblokkeerd"))
    notice = words_of(post.to(anja, "nieuw bericht in de Berichtenbox"))
    assert "Anna de Boer" not in notice, "a notice tells where to read, not what"

    contact.signs_in()
    contact.reads_message("Wachtwoord geblokkeerd: Anna de Boer")
    contact.sees("Vraag Anna de Boer wat er is gebeurd en hef daarna de blokkade op in Gebruikersbeheer.")
    contact.follows("Naar het account")
    contact.lifts_from_the_account(anna, BlockReason.PASSWORD)
    contact.has_lifted(anna)

    assert "Was u dit niet?" in words_of(post.to(anna, "De blokkade van uw account is opgeheven"))
    assert all(anna.user_number not in str(mail) for mail in post.all())
