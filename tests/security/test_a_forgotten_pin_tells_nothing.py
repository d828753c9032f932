"""Saying that a PIN is forgotten tells nobody whose number it is: answer, headers, cookies and statements are alike."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blocking.models import PinRequest
from tests import factories
from tests.security.test_equal_answers import REFUSED_ANYWAY, headers_of, kind_of

pytestmark = pytest.mark.django_db(transaction=True)

DOOR = "/pincode-vergeten/"


def asked(user_number):
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(DOOR, {"user_number": user_number})
    # Before the next request, which forgets what was captured.
    done = tuple(kind_of(query["sql"]) for query in queries.captured_queries)
    assert "WRITE" in done
    page = client.get(answer["Location"])
    return (
        answer.status_code,
        answer["Location"],
        answer.content,
        headers_of(answer.items()),
        tuple(sorted(answer.cookies)),
        page.content,
        done,
    )


@pytest.fixture
def somebodys(noord, anja):
    """What is seen and done where a new PIN will come; the second time, for caches are full by then."""
    asked(factories.account(noord).user_number)
    seen = asked(factories.account(noord).user_number)
    assert seen[:2] == (303, f"{DOOR}gelukt/")
    return seen


@pytest.mark.parametrize("who", REFUSED_ANYWAY)
def test_everybody_looks_alike(somebodys, noord, who):
    assert asked(REFUSED_ANYWAY[who](noord)) == somebodys


def test_so_does_who_asked_today_already(somebodys, noord):
    account = factories.account(noord)
    assert asked(account.user_number) == asked(account.user_number) == somebodys
    assert PinRequest.objects.filter(account=account).count() == 1


def test_and_somebody_of_support_or_where_nobody_reads(somebodys, pgb):
    for organisation in (None, pgb):
        assert asked(factories.account(organisation).user_number) == somebodys


def test_asking_computes_no_hash(somebodys, noord):
    account = factories.account(noord)
    asked(account.user_number)
    before = account.pin
    account.refresh_from_db()
    assert account.pin == before
