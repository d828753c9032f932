"""Comparing answers to different people."""

import re


def without_what_was_typed(answer, number):
    """Nor what stops forgery, which is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text.replace(f'value="{number}"', ""))
