"""The demo holds an attack as Support and a contact person see it, and a browser that an account knows."""

import pytest
from django.utils import timezone

from blocking.choices import EpisodeKind
from blocking.models import Block, Episode, KnownBrowser
from messagebox.models import Delivery, Message
from vecozo_portal.demo.loading import load_demo

pytestmark = pytest.mark.django_db


def test_one_source_many_numbers_one_episode_one_alarm(demo):
    episode = Episode.objects.get()
    assert (episode.kind, episode.source) == (EpisodeKind.SOURCE, "203.0.113.66")
    attacked = Block.objects.open().filter(victim__episode=episode).order_by("opened_at")
    assert [block.account.name for block in attacked] == ["Hanneke Kuipers", "Gerrit Veenstra", "Saskia Brouwer"]
    assert Message.objects.filter(kind="blocking:episode").count() == 1
    assert Delivery.objects.filter(template="episode_alarm").count() == 1


def test_one_account_knows_a_browser(demo):
    assert KnownBrowser.objects.get().account.name == "Mirjam Claessen"


def test_loading_again_brings_neither_twice(demo):
    load_demo(at=timezone.now())
    assert (Episode.objects.count(), KnownBrowser.objects.count()) == (1, 1)
