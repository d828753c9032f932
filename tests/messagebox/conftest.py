from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from celery import Celery, current_app
from django.utils import timezone

from accounts.actors import PORTAL, Actor
from accounts.models import Account
from messagebox.models import Message
from messagebox.services import outbox, post_message
from vecozo_portal.celery import app as portal_app
from vecozo_portal.processes.ports import free_port

Post = Callable[..., Message]


@pytest.fixture(autouse=True)
def _a_broker_not_yet_known() -> Iterator[None]:
    """Each test begins like a process that has not met the broker."""
    outbox.broker_left_alone.forget()
    yield
    outbox.broker_left_alone.forget()


@pytest.fixture
def post() -> Post:
    """`post(anna)` puts the message that her password was blocked in her organisation's box."""

    def posted(
        about: Account,
        *,
        at: datetime | None = None,
        by: Actor = PORTAL,
        kind: str = "blocking:block_opened",
        **facts: object,
    ) -> Message:
        moment = at or timezone.now()
        parameters = {
            "reason": "password",
            "opened_at": moment.isoformat(),
            "lifted_at": moment.isoformat(),
            "lifted_by_contact_person": True,
            "count": 5,
        } | facts
        assert about.organisation
        return post_message(about.organisation, kind=kind, parameters=parameters, about=about, by=by, at=moment)  # type: ignore[arg-type]

    return posted


@pytest.fixture
def broker_away() -> Iterator[Celery]:
    """The worker's app as it is configured, with nobody at the address of the queue."""
    app = Celery("away", broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=True)
    app.conf.broker_transport_options = portal_app.conf.broker_transport_options
    assert current_app.main == "away"
    yield app
    portal_app.set_current()
