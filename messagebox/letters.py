"""A message put into words, at the moment somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template import TemplateDoesNotExist
from django.utils.safestring import SafeString

from accounts.actors import inert
from accounts.models import Account
from messagebox.choices import SecretEnd
from messagebox.letter_additions import standing_of
from messagebox.models import Message
from messagebox.queries import colleagues_who_read
from messagebox.wording import VALUE_MAX_LENGTH, html, one_line, support_route, values_of

# For a kind that this version of the portal has no words for any more.
WORDLESS = "messagebox/messages/wordless"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as one reader sees it; `readers` are the colleagues who read it."""

    public_id: UUID
    subject: str
    sender: str
    posted_at: datetime
    is_unread: bool
    readers: tuple[str, ...]


def letter_of(message: Message, reader: Account) -> Letter:
    """What the box shows of a message of `queries.inbox` or `queries.message_of`."""
    return Letter(
        public_id=message.public_id,
        subject=subject_of(message),
        sender=inert(message.sender, VALUE_MAX_LENGTH),
        posted_at=message.posted_at,
        is_unread=all(receipt.reader_id != reader.pk for receipt in message.receipts.all()),
        readers=tuple(_name(receipt.reader) for receipt in colleagues_who_read(message, reader)),
    )


def subject_of(message: Message) -> str:
    context = _context(message)
    try:
        return one_line(f"{_folder(message)}/subject.txt", context)
    except TemplateDoesNotExist:
        return one_line(f"{WORDLESS}/subject.txt", context)


def kind_of(message: Message) -> str:
    """What sort of message it is, in a word or three, for Support."""
    try:
        return one_line(f"{_folder(message)}/kind.txt", {})
    except TemplateDoesNotExist:
        return one_line(f"{WORDLESS}/kind.txt", {})


def body_of(message: Message, reader: Account) -> SafeString:
    """The text as HTML. It knows who reads, for who reads about the own account may do less, and how it stands now."""
    known = {"is_about_reader": message.about_id == reader.pk, "secret_waits": _secret_waits(message)}
    context = _context(message) | known | standing_of(message)
    try:
        return html(f"{_folder(message)}/body.html", context)
    except TemplateDoesNotExist:
        return html(f"{WORDLESS}/body.html", context)


@dataclass(frozen=True, slots=True)
class SecretStanding:
    """How the sealed secret of a message stands: still to be read, or what became of it."""

    can_be_read: bool
    readable_until: datetime
    end: str
    ended_at: datetime | None
    reader: str


def secret_of(message: Message, at: datetime) -> SecretStanding | None:
    sealed = getattr(message, "sealed_secret", None)
    if sealed is None:
        return None
    # Between its last moment and the sweep nobody reads it either.
    is_over = not sealed.can_be_read(at)
    return SecretStanding(
        can_be_read=not is_over,
        readable_until=sealed.readable_until,
        end=sealed.end or (SecretEnd.EXPIRED if is_over else ""),
        ended_at=sealed.ended_at or (sealed.readable_until if is_over else None),
        reader=_name(sealed.revealed_by) if sealed.revealed_by else "",
    )


def _secret_waits(message: Message) -> bool:
    sealed = getattr(message, "sealed_secret", None)
    return sealed is not None and sealed.ended_at is None


def _name(reader: Account) -> str:
    return inert(reader.name, VALUE_MAX_LENGTH)


def _folder(message: Message) -> str:
    app, _, name = message.kind.partition(":")
    return f"{app}/messages/{name}"


def _context(message: Message) -> dict[str, object]:
    return {
        **values_of(message.parameters),
        **support_route(),
        "about": message.about,
        "organisation": message.organisation,
    }
