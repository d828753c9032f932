"""The queue of support cases: open ones first come, oldest first, with who handles them."""

import pytest
from django.utils import timezone

from blocking.choices import BlockReason, CaseChannel
from blocking.services import Quoted, file_case, open_case
from tests import factories
from tests.cases import CONTACT_PERSON, a_case, checked, granted

pytestmark = pytest.mark.django_db

QUEUE = "/beheer/blocking/supportcase/"


@pytest.fixture
def queue(sanne, teun, anja, anna, a_service):
    """One that nobody handles, one of Sanne, one of Teun, one that is done."""
    quota_block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    filed = file_case(quota_block, by=factories.by(anja), at=timezone.now())
    hers = a_case(factories.block(anna), sanne)
    his = a_case(factories.block(anna, BlockReason.PIN), teun)
    done = granted(checked(a_case(factories.block(anja), sanne), sanne), sanne)
    return {"filed": filed, "hers": hers, "his": his, "done": done}


def listed(support, address=QUEUE):
    answer = support.get(address)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


def test_the_queue_shows_what_is_open_oldest_first(support, queue):
    assert listed(support) == [queue["filed"], queue["hers"], queue["his"]]
    assert "Nieuw supportverzoek" in support.get(QUEUE).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?behandelaar=geen", ["filed"]),
        ("?behandelaar=ikzelf", ["hers"]),
        ("?status=granted", ["done"]),
        ("?status=alle", ["filed", "hers", "his", "done"]),
        ("?status=onzin", ["filed", "hers", "his"]),
        ("?channel__exact=portal", ["filed"]),
    ],
)
def test_the_queue_is_filtered(support, queue, asked, found):
    assert listed(support, QUEUE + asked) == [queue[name] for name in found]


def test_the_queue_is_searched_by_number(support, queue):
    assert listed(support, f"{QUEUE}?q={queue['his'].number}") == [queue["his"]]


def test_the_first_page_begins_with_the_open_cases(support, queue):
    page = support.get("/beheer/").text
    assert page.index(QUEUE) < page.index("/beheer/blocking/block/?open=1")
    assert "1 zonder behandelaar" in page
    assert f"{QUEUE}?behandelaar=geen" in page


def test_the_queue_counts_no_further_than_anybody_leafs(support, anna, monkeypatch):
    monkeypatch.setattr("blocking.admin.case_filters.COUNTED_AT_MOST", 2)
    for _ in range(3):
        open_case(
            quoted=Quoted("99999999", anna.user_number),
            caller=CONTACT_PERSON,
            channel=CaseChannel.PHONE,
            by=factories.by(factories.account(None, "Sanne Support")),
            at=timezone.now(),
        )
    assert "Meer dan 2 in totaal" in support.get(QUEUE).text
