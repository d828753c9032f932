"""The mail of a demo, read back from the files it was written to. What is in them came from anywhere, so nothing in
them is trusted: not a name, not a header, not a part.

Django's file backend writes a file per connection: whole mails, each with a line of 79 dashes behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Final

from accounts.actors import inert

FILE_NAME: Final = re.compile(r"(?P<stem>[0-9]{8}-[0-9]{6}-[0-9]{1,20})\.log")
# One mail of a file, as the page's address names it: the file's stem and the mail's place in it.
MAIL_ID: Final = r"[0-9]{8}-[0-9]{6}-[0-9]{1,20}-[0-9]{1,3}"
_BETWEEN_MAILS: Final = b"-" * 79 + b"\n"
# More than anybody looks through, and far more than a mail of the portal is long.
MAILS_SHOWN: Final = 100
FILE_MAX_BYTES: Final = 1_000_000
HEADER_MAX_LENGTH: Final = 300
YEARS: Final = range(2000, 2200)
UNREADABLE: Final = "(onleesbaar)"


@dataclass(frozen=True, slots=True)
class SentMail:
    mail_id: str
    subject: str
    sender: str
    recipient: str
    sent_at: datetime
    text: str


def newest_mails(folder: Path) -> list[SentMail]:
    """The newest MAILS_SHOWN of the folder, newest first."""
    return list(islice(_mails(folder), MAILS_SHOWN))


def mail_of(folder: Path, mail_id: str) -> SentMail | None:
    """One mail, or None where no file directly in the folder holds it."""
    stem = mail_id.rpartition("-")[0]
    path = next((path for path in _files(folder) if path.stem == stem), None)
    mails = _mails_in(path) if path else []
    return next((mail for mail in mails if mail.mail_id == mail_id), None)


def _mails(folder: Path) -> Iterator[SentMail]:
    for path in _files(folder):
        yield from reversed(_mails_in(path))


def _files(folder: Path) -> list[Path]:
    """Files that the backend wrote, newest first: no links, no other names, nothing in folders below."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if FILE_NAME.fullmatch(path.name) and _is_plain(path)]
    return sorted(files, key=lambda path: path.name, reverse=True)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _mails_in(path: Path) -> list[SentMail]:
    with path.open("rb") as file:
        content = file.read(FILE_MAX_BYTES)
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    parts = [part for part in content.split(_BETWEEN_MAILS) if part.strip()]
    return [_read(part, f"{path.stem}-{place}", written_at) for place, part in enumerate(parts)]


def _read(content: bytes, mail_id: str, written_at: datetime) -> SentMail:
    message = message_from_bytes(content)
    return SentMail(
        mail_id=mail_id,
        subject=_header(message, "Subject") or "(zonder onderwerp)",
        sender=_header(message, "From"),
        recipient=_header(message, "To"),
        sent_at=_sent_at(message) or written_at,
        text=_text(message),
    )


def _header(message: Message, name: str) -> str:
    """A header in words. The email package raises many things on what is no header; all mean the same here."""
    try:
        return inert(" ".join(str(make_header(decode_header(str(message.get(name, ""))))).split()), HEADER_MAX_LENGTH)
    except Exception:  # noqa: BLE001
        return UNREADABLE


def _sent_at(message: Message) -> datetime | None:
    """The mail's own moment; None where it has none, or one that no mail of ours can have."""
    try:
        sent_at = parsedate_to_datetime(str(message["Date"]))
    except Exception:  # noqa: BLE001
        return None
    return sent_at.replace(tzinfo=sent_at.tzinfo or UTC) if sent_at.year in YEARS else None


def _text(message: Message) -> str:
    """The plain part, without control and direction characters. The HTML part is never shown."""
    plain = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    if plain is None:
        return ""
    payload = plain.get_payload(decode=True)
    text = _decoded(payload, plain.get_content_charset()) if isinstance(payload, bytes) else ""
    return "\n".join(inert(line, len(line)) for line in text.splitlines())


def _decoded(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", "replace")
