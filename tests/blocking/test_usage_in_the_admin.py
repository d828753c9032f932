"""Support sees what was used around a quota block: on the block's page, and on a case about it."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import SupportCase
from blocking.services.quota import set_quota
from tests import factories

pytestmark = pytest.mark.django_db

USAGE = "admin/blocking/case/usage.html"
PRINT = "ab12cd34" + "0" * 56


@pytest.fixture
def quota_block(noord_software, a_service):
    now = timezone.now()
    set_quota(a_service, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=2000, by=PORTAL, at=now)
    factories.used(noord_software, a_service, 2000, client=PRINT)
    return factories.block(noord_software, BlockReason.QUOTA, service=a_service, opened_at=now)


def test_the_blocks_page_draws_it(client, sanne, quota_block):
    client.force_login(sanne)
    page = client.get(f"/beheer/blocking/block/{quota_block.pk}/change/").text
    for told in (
        "Gebruik rond de blokkade",
        "quotum 2.000 per dag",
        "overschreden om",
        "ingerafdruk ab12 cd34…</bdi>: 2.000",
    ):
        assert told in page


def test_a_case_about_it_draws_it(quota_block):
    case = SupportCase(account=quota_block.account, block=quota_block)
    assert "quotum 2.000 per dag" in render_to_string(USAGE, {"case": case})


@pytest.mark.parametrize("about", ["nothing", "a password"])
def test_a_case_about_something_else_draws_nothing(anna, about):
    block = factories.block(anna) if about == "a password" else None
    assert "svg" not in render_to_string(USAGE, {"case": SupportCase(account=anna, block=block)})
