"""How log lines look: one line each, whatever was typed. Without Django: granian's own process writes lines as well."""

import logging
import re
import unicodedata
from typing import Final

# No line of a trace looks like the beginning of one of ours: exceptions quote what was sent.
MARGIN: Final = "  | "
# The signature of a link in a mail (accounts.links): whoever reads the log could press the link before its owner.
SIGNATURE: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::|%3A))[\w-]+", re.IGNORECASE)


class OneLineFormatter(logging.Formatter):
    """Control and direction characters become visible, so that a name cannot write a log line of its own; the
    signature of a link in a mail does not.

    A trace has lines of its own, which stand behind a margin.
    """

    def format(self, record: logging.LogRecord) -> str:
        message, *trace = super().format(record).split("\n")
        return "\n".join([message, *(MARGIN + inert(line) for line in trace)])

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        return inert(super().formatMessage(record))


def inert(text: str) -> str:
    return "".join(_visible(character) for character in SIGNATURE.sub(r"\1…", text))


def _visible(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode("ascii")
    return character
