"""A narrow screen breaks an e-mail address where people read it in parts. Pure: no database."""

import pytest

from accounts.templatetags.dutch import breakable


@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("anna.de.boer@zorg.test", "anna.<wbr>de.<wbr>boer@<wbr>zorg.<wbr>test"),
        ("Niet bekend", "Niet bekend"),
        ("", ""),
        ('"<b>"@kwaad.test', "&quot;&lt;b&gt;&quot;@<wbr>kwaad.<wbr>test"),
    ],
)
def test_behind_the_at_sign_and_dots_and_nowhere_else(address, broken):
    assert breakable(address) == broken
