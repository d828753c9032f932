"""Blocks that open at the same moment, each in a transaction of its own, make one episode and one alarm."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Secret
from blocking.choices import Door
from blocking.models import STRANGERS, Episode, Victim
from blocking.services.blocks import open_block_for_failures
from blocking.services.counting import Entry
from messagebox.models import Delivery, Message
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8


@pytest.fixture
def crowd(noord, anja):
    return [factories.account(noord, f"Iemand {number}", password=None, pin=None) for number in range(AT_ONCE)]


def block_all_at_once(accounts):
    start, at = Barrier(len(accounts)), timezone.now()

    def block(account):
        entry = Entry(account, Secret.PASSWORD, STRANGERS, Door.SIGN_IN, Actor(source_address="203.0.113.9"), at)
        start.wait()
        try:
            with transaction.atomic():
                open_block_for_failures(entry, evidence_count=5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(accounts)) as pool:
        list(pool.map(block, accounts))


@pytest.mark.parametrize("repeat", range(5))
def test_one_episode_one_alarm_one_message(crowd, repeat):
    block_all_at_once(crowd)
    assert Episode.objects.count() == 1
    assert Victim.objects.count() == AT_ONCE
    assert Delivery.objects.filter(template="episode_alarm").count() == 1
    assert Message.objects.filter(kind="blocking:episode").count() == 1
