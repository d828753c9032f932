"""What the worker does for the post; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from messagebox import services


@shared_task(name="messagebox.send_delivery")
def send_delivery(delivery_id: int) -> None:
    services.send_delivery(delivery_id, at=timezone.now())


@shared_task(name="messagebox.sweep_deliveries")
def sweep_deliveries() -> None:
    services.sweep(at=timezone.now())


@shared_task(name="messagebox.remind_unread")
def remind_unread() -> None:
    services.remind_unread(at=timezone.now())


@shared_task(name="messagebox.tend_secrets")
def tend_secrets() -> None:
    """Once an hour: what nobody looked at in time is erased, the rest is sealed with the newest key."""
    services.tend_secrets(at=timezone.now())
