"""What the worker does for the ground floor; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from accounts.services import finish_removals
from accounts.sessions import SessionStore


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Sessions that are over are of no use to anybody."""
    SessionStore.clear_expired()


@shared_task(name="accounts.finish_removals")
def finish_due_removals() -> None:
    """What can no longer be undone becomes final."""
    finish_removals(at=timezone.now())
