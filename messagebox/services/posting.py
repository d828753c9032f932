"""Posting a message in an organisation's box, and telling its readers that it lies there."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account, Organisation
from accounts.services import Parameters
from messagebox.models import Message
from messagebox.policy import NO_READER
from messagebox.queries import readers
from messagebox.services.outbox import queue_mail
from messagebox.services.secrets import seal_into


@transaction.atomic
def post_message(
    organisation: Organisation,
    *,
    kind: str,
    parameters: Parameters,
    about: Account | None,
    by: Actor,
    at: datetime,
    secret: str | None = None,
) -> Message:
    """Put a message in the box, and a notice without its content in the outbox for every reader.

    Where nobody can read it (no live contact person, a PGB provider), Support is told instead. In
    the caller's transaction. Parameters hold no secret; `secret` is sealed, for one of the readers to see once.
    """
    message = Message.objects.create(
        organisation=organisation,
        kind=kind,
        parameters=dict(parameters),
        about=about,
        posted_by=by.account,
        posted_at=at,
    )
    if secret:
        seal_into(message, secret, at=at)
    _tell(message, at)
    return message


def _tell(message: Message, at: datetime) -> None:
    its_readers = list(readers(message.organisation, at))
    for reader in its_readers:
        if reader.email:
            queue_mail("new_message", to=reader, parameters={}, at=at, message=message)
    if not its_readers:
        queue_mail(NO_READER, to=settings.PORTAL_SUPPORT_EMAIL, parameters={}, at=at, message=message)
