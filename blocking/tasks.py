"""What the worker does for the doors and for the life of accounts; each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from blocking import services
from blocking.services.life import forgotten_pin, letters


@shared_task(name=forgotten_pin.TASK)
def answer_forgotten_pins() -> None:
    """On every question, and once a minute for what was missed."""
    services.answer_pin_requests(at=timezone.now())


@shared_task(name=letters.TASK)
def make_letters() -> None:
    """On every order, and once a minute for what was missed."""
    services.make_letters(at=timezone.now())


@shared_task(name="blocking.tend_issued_accounts")
def tend_issued_accounts() -> None:
    """Once a day: who has not activated yet is reminded of, and removed when it is too late; old letters are erased."""
    services.tend_issued_accounts(at=timezone.now())
    services.erase_old_letters(at=timezone.now())
