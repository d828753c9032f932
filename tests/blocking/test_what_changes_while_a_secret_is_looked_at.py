"""A hash takes a while. What changed in the meantime decides: a right entry of before lets nobody in."""

import pytest
from django.utils import timezone

from accounts.choices import AccountState, Secret
from accounts.models import Account, AuditEvent
from accounts.services import issue_pin, rehash_secret, set_password
from blocking.choices import BlockReason, Door
from blocking.doors import DOORS
from blocking.models import Budget
from blocking.services import Typed, change_forgotten_password, check_secret, hashing, open_block
from tests.factories import PASSWORD, PIN, by, put_in_state

pytestmark = pytest.mark.django_db

NEW_PASSWORD, NEW_PIN = "zeven kleine geiten thuis", "Nw3rPt7K"
ENTERED = {door: PIN if rule.secret == Secret.PIN else PASSWORD for door, rule in DOORS.items()}


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: it happens once, after the secret was found right and before that is settled."""

    def arrange(act):
        look, left = hashing.verify, [act]

        def looked_at(*args):
            found = look(*args)
            while left:
                left.pop()()
            return found

        monkeypatch.setattr(hashing, "verify", looked_at)

    return arrange


def before(door, account):
    """The account in a state that the door is for."""
    return put_in_state(account, min(DOORS[door].states))


def enter(account, door):
    return check_secret(Typed(door, account.user_number, ENTERED[door]), by=by(), at=timezone.now())


@pytest.mark.parametrize("door", Door)
def test_nothing_changed_so_it_is_let_in(anna, door):
    before(door, anna)
    assert enter(anna, door) == anna


@pytest.mark.parametrize("door", Door)
def test_a_secret_replaced_meanwhile_is_refused_and_gives_its_attempt_back(anna, door, meanwhile):
    before(door, anna)

    def replace():
        set_password(anna, new_password=NEW_PASSWORD, by=by(), at=timezone.now())
        issue_pin(anna, pin=NEW_PIN, by=by(), at=timezone.now())

    meanwhile(replace)
    assert enter(anna, door) is None
    assert [(budget.taken, budget.wrong) for budget in Budget.objects.filter(account=anna)] == [(0, 0)]
    assert AuditEvent.objects.filter(slug__endswith=":refused", account=anna).count() == 1


@pytest.mark.parametrize("door", Door)
def test_the_same_secret_set_anew_is_not_the_one_that_was_verified(anna, door, meanwhile):
    before(door, anna)

    def set_again():
        set_password(anna, new_password=PASSWORD, by=by(), at=timezone.now())
        issue_pin(anna, pin=PIN, by=by(), at=timezone.now())

    meanwhile(set_again)
    assert enter(anna, door) is None


@pytest.mark.parametrize(
    ("door", "state"), [(door, state) for door in Door for state in AccountState if state not in DOORS[door].states]
)
def test_an_account_that_the_door_is_no_longer_for_is_refused(anna, door, state, meanwhile):
    before(door, anna)
    meanwhile(lambda: put_in_state(Account.objects.get(pk=anna.pk), state))
    assert enter(anna, door) is None


@pytest.mark.parametrize("door", Door)
def test_a_block_that_was_opened_meanwhile_refuses(anna, door, meanwhile):
    before(door, anna)
    meanwhile(lambda: open_block(anna, reason=BlockReason.SUPPORT, by=by(), at=timezone.now()))
    assert enter(anna, door) is None


@pytest.mark.parametrize("door", Door)
def test_another_entry_that_renewed_the_hash_does_not_throw_this_one_out(anna, door, meanwhile, settings):
    """Two presses at once, after the hash parameters were raised: the secret is the same for both."""
    before(door, anna)
    settings.PORTAL_ARGON2_PASSES = 2
    secret = Secret.PASSWORD if door == Door.SIGN_IN else Secret.PIN
    stored = Account.objects.get(pk=anna.pk)
    meanwhile(lambda: rehash_secret(stored, secret=secret, entered=ENTERED[door]))
    assert enter(anna, door) == anna


def test_a_pin_replaced_while_the_new_password_is_hashed_changes_nothing(anna, monkeypatch):
    make_sure = hashing.hashing_place
    places: list[None] = []

    def place():
        places.append(None)
        if len(places) == 2:
            issue_pin(anna, pin=NEW_PIN, by=by(), at=timezone.now())
        return make_sure()

    monkeypatch.setattr(hashing, "hashing_place", place)
    changed = change_forgotten_password(
        user_number=anna.user_number, pin=PIN, new_password=NEW_PASSWORD, by=by(), at=timezone.now()
    )
    assert changed is None
    assert Account.objects.get(pk=anna.pk).password == anna.password
