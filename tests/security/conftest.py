from __future__ import annotations

import pytest
from django.db.models import Model

from accounts.models import Account, Organisation, Service
from messagebox.models import Message
from messagebox.services import post_message
from tests import factories
from tests.blocking.conftest import counted
from tests.cases import a_case
from tests.factories import by

__all__ = ["counted"]


@pytest.fixture
def message(noord: Organisation, anna: Account) -> Message:
    """About Anna; whoever should read it is asked for before."""
    at = factories.a_moment_ago(days=1)
    return post_message(noord, kind="blocking:block_opened", parameters={}, about=anna, by=by(), at=at)


@pytest.fixture
def things(
    anja: Account, anna: Account, sanne: Account, noord_software: Account, a_service: Service, message: Message
) -> list[Model]:
    """One of each thing that an address can name."""
    block = factories.block(anna)
    return [anna, block, message, a_case(block, sanne)]
