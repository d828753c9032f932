"""Of any number of parallel guesses, at any door, exactly five are ever verified.

The right secret is planted and released once five attempts are committed as taken: it never gets in.
Twenty repeats each, over several processes and threads of the really running portal.
"""

from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import Count
from django.utils import timezone

from accounts.actors import Keepsake
from accounts.choices import Secret
from accounts.models import AuditEvent
from accounts.services import complete_sign_in
from bench.doors import FORGOTTEN_PASSWORD, SIGN_IN
from bench.storm import Guess, storm
from blocking.choices import BlockReason, BlockScope
from blocking.models import STRANGERS, Attempt, Block, Budget
from messagebox.models import Message
from tests import factories
from tests.factories import PASSWORD, PIN

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

GUESSES = 200
REPEATS = range(20)


@pytest.fixture
def anna(running_portal):
    return factories.account(factories.organisation(), "Anna de Boer")


def wrong(address, account, number):
    return [Guess(address, account.user_number, f"verkeerd{n:04d}") for n in range(number)]


def right(address, account):
    return Guess(address, account.user_number, PASSWORD if address == SIGN_IN else PIN)


def all_taken(account, *secrets):
    def is_spent():
        try:
            taken = Budget.objects.filter(account=account, secret__in=secrets).values_list("taken", flat=True)
            return len(taken) == len(secrets) and all(number >= 5 for number in taken)
        finally:
            connections.close_all()

    return is_spent


def pin_blocked(account):
    """Whichever door spent its five first: once the PIN is blocked, neither secret may get in."""

    def is_spent():
        try:
            return Block.objects.open().filter(account=account, reason=BlockReason.PIN).exists()
        finally:
            connections.close_all()

    return is_spent


def verified(portal):
    return {s.value: portal.metric("portal_secret_verifications_total", secret=s.value) for s in Secret}


def verified_since(portal, before):
    return {name: count - before[name] for name, count in verified(portal).items()}


@pytest.mark.parametrize("repeat", REPEATS)
def test_two_hundred_wrong_passwords_and_the_right_one(running_portal, anna, repeat):
    before = verified(running_portal)
    answers = storm(
        running_portal.base_url,
        wrong(SIGN_IN, anna, GUESSES),
        planted=[right(SIGN_IN, anna)],
        is_spent=all_taken(anna, Secret.PASSWORD),
    )
    assert verified_since(running_portal, before) == {"password": 5, "pin": 0}
    assert not any(answer.let_in for answer in answers)
    assert_one_trail(anna, BlockReason.PASSWORD)


@pytest.mark.parametrize("repeat", REPEATS)
def test_two_hundred_wrong_pins_and_the_right_one(running_portal, anna, repeat):
    before = verified(running_portal)
    answers = storm(
        running_portal.base_url,
        wrong(FORGOTTEN_PASSWORD, anna, GUESSES),
        planted=[right(FORGOTTEN_PASSWORD, anna)],
        is_spent=all_taken(anna, Secret.PIN),
    )
    assert verified_since(running_portal, before) == {"password": 0, "pin": 5}
    assert not any(answer.let_in for answer in answers)
    assert_one_trail(anna, BlockReason.PIN)


@pytest.mark.parametrize("repeat", REPEATS)
def test_both_doors_mixed(running_portal, anna, repeat):
    """A PIN block refuses the password as well, so there at most five passwords are verified."""
    before = verified(running_portal)
    half = GUESSES // 2
    pairs = zip(wrong(SIGN_IN, anna, half), wrong(FORGOTTEN_PASSWORD, anna, half), strict=True)
    guesses = [guess for pair in pairs for guess in pair]
    answers = storm(
        running_portal.base_url,
        guesses,
        planted=[right(SIGN_IN, anna), right(FORGOTTEN_PASSWORD, anna)],
        is_spent=pin_blocked(anna),
    )
    since = verified_since(running_portal, before)
    assert since["pin"] == 5
    assert since["password"] <= 5
    assert since["password"] + since["pin"] == Attempt.objects.filter(budget__account=anna).count()
    assert not any(answer.let_in for answer in answers)
    assert Block.objects.open().filter(account=anna, reason=BlockReason.PIN).count() == 1
    assert_a_trail_of_each(anna, since)


@pytest.fixture
def known_browser(anna):
    """What the browser keeps on which Anna signed in before."""
    keepsake = Keepsake()
    complete_sign_in(anna, by=replace(factories.by(anna), keepsake=keepsake), at=timezone.now())
    return f"{settings.PORTAL_BROWSER_COOKIE_NAME}={keepsake.to_keep}"


def blocked_everywhere(account):
    def is_spent():
        try:
            return Block.objects.open().filter(account=account, scope=BlockScope.EVERYWHERE).exists()
        finally:
            connections.close_all()

    return is_spent


@pytest.mark.parametrize("repeat", REPEATS)
def test_strangers_and_a_known_browser_mixed(running_portal, anna, known_browser, repeat):
    """Five on the known browser, and five by strangers, or fewer where the known browser had its five before them."""
    before = verified(running_portal)
    half = GUESSES // 2
    strangers = wrong(SIGN_IN, anna, half)
    guesses = [guess for one in strangers for guess in (one, replace(one, cookie=known_browser))]
    answers = storm(
        running_portal.base_url,
        guesses,
        planted=[right(SIGN_IN, anna), replace(right(SIGN_IN, anna), cookie=known_browser)],
        is_spent=blocked_everywhere(anna),
    )
    taken = dict(Budget.objects.filter(account=anna).annotate(n=Count("attempts")).values_list("browser_class", "n"))
    assert taken.pop(STRANGERS, 0) <= 5
    assert list(taken.values()) == [5]
    assert verified_since(running_portal, before)["password"] == Attempt.objects.filter(budget__account=anna).count()
    assert not any(answer.let_in for answer in answers)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE


def assert_a_trail_of_each(account, verified_wrong):
    """A block and a message for each secret that had its five, and a failure in the log for each wrong entry."""
    blocked = [reason for reason in (BlockReason.PIN, BlockReason.PASSWORD) if verified_wrong[reason.value] == 5]
    blocks = Block.objects.filter(account=account)
    assert sorted(blocks.values_list("reason", flat=True)) == sorted(blocked)
    assert blocks.open().count() == Message.objects.filter(about=account).count() == len(blocked)
    trail = AuditEvent.objects.filter(account=account)
    opened = trail.filter(slug="account:block:opened").values_list("parameters__block", flat=True)
    assert sorted(opened) == sorted(str(block.public_id) for block in blocks)
    for secret, count in verified_wrong.items():
        assert trail.filter(slug=f"account:{secret}:failed").count() == count


def assert_one_trail(account, reason):
    """One block, one message, five failures and one opening in the log, however many guessed."""
    assert list(Block.objects.values_list("account", "reason")) == [(account.pk, reason)]
    assert Message.objects.filter(about=account).count() == 1
    trail = AuditEvent.objects.filter(account=account)
    secret = "pin" if reason == BlockReason.PIN else "password"
    assert trail.filter(slug=f"account:{secret}:failed").count() == 5
    assert trail.filter(slug="account:block:opened").count() == 1
