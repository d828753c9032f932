"""Mail servers at the edge: one that is away, and one where two workers meet."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPServerDisconnected
from threading import Barrier, current_thread

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as RememberingServer

AWAY = "tests.messagebox.mail_servers.ServerThatIsAway"
MEETING = "tests.messagebox.mail_servers.ServerWhereTwoMeet"


class ServerThatIsAway(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("Connection\nunexpectedly \u202eclosed")


class ServerWhereTwoMeet(RememberingServer):
    """Lets the first mail of each of two workers pass only when both of them are sending."""

    barrier = Barrier(2, timeout=30)
    met: set[str] = set()

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        worker = current_thread().name
        if worker not in self.met:
            self.met.add(worker)
            self.barrier.wait()
        return super().send_messages(messages)
