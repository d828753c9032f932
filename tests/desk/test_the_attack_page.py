"""A contact person sees an attack as one, with the own users alone, and lifts all of them with one reason."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blocking.choices import EpisodeKind, LiftChannel
from blocking.models import Block, Episode, Victim
from tests import factories
from tests.desk.conftest import BULK, text_of

pytestmark = pytest.mark.django_db

USERS = "/gebruikersbeheer/"
LIST = f"{USERS}aanvallen/"


@pytest.fixture
def struck(noord, zuid, anja):
    """Three of Noord, Anja among them, and one of Zuid."""
    people = [anja, *(factories.account(noord, name) for name in ("Kees", "Loes")), factories.account(zuid, "Zus")]
    return [factories.block(person) for person in people]


@pytest.fixture
def episode(struck):
    at = struck[0].opened_at
    made = Episode.objects.create(kind=EpisodeKind.SOURCE, source="203.0.113.9", began_at=at, last_at=at)
    Victim.objects.bulk_create(Victim(episode=made, block=block) for block in struck)
    return made


def address_of(episode):
    return f"{LIST}{episode.public_id}/"


def blocks_sent(page):
    return set(re.findall(r'type="hidden"\s+name="block"\s+value="([^"]+)"', page))


def test_the_page_shows_the_own_users_and_nobody_elses(signed_in, bram, episode, struck):
    page = signed_in(bram).get(address_of(episode)).content.decode()
    assert "3 gebruikers van uw organisatie getroffen" in page
    assert "203.0.113.9" in page
    assert all(block.account.name in page for block in struck[:3])
    assert "Zus" not in page
    assert blocks_sent(page) == {str(block.public_id) for block in struck[:3]}


def test_all_of_them_are_lifted_with_one_reason(signed_in, bram, episode, struck):
    browser = signed_in(bram)
    sent = {"block": list(blocks_sent(browser.get(address_of(episode)).content.decode()))}
    asked = browser.post(BULK, sent)
    assert "Waarom heft u deze blokkades op?" in asked.content.decode()
    assert "Aanval van buiten" in asked.content.decode()
    assert browser.post(BULK, {**sent, "reason": "attack", "note": ""}).status_code == 200
    lifted = Block.objects.lifted().filter(lift_channel=LiftChannel.USER_ADMINISTRATION)
    assert {block.pk for block in lifted} == {block.pk for block in struck[:3]}
    assert {block.lift_reason for block in lifted} == {"attack"}
    page = browser.get(address_of(episode)).content.decode()
    assert blocks_sent(page) == set()
    assert page.count("Opgeheven") == 3


def test_the_page_says_whether_it_goes_on_and_what_lifting_gives(signed_in, bram, episode, settings):
    browser, now = signed_in(bram), timezone.now()
    pause = timedelta(minutes=2 * settings.PORTAL_EPISODE_MINUTES)
    for last_at, said in (
        (now - pause + timedelta(minutes=1), "De aanval is misschien nog bezig."),
        (now - pause, "De aanval lijkt voorbij"),
    ):
        Episode.objects.update(last_at=last_at)
        page = text_of(browser.get(address_of(episode)))
        assert said in page
        assert "krijgt elk account vijf nieuwe pogingen, ook voor wie aanvalt" in page


def test_the_list_of_users_warns_until_the_last_is_lifted(signed_in, bram, chris, episode, struck):
    browser = signed_in(bram)
    page = browser.get(USERS)
    assert "3 gebruikers zijn nog geblokkeerd door een aanval." in text_of(page)
    assert f'href="{LIST}">Bekijk de aanval' in page.text
    assert "1 gebruiker is nog geblokkeerd door een aanval." in text_of(signed_in(chris).get(USERS))
    sent = {"block": [str(block.public_id) for block in struck[:3]], "reason": "other", "note": ""}
    assert browser.post(BULK, sent).status_code == 200
    assert "door een aanval" not in text_of(browser.get(USERS))


def test_nobody_lifts_the_own_block_there(signed_in, anja, episode, struck):
    page = signed_in(anja).get(address_of(episode)).content.decode()
    assert str(struck[0].public_id) not in blocks_sent(page)
    assert "U kunt een blokkade van uw eigen account niet zelf opheffen" in page


def test_chris_sees_what_struck_zuid_and_nothing_of_noord(signed_in, chris, episode, struck):
    browser = signed_in(chris)
    page = browser.get(address_of(episode)).content.decode()
    assert "1 gebruiker van uw organisatie getroffen" in page
    assert not any(block.account.name in page for block in struck[:3])
    assert "1 blokkade" in browser.get(LIST).content.decode()


def test_an_attack_on_others_alone_is_no_attack_to_chris(signed_in, chris, episode):
    Victim.objects.filter(block__organisation=chris.organisation).delete()
    browser = signed_in(chris)
    assert browser.get(address_of(episode)).status_code == 404
    assert "Geen aanvallen" in browser.get(LIST).content.decode()


def test_the_list_counts_what_is_still_blocked(signed_in, bram, episode, struck):
    page = " ".join(signed_in(bram).get(LIST).content.decode().split())
    assert "3 blokkades" in page
    assert "<strong>3</strong>" in page


def test_who_is_no_contact_person_sees_no_attacks(signed_in, anna, dirk, episode):
    for person in (anna, dirk):
        for address in (LIST, address_of(episode)):
            assert signed_in(person).get(address).status_code == 403


def test_the_list_and_the_page_cost_the_same_for_few_and_many(signed_in, bram, episode, noord, query_counter):
    browser = signed_in(bram)
    costs = []
    for _ in range(2):
        with query_counter() as queries:
            browser.get(LIST)
            browser.get(address_of(episode))
        costs.append(len(queries))
        more = [factories.block(factories.account(noord, f"Nog {number}", password=None)) for number in range(5)]
        Victim.objects.bulk_create(Victim(episode=episode, block=block) for block in more)
    assert costs[0] == costs[1]
