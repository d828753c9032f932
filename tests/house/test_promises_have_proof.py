"""docs/security.md: each promise names the tests that prove it, and those are there."""

import re

import pytest

from vecozo_portal.environment import BASE_DIR

TEXT = (BASE_DIR / "docs" / "security.md").read_text()
PROMISES = re.split(r"^### (\d+)\. .*$", TEXT.partition("## What is not there yet")[0], flags=re.MULTILINE)[1:]
BY_NUMBER = dict(zip(map(int, PROMISES[::2]), PROMISES[1::2], strict=True))
NAMED = re.compile(r"`(tests/[\w/]+\.py)`")


def test_all_twelve_are_there():
    assert list(BY_NUMBER) == list(range(1, 13))


@pytest.mark.parametrize("number", BY_NUMBER)
def test_a_promise_names_tests_that_there_are(number):
    named = NAMED.findall(BY_NUMBER[number])
    assert named
    assert [path for path in named if not (BASE_DIR / path).is_file()] == []


def test_every_test_of_security_proves_a_promise():
    there = {str(path.relative_to(BASE_DIR)) for path in (BASE_DIR / "tests" / "security").glob("test_*.py")}
    assert there <= set(NAMED.findall(TEXT))


def test_no_line_is_longer_than_the_code_may_be():
    assert [line for line in TEXT.splitlines() if len(line) > 140] == []
