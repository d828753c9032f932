"""The log keeps codes and people read words: each parameter has its own. Pure: no database."""

from accounts.audit_sentences import sentence_of
from accounts.models import AuditEvent


def told(slug: str, **parameters: str) -> str:
    return sentence_of(AuditEvent(slug=slug, parameters=parameters))


def test_a_code_is_told_in_words():
    assert told("account:mandate:granted", rank="first") == "Contactpersoon geworden: eerste contactpersoon."


def test_what_only_looks_like_a_code_stays_as_it_is():
    assert told("account:mandate:granted", rank="pgb_provider") == "Contactpersoon geworden: pgb_provider."
    assert told("messagebox:delivery:retried", template="first") == "Opgegeven e-mail opnieuw aangeboden (first)."
