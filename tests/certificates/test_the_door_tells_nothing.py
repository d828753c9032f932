"""Where a certificate is installed nothing tells who exists, is blocked or has one ready: one answer for all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import PORTAL
from certificates.services import make_ready
from tests import factories
from tests.factories import PIN, WRONG_PIN
from tests.security.test_equal_answers import (
    REFUSED_ANYWAY,
    Seen,
    hashes_so_far,
    headers_of,
    kind_of,
    neutral,
    without_organisation,
)

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/certificaat-installeren/"
REFUSED_HERE = {who: make for who, make in REFUSED_ANYWAY.items() if who != "system account"}


def entered(user_number, *, right=False):
    client, before = Client(), hashes_so_far()
    fields = {"user_number": user_number, "pin": PIN if right else WRONG_PIN, "passphrase": "vier woorden in een rij"}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(ADDRESS, fields)
    return Seen(
        status=answer.status_code,
        body=neutral(answer.content.decode(), user_number),
        headers=headers_of(answer.items()),
        cookies=tuple(sorted(answer.cookies)),
        statements=tuple(kind_of(query["sql"]) for query in queries.captured_queries),
        hashes=hashes_so_far() - before,
    )


@pytest.fixture
def warm(noord):
    entered("99999999999999")


@pytest.mark.parametrize("who", REFUSED_HERE)
def test_who_is_refused_anyway_looks_like_a_wrong_entry(warm, noord, who):
    wrong = entered(factories.account(noord).user_number)
    assert (wrong.status, wrong.hashes) == (200, 1)
    user_number = REFUSED_HERE[who](noord)
    assert entered(user_number) == wrong
    assert entered(user_number, right=True) == wrong


def test_software_support_and_whoever_has_one_ready_look_like_everybody(warm, noord, noord_software):
    wrong = entered(factories.account(noord).user_number)
    assert entered(noord_software.user_number) == wrong
    assert entered(without_organisation(noord)) == wrong
    ready = factories.account(noord)
    make_ready(ready, by=PORTAL, at=timezone.now())
    assert entered(ready.user_number) == wrong


def test_the_fifth_wrong_entry_looks_like_the_others_from_outside(warm, noord):
    account = factories.account(noord)
    seen = [entered(account.user_number) for _ in range(6)]
    assert len({(one.status, one.body, one.headers, one.cookies, one.hashes) for one in seen}) == 1
