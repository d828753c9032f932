"""The mail that really left: files in the running portal's mail folder, written by its Celery worker."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from accounts.models import Account
from vecozo_portal.processes.waiting import wait_until

ARRIVES_WITHIN_SECONDS = 30.0
# What Django's file backend writes under each mail; what is not closed off is still being written.
_END_OF_MAIL = "-" * 79


@dataclass(frozen=True, slots=True)
class Post:
    folder: Path

    def to(self, account: Account, subject: str) -> EmailMessage:
        """The mail with this subject, as soon as it has landed."""
        return self.at(account.email, subject)

    def at(self, address: str, subject: str) -> EmailMessage:
        """The same, in whichever mailbox."""
        wait_until(lambda: self._found(address, subject) is not None, ARRIVES_WITHIN_SECONDS)
        mail = self._found(address, subject)
        assert mail is not None, f"No mail «{subject}»; there is {[str(mail['Subject']) for mail in self.all()]}"
        return mail

    def all(self) -> list[EmailMessage]:
        parts = [part for file in sorted(self.folder.glob("*.log")) for part in _finished(file.read_text())]
        return [email.message_from_string(part, policy=email.policy.default) for part in parts]

    def clear(self) -> None:
        for file in self.folder.glob("*.log"):
            file.unlink()

    def _found(self, address: str, subject: str) -> EmailMessage | None:
        mine = (mail for mail in self.all() if mail["To"] == address and subject in mail["Subject"])
        return next(mine, None)


def words_of(mail: EmailMessage) -> str:
    """The plain part, its lines joined: as one reads it."""
    plain = mail.get_body(("plain",))
    assert plain is not None, "A mail without a plain part"
    return " ".join(str(plain.get_content()).split())


def _finished(text: str) -> list[str]:
    return [part.lstrip("\n") for part in text.split(f"\n{_END_OF_MAIL}")[:-1]]
