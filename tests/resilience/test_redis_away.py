"""Without Redis people sign in, get blocked and unblocked; the mails wait, and each leaves once when it is back."""

from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.utils import timezone

from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block
from blocking.services import lift_block
from messagebox.choices import DeliveryState
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD
from tests.security.visitor import Visitor
from vecozo_portal.engines import ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 60.0


@pytest.fixture
def redis():
    """A Redis-compatible server of our own, not started yet, in a folder that its owner may enter."""
    engine = ValkeyEngine(Owner.for_engines(), free_port(), new_password())
    with TemporaryDirectory(prefix="portal-own-redis-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        engine.settle(Path(folder))
        yield engine
        engine.stop()


@pytest.fixture
def portal(start_portal, redis):
    settings = {"PORTAL_REDIS_URL": redis.url, "PORTAL_DELIVERY_SWEEP_SECONDS": "1"}
    return start_portal(workers=1, threads=4, settings=settings)


def block_and_lift(portal, user, contact_person):
    """The whole main job by way of the portal; the lift by the service that its page calls."""
    stranger = Visitor(portal.base_url)
    assert [stranger.enter_password(user.user_number, WRONG_PASSWORD).status for _ in range(5)] == [200] * 5
    block = Block.objects.open().get(account=user, reason=BlockReason.PASSWORD)
    lift_block(
        block,
        by=factories.by(contact_person),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.CAPS_LOCK,
    )
    assert Visitor(portal.base_url).enter_password(user.user_number, PASSWORD).status == 303


def mails(portal):
    """How often each mail lies in the folder, by its Message-ID."""
    files = (portal.folder / "mail").glob("*.log")
    texts = [text for file in files for text in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if text.strip()]
    return Counter(message_from_bytes(text, policy=default)["Message-ID"] for text in texts)


def everything_sent():
    return not Delivery.objects.exclude(state=DeliveryState.SENT).exists()


def assert_each_left_once(portal):
    expected = {f"<{public_id}@127.0.0.1>": 1 for public_id in Delivery.objects.values_list("public_id", flat=True)}
    assert mails(portal) == expected


def test_the_main_job_goes_on_and_each_mail_leaves_once_when_redis_comes(portal, redis, anna, anja):
    block_and_lift(portal, anna, anja)
    assert Visitor(portal.base_url).enter_pin(anna.user_number, PIN).status == 303
    waiting = Delivery.objects.all()
    assert Counter(waiting.values_list("template", flat=True)) == {
        "block_opened": 1,
        "new_message": 1,
        "block_lifted": 1,
        "password_changed": 1,
    }
    assert all(delivery.state == DeliveryState.WAITING and not delivery.tries for delivery in waiting)
    assert not mails(portal)

    redis.start()
    redis.wait_ready()
    portal.start_worker()
    portal.start_beat()
    assert wait_until(everything_sent, PATIENCE_SECONDS)
    assert_each_left_once(portal)


def test_a_worker_and_beat_that_lost_redis_find_it_again(portal, redis, anna, anja):
    redis.start()
    redis.wait_ready()
    worker, beat = portal.start_worker(), portal.start_beat()
    block_and_lift(portal, anna, anja)
    assert wait_until(everything_sent, PATIENCE_SECONDS)

    redis.process.kill()
    redis.process.wait()
    block_and_lift(portal, anna, anja)
    # The second time it is another browser than the first, and that is told too.
    assert Delivery.objects.filter(state=DeliveryState.WAITING).count() == 4

    redis.start()
    redis.wait_ready()
    assert wait_until(lambda: everything_sent() or not worker.is_alive, PATIENCE_SECONDS)
    if not worker.is_alive:
        # Celery's client may fall over a task that ended while the queue was away; a run and a container start it anew.
        portal.start_worker()
    assert wait_until(everything_sent, PATIENCE_SECONDS)
    assert beat.is_alive
    assert_each_left_once(portal)
    assert Delivery.objects.count() == 7


def test_the_portal_says_that_it_works_with_less(portal):
    ready = Visitor(portal.base_url).get("/readyz")
    assert (ready.status, '"degraded"' in ready.body) == (200, True)
