"""Step-up: an act that matters wants a second factor not older than fifteen minutes, and nothing is done unseen."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Means
from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block
from tests import factories
from tests.cases import a_case
from tests.fixtures_signing_in import showed
from tests.second_factors import code_for, with_app, with_recovery_codes, wrong_code_for

pytestmark = pytest.mark.django_db

CONFIRM = "/bevestigen/"
BULK = "/gebruikersbeheer/blokkades/opheffen/"


def seated(account, **ago):
    """Signed in, with a second factor shown so long ago."""
    browser = Client()
    browser.force_login(account)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=timezone.now() - timedelta(**ago))
    return browser


def lift_address(block):
    return f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/"


def is_open(block):
    return Block.objects.open().filter(pk=block.pk).exists()


@pytest.fixture
def block(anna):
    return factories.block(anna)


@pytest.fixture
def late(anja):
    return seated(anja, minutes=15)


def confirms(browser, account, way):
    """What the person does at the page that asks: shows a code, and goes on."""
    asked = browser.get(way["Location"])
    assert asked.status_code == 200
    return browser.post(CONFIRM, {"token": code_for(account), "next": asked.context["next"]})


def test_a_factor_of_just_under_the_limit_is_enough(anja, block):
    browser = seated(anja, minutes=14, seconds=50)
    assert browser.post(lift_address(block), {"reason": "other", "note": ""}).status_code == 303
    assert not is_open(block)


def test_the_limit_is_a_setting(anja, block, settings):
    settings.PORTAL_STEP_UP_MINUTES = 60
    assert seated(anja, minutes=59).get(lift_address(block)).status_code == 200
    assert seated(anja, minutes=60).get(lift_address(block)).status_code == 302


def test_looking_at_the_question_asks_for_a_factor_and_comes_back(late, anja, block):
    way = late.get(lift_address(block))
    assert (way.status_code, way["Location"]) == (302, f"{CONFIRM}?next={lift_address(block)}")
    back = confirms(late, anja, way)
    assert (back.status_code, back["Location"]) == (303, lift_address(block))
    assert late.get(back["Location"]).status_code == 200


def test_what_was_sent_is_not_done_but_waits_and_is_pressed_again(late, anja, block):
    way = late.post(lift_address(block), {"reason": "caps_lock", "note": "Zij belde net."})
    assert way.status_code == 303
    assert is_open(block)
    asked = late.get(way["Location"])
    assert "Er is nog niets gedaan." in asked.text
    back = confirms(late, anja, way)
    assert is_open(block)
    page = late.get(back["Location"])
    assert is_open(block)
    assert "Zij belde net." in page.text
    assert re.search(r'value="caps_lock"[^>]* checked', page.text)
    assert late.post(back["Location"], {"reason": "caps_lock", "note": ""}).status_code == 303
    assert not is_open(block)


def test_what_waits_is_shown_once_and_only_there(late, anja, anna, block):
    other = factories.block(anna, BlockReason.PIN)
    back = confirms(late, anja, late.post(lift_address(block), {"reason": "other", "note": "Zij belde net."}))
    assert "Zij belde net." not in late.get(lift_address(other)).text
    assert "Zij belde net." in late.get(back["Location"]).text
    assert "Zij belde net." not in late.get(back["Location"]).text


def test_many_chosen_blocks_wait_as_well(late, anja, anna, block):
    other = factories.block(anna, BlockReason.PIN)
    chosen = [str(block.public_id), str(other.public_id)]
    way = late.post(BULK, {"block": chosen, "reason": "other", "note": "Allebei."})
    back = confirms(late, anja, way)
    assert back["Location"] == BULK
    page = late.get(BULK)
    assert page.status_code == 200
    assert all(f'value="{name}"' in page.text for name in chosen)
    assert "Allebei." in page.text
    assert is_open(block)
    assert is_open(other)
    assert late.post(BULK, {"block": chosen, "reason": "other", "note": ""}).status_code == 200
    assert not is_open(block)
    assert not is_open(other)


def test_the_many_page_asks_nothing_when_nothing_waits(anja):
    assert seated(anja, minutes=1).get(BULK).status_code == 405


def test_a_wrong_code_changes_nothing(late, anja, block):
    answer = late.post(CONFIRM, {"token": wrong_code_for(anja), "next": lift_address(block)})
    assert answer.status_code == 200
    assert "Deze code klopt niet." in answer.text
    assert f'name="next" value="{lift_address(block)}"' in answer.text
    assert late.get(lift_address(block)).status_code == 302


def test_that_nothing_is_done_yet_is_still_said_after_a_wrong_code_and_another_way(late, anja, block):
    with_recovery_codes(anja)
    asked = late.get(late.post(lift_address(block), {"reason": "other", "note": ""})["Location"])
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    wrong = late.post(CONFIRM, {**fields, "token": wrong_code_for(anja)})
    other_way = re.search(r'href="(/bevestigen/\?met=herstelcode[^"]*)"', wrong.text)
    assert other_way
    for page in (asked, wrong, late.get(other_way[1].replace("&amp;", "&"))):
        assert "Er is nog niets gedaan." in page.text
    assert wrong.text.index("Deze code klopt niet.") < wrong.text.index("Er is nog niets gedaan.")


def back_on(page):
    [address] = re.findall(r'href="([^"]*)">Niet nu, terug</a>', page.text)
    return address


def test_who_would_rather_not_goes_back_to_where_they_were(late, anja, block):
    account = f"/gebruikersbeheer/accounts/{block.account.public_id}/?van=lijst"
    asked = late.get(late.get(lift_address(block))["Location"], headers={"referer": f"http://testserver{account}"})
    assert back_on(asked) == account
    wrong = late.post(CONFIRM, {"token": wrong_code_for(anja), "next": lift_address(block), "terug": back_on(asked)})
    assert back_on(wrong) == account


@pytest.mark.parametrize(
    "came_from", ["", "https://kwaad.test/", "javascript:alert(1)", "http://testserver/bevestigen/?next=/x/", "LIFT"]
)
def test_who_came_from_elsewhere_or_from_the_act_itself_goes_to_the_start(late, block, came_from):
    lift = lift_address(block)
    referer = f"http://testserver{lift}" if came_from == "LIFT" else came_from
    assert back_on(late.get(f"{CONFIRM}?next={lift}", headers={"referer": referer})) == "/"
    assert back_on(late.get(CONFIRM, {"next": lift, "terug": lift if came_from == "LIFT" else came_from})) == "/"


@pytest.mark.parametrize("address", ["http://testserver//elders.test/", "http://testserver/\\elders.test/"])
def test_what_begins_as_the_address_of_another_leads_to_the_start(late, block, address):
    assert back_on(late.get(CONFIRM, {"next": lift_address(block), "terug": address})) == "/"
    assert back_on(late.get(CONFIRM, {"next": lift_address(block)}, HTTP_REFERER=address)) == "/"


def test_a_recovery_code_confirms_too(late, anja, block):
    code = with_recovery_codes(anja)[0]
    fields = {"token": code, "means": "recovery_code", "next": lift_address(block)}
    assert late.post(CONFIRM, fields)["Location"] == lift_address(block)
    assert late.get(lift_address(block)).status_code == 200


def test_the_session_key_is_new_after_confirming(late, anja):
    before = late.session.session_key
    late.post(CONFIRM, {"token": code_for(anja)})
    assert late.session.session_key != before
    assert AuditEvent.objects.filter(slug="account:factor:accepted", account=anja).count() == 1


@pytest.mark.parametrize("elsewhere", ["https://kwaad.test/", "//kwaad.test", "/\\kwaad.test", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(late, anja, elsewhere):
    assert late.post(CONFIRM, {"token": code_for(anja), "next": elsewhere})["Location"] == "/"


def test_strangers_sign_in_first(client):
    assert client.get(f"{CONFIRM}?next=/gebruikersbeheer/")["Location"].startswith("/inloggen/?next=/bevestigen/")
    assert client.post(CONFIRM, {"token": "123456"})["Location"].startswith("/inloggen/")


def test_who_has_nothing_to_show_is_led_to_linking(anna):
    browser = Client()
    browser.force_login(anna)
    answer = browser.get(f"{CONFIRM}?next=/mijn-account/")
    assert answer["Location"] == "/mijn-account/tweede-factor/?next=/mijn-account/"


def test_the_code_of_a_colleague_confirms_nothing(late, anja, bram, block):
    from accounts.models import OneTimeCodeDevice  # noqa: PLC0415
    from accounts.sealing import seal  # noqa: PLC0415

    OneTimeCodeDevice.objects.filter(user=bram).update(sealed_key=seal(b"of Bram, not of Anja"))
    assert late.post(CONFIRM, {"token": code_for(bram)}).status_code == 200
    assert late.get(lift_address(block)).status_code == 302


def test_a_fresh_factor_opens_nothing_of_another_organisation(chris, block):
    browser = seated(chris, minutes=1)
    assert browser.get(lift_address(block)).status_code == 404
    assert browser.post(lift_address(block), {"reason": "other", "note": ""}).status_code == 404


def test_support_confirms_before_granting_placing_and_taking_away(sanne, anna, block):
    with_app(anna)
    case = a_case(block, sanne)
    late = seated(sanne, minutes=15)
    for path in (
        f"/beheer/blocking/supportcase/{case.pk}/toekennen/",
        f"/beheer/blocking/block/plaatsen/?account={anna.pk}",
        f"/beheer/accounts/account/{anna.pk}/tweede-factor/",
    ):
        for answer in (late.get(path), late.post(path, {"reason": "waarom"})):
            assert answer.status_code in {302, 303}
            assert answer["Location"].startswith(CONFIRM)
    assert is_open(block)
    assert anna.blocks.count() == 1


def test_what_support_wrote_waits_too(sanne, anna):
    late = seated(sanne, minutes=15)
    path = f"/beheer/blocking/block/plaatsen/?account={anna.pk}"
    back = confirms(late, sanne, late.post(path, {"reason": "Sleutel kwijt."}))
    assert back["Location"] == path
    page = late.get(path)
    assert "Sleutel kwijt." in page.text
    assert not anna.blocks.exists()


def test_reading_needs_no_fresh_factor(late, sanne):
    assert late.get("/gebruikersbeheer/").status_code == 200
    assert seated(sanne, hours=3).get("/beheer/").status_code == 200
