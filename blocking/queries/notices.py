"""Notices that the rightful user may answer, and those that were answered: this was not me."""

from __future__ import annotations

from uuid import UUID

from blocking.models import Notice
from blocking.models.notice import NoticeQuerySet


def notice_by(public_id: UUID) -> Notice | None:
    return Notice.objects.select_related("account").filter(public_id=public_id).first()


def open_reports() -> NoticeQuerySet:
    """Reports of "this was not me" whose block Support has not lifted yet."""
    return Notice.objects.denied().filter(block__lifted_at=None)
