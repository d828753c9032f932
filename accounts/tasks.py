"""What the worker does for the ground floor; each is safe to run twice."""

from celery import shared_task

from accounts.sessions import SessionStore


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Sessions that are over are of no use to anybody."""
    SessionStore.clear_expired()
