"""A block that ends sessions ends them for good, however soon it is lifted again."""

import pytest
from django.utils import timezone

from blocking.choices import BlockReason
from blocking.services import open_block
from tests.cases import lifted_by_support
from tests.factories import by

pytestmark = pytest.mark.django_db


def open_and_lift(account, reason, support):
    block = open_block(account, reason=reason, by=by(support), at=timezone.now())
    assert block is not None
    lifted_by_support(block, support)


def test_a_session_does_not_outlive_a_support_block_that_was_lifted_meanwhile(client, anna, sanne):
    client.force_login(anna)
    assert client.get("/mijn-account/").status_code == 200
    open_and_lift(anna, BlockReason.SUPPORT, sanne)
    assert client.get("/mijn-account/").status_code == 302


def test_other_blocks_leave_the_session(client, anna, sanne):
    client.force_login(anna)
    open_block(anna, reason=BlockReason.PASSWORD, by=by(sanne), at=timezone.now())
    assert client.get("/mijn-account/").status_code == 200
