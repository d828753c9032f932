"""A contact person asks for a code and reads it out; it is on the screen once, and nowhere else."""

import re

import pytest

from accounts.models import AuditEvent
from blocking.models import CallerCode

pytestmark = pytest.mark.django_db

CODE = "/berichtenbox/code/"


def shown(page):
    found = re.search(r"(\d{4}) (\d{4})", page.text)
    assert found
    return found[1] + found[2]


def test_the_box_has_the_button(signed_in, anja):
    page = signed_in(anja).get("/berichtenbox/").text
    assert f'action="{CODE}"' in page
    assert "Code voor Support" in page


def test_pressing_shows_a_code_that_nothing_keeps(signed_in, anja):
    browser = signed_in(anja)
    answer = browser.post(CODE)
    code = shown(answer)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert code not in str(CallerCode.objects.values().get())
    assert code not in str(list(AuditEvent.objects.values()))
    assert code not in str(dict(browser.session))


def test_each_press_gives_another(signed_in, anja):
    browser = signed_in(anja)
    assert shown(browser.post(CODE)) != shown(browser.post(CODE))


def test_looking_gives_none(signed_in, anja):
    assert signed_in(anja).get(CODE).status_code == 405
    assert not CallerCode.objects.exists()


@pytest.mark.parametrize("who", ["anna", "dirk", "sanne"])
def test_who_reads_no_box_has_no_code(signed_in, request, who):
    assert signed_in(request.getfixturevalue(who)).post(CODE).status_code == 403
    assert not CallerCode.objects.exists()
    assert AuditEvent.objects.filter(outcome="refused").count() == 1
