"""A browser that signed in before has five tries of its own, and strangers cannot shut it out."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccountVersion, AuditEvent
from blocking.choices import BlockReason, BlockScope, LiftChannel, LiftReason
from blocking.models import STRANGERS, Block, Budget
from blocking.services import lift_block
from messagebox.models import Delivery, Message
from tests.blocking.browsers import enter, enter_pin, signed_out
from tests.factories import PASSWORD, PIN, by
from tests.fixtures_signing_in import sign_in
from tests.second_factors import code_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_strangers_are_shut_out_and_the_known_browser_goes_on(anna, known):
    assert not any(enter(anna) for _ in range(5))
    block = Block.objects.get()
    assert (block.reason, block.scope, block.evidence_count) == (BlockReason.PASSWORD, BlockScope.STRANGERS, 5)
    assert not enter(anna, PASSWORD)
    assert enter(anna, PASSWORD, known)


def test_with_a_second_factor_too_the_known_browser_goes_on(anja):
    known = sign_in(anja)
    known.post("/uitloggen/")
    for _ in range(5):
        enter(anja)
    assert Block.objects.get().scope == BlockScope.STRANGERS
    assert "_auth_user_id" in sign_in(anja, known).session
    assert not enter(anja, PASSWORD)


def test_a_stranger_half_way_is_stopped_by_a_block_of_strangers(anja):
    sign_in(anja)
    stranger = Client()
    half_way = stranger.post("/inloggen/", {"user_number": anja.user_number, "password": PASSWORD})
    for _ in range(5):
        enter(anja)
    answer = stranger.post(half_way["Location"], {"token": code_for(anja)})
    assert answer["Location"] == "/inloggen/"


def test_five_wrong_on_the_known_browser_too_shut_out_everybody(anna, anja, known):
    for _ in range(5):
        enter(anna)
    for _ in range(4):
        enter(anna, browser=known)
    assert Block.objects.get().scope == BlockScope.STRANGERS
    version = AccountVersion.objects.get(account=anna).version
    enter(anna, browser=known)
    block = Block.objects.get()
    assert (block.scope, block.is_open) == (BlockScope.EVERYWHERE, True)
    assert not enter(anna, PASSWORD, known)
    assert AuditEvent.objects.filter(slug="account:block:widened", account=anna).count() == 1
    assert AccountVersion.objects.get(account=anna).version > version
    assert [m.parameters.get("is_widened", False) for m in Message.objects.order_by("pk")] == [False, True]
    assert Delivery.objects.filter(template="block_opened", to_account=anna).count() == 2


def test_five_wrong_on_a_known_browser_alone_shut_out_everybody(anna, known):
    for _ in range(5):
        enter(anna, browser=known)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE
    assert not enter(anna, PASSWORD)
    assert not enter(anna, PASSWORD, known)


def test_where_no_browser_is_known_strangers_shut_out_everybody(anna):
    for _ in range(5):
        enter(anna)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE


def test_four_by_strangers_and_four_on_the_known_browser_block_nobody(anna, known):
    for _ in range(4):
        enter(anna)
        enter(anna, browser=known)
    assert not Block.objects.exists()
    assert enter(anna, PASSWORD, known)


def test_two_known_browsers_have_five_each(anna, known):
    other = Client()
    assert enter(anna, PASSWORD, signed_out(other))
    for _ in range(4):
        enter(anna, browser=known)
        enter(anna, browser=signed_out(other))
    assert not Block.objects.exists()


def test_signing_in_resets_the_count_of_its_own_browser_alone(anna, known):
    for _ in range(4):
        enter(anna)
        enter(anna, browser=known)
    assert enter(anna, PASSWORD, known)
    counts = dict(Budget.objects.filter(account=anna).values_list("browser_class", "wrong"))
    assert counts.pop(STRANGERS) == 4
    assert list(counts.values()) == [0]


def test_a_lift_gives_five_fresh_attempts_to_all(anna, anja, known):
    for _ in range(5):
        enter(anna)
        enter(anna, browser=known)
    lift_block(
        Block.objects.get(),
        by=by(anja),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.FORGOTTEN,
    )
    assert set(Budget.objects.filter(account=anna).values_list("wrong", flat=True)) == {0}
    assert enter(anna, PASSWORD, known)


def test_a_pin_has_five_tries_on_each_and_blocks_everywhere(anna, known):
    for _ in range(4):
        enter_pin(anna)
        enter_pin(anna, browser=known)
    assert not Block.objects.exists()
    enter_pin(anna)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE
    assert not enter_pin(anna, PIN, known)


def test_a_right_pin_resets_the_count_of_its_own_browser_alone(anna, known):
    for _ in range(4):
        enter_pin(anna)
        enter_pin(anna, browser=known)
    assert enter_pin(anna, PIN, known)
    counts = dict(Budget.objects.filter(account=anna, secret="pin").values_list("browser_class", "wrong"))
    assert counts.pop(STRANGERS) == 4
    assert list(counts.values()) == [0]


def test_the_cumulative_cap_counts_over_all_browsers(anna, known, settings):
    settings.PORTAL_CUMULATIVE_CAP = 6
    for _ in range(3):
        enter(anna)
        enter(anna, browser=known)
    assert not enter(anna, PASSWORD, known)
    assert AuditEvent.objects.filter(slug="account:password:voided").exists()


def test_the_rightful_user_hears_of_a_browser_that_joins_others(anna, known):
    assert not Delivery.objects.filter(template="new_browser").exists()
    assert enter(anna, PASSWORD)
    mail = Delivery.objects.get(template="new_browser")
    assert mail.to_account == anna
    assert enter(anna, PASSWORD, known)
    assert Delivery.objects.filter(template="new_browser").count() == 1


def test_signing_in_past_a_strangers_block_leaves_it_open(anna, known):
    for _ in range(5):
        enter(anna)
    assert enter(anna, PASSWORD, known)
    assert Block.objects.get().is_open
