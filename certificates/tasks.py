"""What the worker does for certificates; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from certificates import services
from certificates.authority import authority


@shared_task(name="certificates.publish")
def publish() -> None:
    """Once an hour, whether anything changed or not: a list says until when it is good."""
    services.revoke_of_removed(at=timezone.now())
    services.publish(authority(), at=timezone.now())


@shared_task(name="certificates.tend")
def tend() -> None:
    """Once a day: what nobody installed is taken back, and what ends soon is told."""
    services.remove_overdue(at=timezone.now())
    services.remind_of_ends(at=timezone.now())
