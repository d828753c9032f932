"""kill -9 of the portal while a secret is being verified costs one attempt and leaves nothing stuck."""

import pytest
from django.utils import timezone

from accounts.choices import Secret
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block, Budget, Tally
from blocking.services import lift_block
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN
from tests.resilience.held import entries_under_way, let_time_pass, make_quick, make_slow, slow_hash
from tests.security.visitor import Visitor

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def killed(start_portal, anna):
    """A portal that was killed with one password and one PIN of Anna half-way, and started again."""
    portal = start_portal(workers=1, threads=4)
    make_slow(anna, slow_hash())
    with entries_under_way(Visitor(portal.base_url), anna) as held:
        portal.kill()
    assert all(isinstance(entry.exception(), OSError) for entry in held)
    make_quick(anna)
    portal.restart()
    return portal


def count(account, secret):
    budget = Budget.objects.get(account=account, secret=secret)
    tally = Tally.objects.get(account=account, secret=secret)
    return (budget.taken, budget.wrong, tally.taken, tally.wrong)


def verified(portal, secret):
    return portal.metric("portal_secret_verifications_total", secret=secret)


@pytest.mark.parametrize("secret", [Secret.PASSWORD, Secret.PIN])
def test_one_attempt_is_gone_and_the_next_entries_go_by_the_rules(killed, anna, anja, secret):
    visitor = Visitor(killed.base_url)
    is_password = secret == Secret.PASSWORD
    enter, right, wrong = (
        (visitor.enter_password, PASSWORD, WRONG_PASSWORD) if is_password else (visitor.enter_pin, PIN, WRONG_PIN)
    )
    assert count(anna, secret) == (1, 0, 1, 0)
    assert not Block.objects.exists()

    for _ in range(4):
        assert enter(anna.user_number, wrong).status == 200
    assert count(anna, secret) == (5, 4, 5, 4)
    assert not Block.objects.exists(), "four wrong ones were verified, not five"

    seen = verified(killed, secret)
    assert enter(anna.user_number, right).status == 200
    assert not Block.objects.exists(), "the killed one may still be on its way"

    let_time_pass()
    assert enter(anna.user_number, right).status == 200
    assert verified(killed, secret) == seen, "none left, so none verified"
    assert count(anna, secret) == (5, 5, 5, 5)
    block = Block.objects.get(account=anna)
    assert (block.reason, block.evidence_count) == (secret, 5)

    lift_block(
        block,
        by=factories.by(anja),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.FORGOTTEN,
    )
    assert enter(anna.user_number, right).status == 303


def test_who_knows_the_password_notices_nothing(killed, anna):
    visitor = Visitor(killed.base_url)
    for _ in range(3):
        visitor.enter_password(anna.user_number, WRONG_PASSWORD)
    assert visitor.enter_password(anna.user_number, PASSWORD).status == 303
    for _ in range(4):
        Visitor(killed.base_url).enter_password(anna.user_number, WRONG_PASSWORD)
    assert not Block.objects.filter(reason=BlockReason.PASSWORD).exists(), "signing in gave five fresh attempts"
