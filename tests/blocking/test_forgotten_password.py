"""A forgotten password is changed with the PIN, and nothing else."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.services import issue_pin
from blocking.choices import BlockReason, Door
from blocking.models import Block, Budget
from blocking.services import Typed, change_forgotten_password, check_secret
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PIN, by

pytestmark = pytest.mark.django_db

NEW = "zeven kleine geiten thuis"


def change(account, *, pin=PIN, new_password=NEW):
    return change_forgotten_password(
        user_number=account.user_number, pin=pin, new_password=new_password, by=by(), at=timezone.now()
    )


def signs_in(account, password):
    typed = Typed(Door.SIGN_IN, account.user_number, password)
    return check_secret(typed, by=by(), at=timezone.now()) == account


def test_the_right_pin_gives_a_new_password(anna):
    assert change(anna) == anna
    assert signs_in(anna, NEW)
    assert not signs_in(anna, PASSWORD)


def test_a_wrong_pin_changes_nothing_and_counts(anna):
    assert change(anna, pin=WRONG_PIN) is None
    assert signs_in(anna, PASSWORD)
    assert Budget.objects.get(account=anna, secret="pin").wrong == 1


def test_the_rightful_user_is_told(anna):
    change(anna)
    assert Delivery.objects.filter(template="password_changed", to_account=anna).count() == 1


def test_it_works_while_the_password_is_blocked_and_leaves_the_block(anna):
    factories.block(anna)
    assert change(anna) == anna
    assert Block.objects.open().filter(account=anna).exists()
    assert not signs_in(anna, NEW)


def test_a_setting_can_make_it_lift_the_password_block(anna, settings):
    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = True
    factories.block(anna)
    change(anna)
    assert signs_in(anna, NEW)


def test_the_setting_lifts_no_other_block(anna, settings):
    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = True
    factories.block(anna, BlockReason.SUPPORT)
    assert change(anna) is None
    assert Block.objects.open().filter(account=anna).exists()


def test_a_pin_block_refuses_it(anna):
    factories.block(anna, BlockReason.PIN)
    assert change(anna) is None


def test_a_right_pin_gives_five_fresh_pin_attempts(anna):
    for _ in range(4):
        change(anna, pin=WRONG_PIN)
    change(anna)
    for _ in range(4):
        change(anna, pin=WRONG_PIN)
    assert not Block.objects.open().exists()


@pytest.mark.parametrize("unsuitable", ["kort", "Zorggroep123!", "welkom2024!!!", "password123456"])
def test_an_unsuitable_password_is_refused_after_the_right_pin(anna, unsuitable):
    with pytest.raises(ValidationError):
        change(anna, new_password=unsuitable)
    assert signs_in(anna, PASSWORD)


def test_a_stranger_with_a_wrong_pin_hears_nothing_about_the_organisation(anna):
    assert change(anna, pin=WRONG_PIN, new_password=f"mijn {anna.organisation.name}") is None


def test_a_right_pin_leaves_a_trace_also_when_the_password_does_not_suit(anna):
    with pytest.raises(ValidationError):
        change(anna, new_password=f"mijn {anna.user_number}")
    assert [event.actor for event in AuditEvent.objects.filter(slug="account:pin:accepted")] == [anna]


def test_a_right_pin_without_a_new_password_resets_no_count(anna):
    for _ in range(4):
        change(anna, pin=WRONG_PIN)
    with pytest.raises(ValidationError):
        change(anna, new_password=f"mijn {anna.user_number}")
    change(anna, pin=WRONG_PIN)
    assert Block.objects.open().filter(account=anna, reason=BlockReason.PIN).exists()


@pytest.mark.parametrize("meanwhile", ["new_pin", "support_block", "removed"])
def test_what_changed_while_the_pin_was_looked_at_counts(anna, monkeypatch, meanwhile):
    """Between the hash and the change: a new PIN, a block or a removal makes the old PIN worthless."""

    def happens(password, account):
        if meanwhile == "new_pin":
            issue_pin(type(anna).objects.get(pk=anna.pk), by=by(), at=timezone.now())
        elif meanwhile == "support_block":
            factories.block(anna, BlockReason.SUPPORT)
        else:
            type(anna).objects.filter(pk=anna.pk).update(state="removed")

    monkeypatch.setattr("blocking.services.life.by_pin.validate_password", happens)
    before = type(anna).objects.get(pk=anna.pk).password
    assert change(anna) is None
    assert type(anna).objects.get(pk=anna.pk).password == before
