"""Reading the box: always scoped by the organisation, and never more than a page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, FilteredRelation, Prefetch, Q, QuerySet

from accounts.models import Account, Organisation
from accounts.policy import STATES_THAT_SIGN_IN
from accounts.queries import contact_persons
from messagebox.choices import DeliveryState
from messagebox.models import Delivery, Message, Receipt
from messagebox.policy import NO_READER

PAGE_SIZE = 25

# The number beside "Berichtenbox" is on every page, so it looks at the newest messages only and
# stops counting where more would tell nothing; both bounds keep it as cheap for 100,000 messages.
UNREAD_LOOKED_AT = 500
UNREAD_COUNTED = 100


def readers(organisation: Organisation, at: datetime) -> QuerySet[Account]:
    """Who can read this organisation's messages at this moment: nobody at a PGB provider."""
    if organisation.is_pgb_provider:
        return Account.objects.none()
    return contact_persons(organisation, at).filter(state__in=STATES_THAT_SIGN_IN)


def inbox(organisation: Organisation, *, page: int = 1) -> list[Message]:
    """One page of the box and one message more where another page follows, newest first.

    Each has its receipts with their readers, so that `letters` can say who read it.
    """
    start = (page - 1) * PAGE_SIZE
    # Only the index is leafed through; what belongs to a message is fetched for this page alone.
    on_page = Message.objects.filter(organisation=organisation)[start : start + PAGE_SIZE + 1]
    return list(_with_readers(Message.objects.filter(pk__in=on_page.values("pk"))))


def unread_count(organisation: Organisation, reader: Account) -> int:
    """How many of the newest messages this reader has not read; at most UNREAD_COUNTED."""
    read_by_reader = FilteredRelation("receipts", condition=Q(receipts__reader=reader))
    newest = Message.objects.filter(organisation=organisation).annotate(own_receipt=read_by_reader)
    own_receipts = newest.values("pk", "own_receipt")[:UNREAD_LOOKED_AT]
    unread: int = own_receipts.aggregate(unread=Count("pk", filter=Q(own_receipt=None)))["unread"]
    return min(unread, UNREAD_COUNTED)


def message_of(organisation: Organisation, public_id: UUID) -> Message | None:
    """A message of this organisation, or None: somebody else's looks like none."""
    return _with_readers(Message.objects.filter(organisation=organisation, public_id=public_id)).first()


def without_reader() -> QuerySet[Message]:
    """Messages that nobody could read when they came, and nobody has read since: Support tells what they say."""
    told_support = Delivery.objects.filter(template=NO_READER).order_by().values("message")
    return Message.objects.filter(pk__in=told_support, receipts=None)


def colleagues_who_read(message: Message, reader: Account) -> list[Receipt]:
    """Who else of the organisation read it and when, first reader first. For messages of `inbox` and `message_of`.

    Support leaves a receipt where nobody could read a message and it told the organisation itself.
    """
    others = (receipt for receipt in message.receipts.all() if receipt.reader_id != reader.pk)
    return [receipt for receipt in others if not receipt.reader.is_staff]


def _with_readers(messages: QuerySet[Message]) -> QuerySet[Message]:
    receipts = Prefetch("receipts", Receipt.objects.select_related("reader"))
    return messages.select_related("about", "posted_by", "organisation", "sealed_secret__revealed_by").prefetch_related(
        receipts
    )


def mails_sent_to(account: Account) -> QuerySet[Delivery]:
    """What left for this account, oldest first."""
    sent = Delivery.objects.filter(to_account=account, state=DeliveryState.SENT)
    return sent.select_related("to_account__organisation", "message__organisation").order_by("sent_at", "id")
