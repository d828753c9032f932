import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Account, Organisation
from messagebox.policy import MESSAGE_KIND_PATTERN


class Message(models.Model):
    """A message in an organisation's box: kind and parameters, put into words on reading.

    Parameters hold no secret. A kind `app:name` is worded in `templates/<app>/messages/<name>/`.
    """

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="messages"
    )
    kind = models.CharField("soort", max_length=80)
    parameters = models.JSONField("gegevens", default=dict)
    about = models.ForeignKey(
        Account, verbose_name="gaat over", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    posted_by = models.ForeignKey(
        Account, verbose_name="geplaatst door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    posted_at = models.DateTimeField("geplaatst op")

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-posted_at", "-id")
        indexes = (
            models.Index(fields=("organisation", "-posted_at", "-id"), name="message_box_order"),
            models.Index(fields=("-posted_at", "-id"), name="message_by_moment"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__regex=MESSAGE_KIND_PATTERN), name="message_kind_format"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.posted_at:%Y-%m-%d %H:%M}"

    @property
    def sender(self) -> str:
        """Who it is from, as people read it: Support's staff are Support, not a person's name."""
        if self.posted_by is None:
            return "Het portaal"
        return "Support" if self.posted_by.is_staff else self.posted_by.name


class Receipt(models.Model):
    """This reader has read this message: each contact person has an own one."""

    # The unique constraint below is its index.
    message = models.ForeignKey(
        Message, verbose_name="bericht", on_delete=models.CASCADE, related_name="receipts", db_index=False
    )
    reader = models.ForeignKey(Account, verbose_name="lezer", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField("gelezen op")

    class Meta:
        verbose_name = "leesbewijs"
        verbose_name_plural = "leesbewijzen"
        ordering = ("read_at", "id")
        constraints = (models.UniqueConstraint(fields=("message", "reader"), name="receipt_once_per_reader"),)

    def __str__(self) -> str:
        return f"{self.reader} {self.read_at:%Y-%m-%d %H:%M}"


class Reminder(models.Model):
    """This reader was reminded of this unread message after so many days: once, ever."""

    message = models.ForeignKey(
        Message, verbose_name="bericht", on_delete=models.CASCADE, related_name="reminders", db_index=False
    )
    reader = models.ForeignKey(Account, verbose_name="lezer", on_delete=models.PROTECT, related_name="+")
    after_days = models.PositiveSmallIntegerField("na dagen")
    reminded_at = models.DateTimeField("herinnerd op")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = (
            models.UniqueConstraint(
                fields=("message", "reader", "after_days"), name="reminder_once_per_reader_and_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reader} na {self.after_days} dagen"
