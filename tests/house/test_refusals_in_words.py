"""Whatever is refused, the log tells it in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.audit_sentences import in_words
from accounts.refusals import Refusal
from vecozo_portal import urls  # noqa: F401  # loads every page, and with them whatever they refuse


def _kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


CODES = sorted(
    {kind.code for kind in _kinds() if kind.code != Refusal.code and not kind.__module__.startswith("tests.")}
)


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_words(code: str) -> None:
    assert in_words("code", code) != code
