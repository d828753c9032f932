"""A block is opened once per account and reason; a second one is nothing new, and no error anywhere."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.services import open_block
from messagebox.models import Message
from tests.factories import by

pytestmark = pytest.mark.django_db


def opened(account, service=None):
    reason = BlockReason.QUOTA if service else BlockReason.PASSWORD
    return open_block(account, reason=reason, service=service, by=by(), at=timezone.now())


@pytest.fixture
def errors_of_the_database():
    """What PostgreSQL refused meanwhile, and so wrote to its log with whatever it was about."""
    refused = []

    def watch(execute, *statement):
        try:
            return execute(*statement)
        except Exception as error:
            refused.append(error)
            raise

    with connection.execute_wrapper(watch):
        yield refused


@pytest.mark.parametrize("of_a_service", [False, True])
def test_it_opens_once_and_a_second_is_no_error(anna, a_service, errors_of_the_database, of_a_service):
    service = a_service if of_a_service else None
    assert opened(anna, service) == Block.objects.get()
    assert opened(anna, service) is None
    assert errors_of_the_database == []
    assert Message.objects.count() == AuditEvent.objects.filter(slug="account:block:opened").count() == 1


def test_what_was_opened_is_given_back_as_it_stands(anna, noord):
    block = opened(anna)
    assert block is not None
    assert (block.organisation, block.account, block.is_open) == (noord, anna, True)


def test_after_a_lift_it_opens_anew(anna):
    first = opened(anna)
    Block.objects.update(lifted_at=timezone.now(), lift_channel="phone")
    assert opened(anna) not in (None, first)
