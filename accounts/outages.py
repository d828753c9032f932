"""Things outside that may be away."""

import contextlib
import os
import socket
import time
from typing import Final

from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

# What Django raises when PostgreSQL is away, stops, or lets somebody else go first: the same may be well next time.
DATABASE_AWAY: Final = (OperationalError, InterfaceError)


class LeftAlone:
    """After a failure something is left alone for a while, as this process knows it.

    Without that, a request that wants it several times would wait for it each time.
    """

    def __init__(self) -> None:
        self._until = 0.0

    def __bool__(self) -> bool:
        return time.monotonic() < self._until

    def leave(self, *, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def forget(self) -> None:
        """Like a process that has not met it yet."""
        self._until = 0.0


def cut_off(database: BaseDatabaseWrapper) -> None:
    """Let go of a thread that waits on this connection for an answer that does not come: there it is DATABASE_AWAY.

    As when a server vanishes without a word: its side is never closed, and nobody here is told.
    """
    # It may not be there yet, or not any more.
    with contextlib.suppress(AttributeError, OSError, ValueError, OperationalError):
        own = socket.socket(fileno=os.dup(database.connection.fileno()))
        own.shutdown(socket.SHUT_RDWR)
        own.close()
