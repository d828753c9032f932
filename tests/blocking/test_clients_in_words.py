"""Which software called, as people read it."""

import pytest

from blocking.templatetags.usage import client_in_words, figure, percent_of, short_print


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ("ab12cd34" + "0" * 56, "certificaat met vingerafdruk ab12 cd34…"),
        ("192.0.2.7", "adres 192.0.2.7"),
        ("2001:db8::7", "adres 2001:db8::7"),
        ("declaratiepakket", "declaratiepakket"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_client(client, words):
    assert client_in_words(client) == words


def test_never_the_whole_fingerprint():
    assert short_print("f" * 64) == "ffff ffff…"


def test_figures_as_dutch_writes_them():
    assert [figure(value) for value in (0, 999, 1000, 1_234_567, "x")] == ["0", "999", "1.000", "1.234.567", "x"]


@pytest.mark.parametrize(("count", "limit", "percent"), [(1600, 2000, 80), (1999, 2000, 99), (5, 0, 0), ("", 9, 0)])
def test_percent_is_never_more_than_is_used(count, limit, percent):
    assert percent_of(count, limit) == percent
