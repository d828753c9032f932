"""What the worker does for the doors; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from blocking.services import answer_pin_requests
from blocking.services import tend_issued_accounts as tend
from blocking.services.life.forgotten_pin import TASK


@shared_task(name=TASK)
def answer_forgotten_pins() -> None:
    """On every question, and once a minute for what was missed."""
    answer_pin_requests(at=timezone.now())


@shared_task(name="blocking.tend_issued_accounts")
def tend_issued_accounts() -> None:
    """Once a day: who has not activated yet is reminded of, and removed when it is too late."""
    tend(at=timezone.now())
