"""Support's first page draws what apps registered, with the figures behind it; the roof knows of none what it is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blocking.choices import BlockReason
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, sanne, anna, anja):
    factories.block(anna)
    factories.block(anja)
    factories.block(anna, BlockReason.PIN, opened_at=timezone.now() - timedelta(days=3))
    client.force_login(sanne)
    return client.get("/beheer/").text


def test_blocks_per_day_are_drawn_by_reason(page):
    assert "Blokkades in de afgelopen 30 dagen" in page
    titles = re.findall(r'<title id="blokkades-\d-title">([^<]+)</title>', page)
    assert titles == [
        "Wachtwoord geblokkeerd: 2",
        "Pincode geblokkeerd: 1",
        "Quotum overschreden: 0",
        "Geblokkeerd door Support: 0",
    ]


def test_the_figures_stand_in_a_table_behind_the_picture(page):
    table = page.split("<table", 1)[1].split("</table>")[0]
    assert table.count("<tr>") == 31
    columns = re.findall("<th scope=.col.>([^<]+)</th>", table)
    assert columns == ["Dag", *(reason.label for reason in BlockReason)]


def test_nothing_of_a_picture_is_inline(page):
    picture = page.split('<figure class="vp-chart">')[1].split("</figure>")[0]
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script", picture)
    assert picture.count('role="img"') == 4
