"""Many blocks from one source, or within minutes, are one episode with one alarm."""

from datetime import datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.models import AuditEvent
from blocking.choices import BlockReason, Door, EpisodeKind
from blocking.models import STRANGERS, Block, Episode, Victim
from blocking.services.blocks import open_block_for_failures
from blocking.services.counting import Entry
from messagebox.models import Delivery, Message
from tests import factories

pytestmark = pytest.mark.django_db

NINE = datetime.fromisoformat("2026-03-02T09:00:00+01:00")


@pytest.fixture(autouse=True)
def thresholds(settings):
    settings.PORTAL_EPISODE_MINUTES = 10
    settings.PORTAL_EPISODE_ACCOUNTS_PER_SOURCE = 3
    settings.PORTAL_EPISODE_ACCOUNTS = 5


def blocked(account, *, source="203.0.113.9", minute=0.0, secret=Secret.PASSWORD):
    """As the fifth wrong entry leaves it."""
    by, door = Actor(source_address=source), Door.SIGN_IN
    entry = Entry(account, secret, STRANGERS, door, by, NINE + timedelta(minutes=minute))
    return open_block_for_failures(entry, evidence_count=5)


@pytest.fixture
def crowd(noord):
    return [factories.account(noord, f"Iemand {number}", password=None, pin=None) for number in range(8)]


def alarms():
    return Delivery.objects.filter(template="episode_alarm").count()


def struck(episode):
    return set(episode.victims.values_list("block__account", flat=True))


def test_three_accounts_from_one_source_are_one_episode_with_one_alarm(crowd):
    for account in crowd[:2]:
        blocked(account)
    assert not Episode.objects.exists()
    for account in crowd[2:]:
        blocked(account)
    episode = Episode.objects.get()
    assert (episode.kind, episode.source, episode.began_at) == (EpisodeKind.SOURCE, "203.0.113.9", NINE)
    assert struck(episode) == {account.pk for account in crowd}
    assert alarms() == 1
    assert AuditEvent.objects.filter(slug="account:episode:began").count() == 1


def test_addresses_of_one_ipv6_network_are_one_source(crowd):
    for number, account in enumerate(crowd[:3]):
        blocked(account, source=f"2001:db8:0:1::{number}")
    assert Episode.objects.get().source == "2001:db8:0:1::/64"


def test_many_accounts_within_minutes_from_anywhere_are_one_episode(crowd):
    for number, account in enumerate(crowd[:4]):
        blocked(account, source=f"203.0.113.{number}")
    assert not Episode.objects.exists()
    blocked(crowd[4], source="203.0.113.200")
    blocked(crowd[5], source="203.0.113.201")
    episode = Episode.objects.get()
    assert (episode.kind, episode.source, episode.victims.count()) == (EpisodeKind.BURST, "", 6)
    assert alarms() == 1


def test_accidents_that_lie_apart_are_no_attack(crowd):
    for number, account in enumerate(crowd):
        blocked(account, minute=number * 6)
    assert not Episode.objects.exists()


def test_in_whatever_order_they_are_written_what_lies_apart_is_no_attack(crowd):
    for number, account in enumerate(crowd):
        blocked(account, minute=-30 * number)
    assert not Episode.objects.exists()


def test_two_that_come_at_once_may_be_written_in_either_order(crowd):
    for number, account in enumerate(crowd[:4]):
        blocked(account, minute=-0.001 * number)
    assert Episode.objects.get().victims.count() == 4


def test_an_attack_that_goes_on_stays_one_and_a_later_one_is_another(crowd):
    for number, account in enumerate(crowd[:5]):
        blocked(account, minute=number * 3)
    assert Episode.objects.count() == 1
    assert Episode.objects.get().last_at == NINE + timedelta(minutes=12)
    for account in crowd[5:]:
        blocked(account, minute=60)
    assert Episode.objects.count() == alarms() == 2


