"""The log keeps codes and people read words: each parameter has its own. Pure: no database."""

import pytest

from accounts.audit_sentences import sentence_of
from accounts.models import AuditEvent


def told(slug: str, **parameters: str) -> str:
    return sentence_of(AuditEvent(slug=slug, parameters=parameters))


def test_a_code_is_told_in_words():
    assert told("account:mandate:granted", rank="first") == "Contactpersoon geworden: eerste contactpersoon."


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("not_given_up", "de e-mail was niet opgegeven"),
        ("only_support_retries", "geen medewerker van Support"),
    ],
)
def test_a_refusal_of_the_post_is_told_in_words(code, words):
    assert (
        told("messagebox:delivery_retry:refused", code=code) == f"Opnieuw aanbieden van een e-mail geweigerd ({words})."
    )


def test_a_refused_page_of_the_desk_is_told_in_words():
    expected = "Toegang tot een pagina geweigerd (te veel blokkades tegelijk)."
    assert told("account:page:refused", code="too_many_at_once") == expected


def test_what_only_looks_like_a_code_stays_as_it_is():
    assert told("account:mandate:granted", rank="pgb_provider") == "Contactpersoon geworden: pgb_provider."
    assert told("messagebox:delivery:retried", template="first") == "Opgegeven e-mail opnieuw aangeboden (first)."
