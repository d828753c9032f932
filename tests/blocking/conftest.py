from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Service
from blocking import metrics
from blocking.choices import BlockReason
from blocking.models import Block
from tests import factories
from tests.blocking.browsers import enter, signed_out
from tests.factories import PASSWORD


@pytest.fixture
def counted() -> Callable[[str], float]:
    """How many secrets of this kind this process has really compared so far."""
    return lambda secret: metrics.secret_verifications.labels(secret=secret)._value.get()


@pytest.fixture
def known(anna: Account) -> Client:
    """A browser on which Anna signed in before, and out again."""
    browser = Client()
    assert enter(anna, PASSWORD, browser)
    signed_out(browser)
    return browser


@pytest.fixture
def quota_block(anna: Account, a_service: Service) -> Block:
    """Anna's, after 501 queries."""
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    block.evidence_count = 501
    block.save(update_fields=["evidence_count"])
    return block