def test_who_was_made_to_wait_and_comes_back_goes_on_with_the_same_attack(crowd):
    for account in crowd[:4]:
        blocked(account)
    blocked(crowd[4], minute=20)
    blocked(crowd[5], minute=40)
    assert Episode.objects.get().victims.count() == 6
    assert alarms() == 1


def test_whoever_is_struck_by_one_source_does_not_make_a_second_episode_of_the_whole(crowd):
    for account in crowd[:4]:
        blocked(account)
    for number, account in enumerate(crowd[4:]):
        blocked(account, source=f"198.51.100.{number}")
    assert Episode.objects.count() == 1


def test_one_account_blocked_twice_is_one_account(crowd):
    for account in crowd[:2]:
        blocked(account)
        blocked(account, secret=Secret.PIN)
    assert not Episode.objects.exists()


def test_a_quota_or_support_is_no_attacker(crowd, a_service):
    for account in crowd:
        factories.block(account, BlockReason.SUPPORT, opened_at=NINE)
        factories.block(account, BlockReason.QUOTA, opened_at=NINE, service=a_service)
    blocked(crowd[0])
    assert not Episode.objects.exists()


def test_blocks_without_an_address_are_no_source_together(crowd):
    for account in crowd[:4]:
        blocked(account, source=None)
    assert not Episode.objects.exists()


def test_every_organisation_is_told_once_and_each_block_by_itself_as_before(crowd, zuid, pgb, anja, chris):
    strangers = [
        factories.account(zuid, "Zus"),
        factories.account(pgb, "Piet"),
        factories.account(None, "Sien Support"),
    ]
    for account in [*crowd[:4], *strangers]:
        blocked(account)
    told = Message.objects.filter(kind="blocking:episode")
    assert sorted(told.values_list("organisation__name", flat=True)) == ["Praktijk Zuid", "Zorggroep Noord"]
    assert Message.objects.filter(kind="blocking:block_opened").count() == 6
    assert Victim.objects.count() == 7


def test_the_block_itself_is_left_as_it_is(crowd):
    blocks = [blocked(account) for account in crowd[:3]]
    assert {block.pk for block in Block.objects.open()} == {block.pk for block in blocks}


def test_the_alarm_says_from_where_and_leads_to_the_admin(crowd, sanne, client):
    for account in crowd[:3]:
        blocked(account)
    episode = Episode.objects.get()
    mail = Delivery.objects.get(template="episode_alarm")
    assert (mail.parameters["source"], mail.parameters["episode_pk"]) == ("203.0.113.9", episode.pk)
    client.force_login(sanne)
    page = client.get(f"/beheer/blocking/episode/{episode.pk}/change/").content.decode()
    assert all(account.name in page for account in crowd[:3])
    assert "203.0.113.9" in page
    first = " ".join(client.get("/beheer/").content.decode().split())
    assert '<span class="vp-work__count">1</span> aanval met open blokkades' in first
    assert episode.source in client.get("/beheer/blocking/episode/?open=1").content.decode()


def test_support_changes_no_episode(crowd, sanne, client):
    for account in crowd[:3]:
        blocked(account)
    client.force_login(sanne)
    episode = Episode.objects.get()
    assert client.post(f"/beheer/blocking/episode/{episode.pk}/change/", {"source": "x"}).status_code == 403
    assert client.post(f"/beheer/blocking/episode/{episode.pk}/delete/", {"post": "yes"}).status_code in {403, 404}


def test_the_message_says_what_to_do_and_leads_to_the_victims(crowd, anja, client):
    for account in crowd[:3]:
        blocked(account)
    client.force_login(anja)
    message = Message.objects.get(kind="blocking:episode")
    page = client.get(f"/berichtenbox/{message.public_id}/").content.decode()
    assert "hef hun blokkades samen op" in page
    assert f"/gebruikersbeheer/aanvallen/{Episode.objects.get().public_id}/" in page
    assert "Aanval op accounts van uw organisatie" in client.get("/berichtenbox/").content.decode()
