"""The worker and beat: JSON only, no results, and a broker that may be away.

A task is taken off the queue after it ran (`acks_late`), so a worker that dies repeats it: tasks are safe to run twice.
Publishing fails within half a second when the broker is away, and is not tried again: what matters waits in the outbox
and is swept.
"""

import os

from celery import Celery, signals
from celery.schedules import crontab
from django.conf import settings

from vecozo_portal.checks import refuse_unsafe_production
from vecozo_portal.processes.children import die_with_parent
from vecozo_portal.run.worker import sign_of_life

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")

BROKER_TIMEOUT_SECONDS = 0.5

app = Celery("portal")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_timeout=BROKER_TIMEOUT_SECONDS,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "socket_timeout": BROKER_TIMEOUT_SECONDS,
        "socket_connect_timeout": BROKER_TIMEOUT_SECONDS,
        "visibility_timeout": 600,
        # For publishers: without it kombu keeps trying for six seconds, `retry=False` or not. The worker goes on trying
        # all the same, as `broker_connection_max_retries` says.
        "max_retries": 0,
    },
    task_publish_retry=False,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    result_backend=None,
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    timezone=settings.TIME_ZONE,
    task_default_queue="portal",
    beat_schedule={
        "sweep-deliveries": {
            "task": "messagebox.sweep_deliveries",
            "schedule": settings.PORTAL_DELIVERY_SWEEP_SECONDS,
            # A sweep that waited longer than the next one is due is worth nothing.
            "options": {"expires": settings.PORTAL_DELIVERY_SWEEP_SECONDS},
        },
        # They hold addresses of people, so they are kept no longer than they are of use.
        "clear-sessions": {"task": "accounts.clear_sessions", "schedule": crontab(minute=17)},
        # Undoing refuses by the clock, so nobody notices how soon after the moment it is made final.
        "finish-removals": {"task": "accounts.finish_removals", "schedule": 30.0, "options": {"expires": 30.0}},
        # At the start of the working day, when the mail is read.
        "remind-unread": {"task": "messagebox.remind_unread", "schedule": crontab(hour=7, minute=30)},
        "tend-secrets": {"task": "messagebox.tend_secrets", "schedule": crontab(minute=43)},
        "answer-forgotten-pins": {
            "task": "blocking.answer_pin_requests",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "make-letters": {"task": "blocking.make_letters", "schedule": 60.0, "options": {"expires": 60.0}},
        "tend-issued-accounts": {
            "task": "blocking.tend_issued_accounts",
            "schedule": crontab(hour=7, minute=15),
        },
        "publish-revocations": {"task": "certificates.publish", "schedule": crontab(minute=0)},
        "tend-certificates": {"task": "certificates.tend", "schedule": crontab(hour=7, minute=0)},
    },
)
app.autodiscover_tasks()


@signals.worker_init.connect
def _refuse_unsafe_worker(**_: object) -> None:
    refuse_unsafe_production()


@signals.beat_init.connect
def _refuse_unsafe_beat(**_: object) -> None:
    """It only says when: the worker signs."""
    refuse_unsafe_production(issues=False)


@signals.worker_process_init.connect
def _end_with_the_worker(**_: object) -> None:
    die_with_parent()


@signals.worker_ready.connect
@signals.task_postrun.connect
def _worker_lives(**_: object) -> None:
    sign_of_life(settings.PORTAL_STATE_DIR, "worker").touch()


@signals.beat_init.connect
def _beat_lives(**_: object) -> None:
    signals.before_task_publish.connect(_beat_ticks, weak=False)
    _beat_ticks()


def _beat_ticks(**_: object) -> None:
    sign_of_life(settings.PORTAL_STATE_DIR, "beat").touch()
