"""What is an e-mail address here, and what only looks like one."""

import pytest

from accounts.models import EmailChange
from blocking.models import Attempt
from tests.desk.conftest import text_of
from tests.my_account.changing_email import address_of, ask, link_in_the_last_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Vul een e-mailadres in."),
        ("anna", "Dit is geen e-mailadres."),
        ("anna@", "Dit is geen e-mailadres."),
        ("anna@elders.test\nBcc: dief@elders.test", "Dit is geen e-mailadres."),
        ("anna@elders.test, dief@elders.test", "Dit is geen e-mailadres."),
        ("Anna <anna@elders.test>", "Dit is geen e-mailadres."),
        (f"{'a' * 300}@elders.test", "Dit is geen e-mailadres."),
        ("anna@elder\u017f.test", "alleen gewone letters"),  # long s, folds to s
        ("\u212aees@elders.test", "alleen gewone letters"),  # Kelvin sign, folds to k
        ("m\u0131ke@elders.test", "alleen gewone letters"),  # dotless i
        ("anna@elders\u3002test", "alleen gewone letters"),  # ideographic full stop
        ("anna\u202e@elders.test", "alleen gewone letters"),
        ("anna@voorbeeld.test", "Dit is het e-mailadres dat u nu al hebt."),
        ("ANNA@VOORBEELD.test", "Dit is het e-mailadres dat u nu al hebt."),
    ],
)
def test_what_is_no_address_is_said_at_the_field_and_costs_no_attempt(screen, anna, email, sentence):
    answer = ask(screen, email)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Attempt.objects.exists()
    assert not EmailChange.objects.exists()


def test_the_domain_is_written_small_and_the_rest_as_it_was_typed(screen, anna):
    ask(screen, "  Anna.de.Boer@ELDERS.Test ")
    screen.post(link_in_the_last_mail())
    assert address_of(anna) == "Anna.de.Boer@elders.test"


def test_an_address_may_be_of_two_accounts_since_nobody_is_found_by_it(screen, anna, chris):
    """A person who works for two practices has two accounts and one mailbox."""
    ask(screen, chris.email)
    screen.post(link_in_the_last_mail())
    assert address_of(anna) == chris.email
