"""Texts write small numbers in words and large ones in digits. Pure: no database."""

import pytest
from django.template import Context, Engine

from accounts.templatetags.dutch import in_words


@pytest.mark.parametrize(("number", "words"), [(0, "nul"), (1, "één"), (5, "vijf"), (12, "twaalf"), (13, "13")])
def test_up_to_twelve_in_words(number, words):
    assert in_words(number) == words


def test_a_template_can_begin_a_sentence_with_it():
    template = Engine.get_default().from_string("{% load dutch %}{{ limit|in_words|capfirst }} keer mis?")
    assert template.render(Context({"limit": 5})) == "Vijf keer mis?"
