"""The words for what this app refuses."""

from accounts.audit_sentences import register_words
from desk.refusing import TooManyAtOnce


def register_sentences() -> None:
    register_words("code", {TooManyAtOnce.code: "te veel blokkades tegelijk"})
