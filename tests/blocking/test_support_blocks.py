"""Support blocks an account with a reason; it ends sessions, and only a case lifts it again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.refusals import Refusal
from blocking import refusals
from blocking.choices import BlockReason, CaseChannel
from blocking.models import Block
from blocking.services import NOBODY, place_support_block
from tests import factories
from tests.cases import a_case_of_supports_own, granted, lifted_by_support
from tests.factories import by

pytestmark = pytest.mark.django_db


def placed(account, support, reason="sleutel kwijt"):
    return place_support_block(account, by=by(support), at=timezone.now(), reason=reason)


def refused(refusal: type[Refusal], account, person, **how):
    with pytest.raises(refusal) as caught:
        placed(account, person, **how)
    event = AuditEvent.objects.get(slug="account:support_block:refused")
    assert (event.actor, event.account, event.parameters) == (person, account, {"code": caught.value.code})
    return caught.value


def test_it_blocks_and_ends_sessions_at_once(client, sanne, anna):
    client.force_login(anna)
    block = placed(anna, sanne)
    assert (block.reason, block.is_open) == (BlockReason.SUPPORT, True)
    assert client.get("/mijn-account/").status_code == 302


def test_the_reason_is_for_support_alone(client, sanne, anna, anja):
    block = placed(anna, sanne, "vermoeden van misbruik")
    assert AuditEvent.objects.get(slug="account:block:opened").parameters["remark"] == "vermoeden van misbruik"
    client.force_login(sanne)
    page = client.get(reverse("admin:blocking_block_change", args=[block.pk])).text
    assert "vermoeden van misbruik" in page
    client.force_login(anja)
    assert "vermoeden" not in client.get(reverse("account", args=[anna.public_id])).text


def test_the_page_of_the_block_says_who_of_support_placed_it(client, sanne, teun, anna):
    block = placed(anna, teun)
    client.force_login(sanne)
    page = client.get(reverse("admin:blocking_block_change", args=[block.pk])).text
    assert "Geblokkeerd door" in page
    assert "Teun Support" in page


def test_software_is_blocked_as_well(sanne, noord_software):
    assert placed(noord_software, sanne).is_open


def test_nobody_blocks_themselves(sanne):
    assert refused(refusals.NotYourselfToBlock, sanne, sanne).status == 403


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_only_support_does(request, bram, who):
    assert refused(refusals.OnlySupportBlocks, bram, request.getfixturevalue(who)).status == 403


def test_a_member_who_is_no_longer_active_blocks_nobody(sanne, anna):
    sanne.state = "expired"
    assert refused(refusals.OnlySupportBlocks, anna, sanne).status == 403


def test_once_is_enough(sanne, anna):
    placed(anna, sanne)
    assert refused(refusals.BlockedBySupportAlready, anna, sanne).status == 409


def test_a_removed_account_is_left_alone(sanne, anna):
    anna.state = "removed"
    anna.save(update_fields=["state"])
    assert refused(refusals.NothingToBlock, anna, sanne).status == 409


def test_it_wants_a_reason(sanne, anna):
    assert refused(refusals.ReasonMissing, anna, sanne, reason=" ").status == 400


def test_another_member_lifts_that_of_a_colleague_and_nobody_the_own(sanne, teun):
    block = placed(teun, sanne)
    with pytest.raises(refusals.OwnCase):
        a_case_of_supports_own(block, teun)
    assert lifted_by_support(block, sanne, NOBODY, channel=CaseChannel.PORTAL).lifted_by == sanne


def test_who_placed_it_may_lift_it(sanne, anna):
    case = a_case_of_supports_own(placed(anna, sanne), sanne)
    granted(case, sanne)
    assert Block.objects.get().lifted_by == sanne


class TestThePage:
    @pytest.fixture
    def support(self, client, sanne):
        client.force_login(sanne)
        return client

    def address(self, account):
        return reverse("admin:blocking_block_place", query={"account": account.pk})

    def test_the_accounts_page_leads_to_it(self, support, anna):
        page = support.get(reverse("admin:accounts_account_change", args=[anna.pk])).text
        assert self.address(anna) in page

    def test_asking_blocks_nothing(self, support, anna):
        assert "overal uitgelogd" in support.get(self.address(anna)).text
        assert not Block.objects.exists()

    def test_pressing_blocks(self, support, anna):
        answer = support.post(self.address(anna), {"reason": "sleutel kwijt"}, follow=True)
        assert answer.redirect_chain[0][1] == 303
        assert "is geblokkeerd en overal uitgelogd" in answer.text
        assert Block.objects.open().get().account == anna

    def test_without_a_reason_it_asks_again(self, support, anna):
        answer = support.post(self.address(anna), {"reason": ""})
        assert answer.status_code == 200
        assert answer.text.count("Schrijf op waarom u dit account blokkeert.") == 2
        assert not Block.objects.exists()

    @pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 403)])
    def test_the_own_account_has_a_sentence_and_no_form(self, support, sanne, method, status):
        answer = getattr(support, method)(self.address(sanne), {"reason": "sleutel kwijt"} if method == "post" else {})
        assert answer.status_code == status
        assert "U kunt uw eigen account niet blokkeren." in answer.text
        assert 'name="reason"' not in answer.text

    @pytest.mark.parametrize("key", ["", "x", "999999", "1" * 40])
    def test_nobody_is_not_found(self, support, key):
        assert support.get(reverse("admin:blocking_block_place", query={"account": key})).status_code == 404

    @pytest.mark.parametrize("who", ["anja", "chris"])
    def test_nobody_else_comes_here(self, client, request, anna, who):
        client.force_login(request.getfixturevalue(who))
        assert client.post(self.address(anna), {"reason": "zo maar"}).status_code == 403
        assert not Block.objects.filter(account=anna).exists()


def test_a_block_shows_no_reason_of_support_where_there_is_none(client, sanne, anna):
    client.force_login(sanne)
    page = client.get(reverse("admin:blocking_block_change", args=[factories.block(anna).pk])).text
    assert "waarom Support" not in page.lower()
