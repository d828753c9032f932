"""A message about a block says how it stands by now: advice is left out once it is followed, or the block gone."""

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from blocking.choices import BlockReason
from blocking.services import open_block
from messagebox.models import Message
from messagebox.services import post_message
from tests import factories
from tests.cases import lifted_by_support
from tests.desk.conftest import text_of

pytestmark = pytest.mark.django_db

ADVICE = "Neem contact op met Support om deze blokkade te laten opheffen"
BUTTON_ADVICE = "Met de knop bij dit bericht"


@pytest.fixture
def block(noord_software, a_service):
    return open_block(noord_software, reason=BlockReason.QUOTA, service=a_service, by=PORTAL, at=timezone.now())


@pytest.fixture
def address(anja, block):
    return f"/berichtenbox/{Message.objects.get(kind='blocking:block_opened').public_id}/"


def lead_of(page):
    return " ".join(page.text.split('class="vp-lead">')[1].split("</p>")[0].split())


def test_while_nobody_asked_it_advises_to(signed_in, anja, address):
    page = signed_in(anja).get(address)
    assert lead_of(page).startswith(ADVICE)
    assert BUTTON_ADVICE in text_of(page)


def test_once_asked_it_says_that_nobody_need_call(signed_in, anja, address):
    browser = signed_in(anja)
    browser.post(f"{address}verzoek/")
    page = browser.get(address)
    assert lead_of(page).startswith("U hoeft Support niet te bellen: verzoek S-")
    assert ADVICE not in text_of(page)
    assert BUTTON_ADVICE not in text_of(page)
    assert "Zoek uit welk programma" in text_of(page)


def test_once_lifted_it_says_so_first(signed_in, anja, sanne, block, address):
    lifted_by_support(block, sanne)
    page = signed_in(anja).get(address)
    assert lead_of(page).startswith("U hoeft niets meer te doen: deze blokkade is op")
    for over in (ADVICE, BUTTON_ADVICE, "Wachten helpt niet", "Zelf opheffen kunt u"):
        assert over not in text_of(page)


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN])
def test_of_a_block_that_one_lifts_oneself_too(signed_in, anja, anna, sanne, reason):
    block = open_block(anna, reason=reason, by=PORTAL, at=timezone.now())
    assert block
    message = Message.objects.get()
    browser = signed_in(anja)
    assert "hef daarna de blokkade op" in lead_of(browser.get(f"/berichtenbox/{message.public_id}/"))
    lifted_by_support(block, sanne)
    page = browser.get(f"/berichtenbox/{message.public_id}/")
    assert "Naar het account" not in text_of(page)
    assert "kan niemand meer" not in text_of(page)


def test_a_message_that_names_somebody_elses_block_learns_nothing_of_it(signed_in, chris, zuid, block, sanne):
    lifted_by_support(block, sanne)
    named = {"block": str(block.public_id)}
    message = post_message(
        zuid, kind="blocking:block_opened", parameters=named, about=None, by=PORTAL, at=timezone.now()
    )
    assert "niets meer te doen" not in text_of(signed_in(chris).get(f"/berichtenbox/{message.public_id}/"))


def test_the_advice_of_another_block_of_the_account_stays(signed_in, anja, sanne, anna, block, address):
    factories.block(anna, BlockReason.PIN)
    assert lead_of(signed_in(anja).get(address)).startswith(ADVICE)
