"""A hash of yesterday's parameters is renewed, unless somebody replaced the secret in the meantime."""

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from accounts.choices import Secret
from accounts.models import Account
from accounts.services import issue_pin, rehash_secret, set_password
from tests.factories import PASSWORD, PIN, by

pytestmark = pytest.mark.django_db

NEW_PASSWORD, NEW_PIN = "zeven kleine geiten thuis", "Nw3rPt7K"


@pytest.fixture
def as_verified(anna):
    """Anna as she was when her old password and PIN were found right; both are replaced a moment later."""
    as_verified = Account.objects.get(pk=anna.pk)
    set_password(anna, new_password=NEW_PASSWORD, by=by(), at=timezone.now())
    issue_pin(anna, pin=NEW_PIN, by=by(), at=timezone.now())
    return as_verified


def test_an_old_password_never_comes_back_over_a_new_one(as_verified):
    rehash_secret(as_verified, secret=Secret.PASSWORD, entered=PASSWORD)
    assert check_password(NEW_PASSWORD, Account.objects.get(pk=as_verified.pk).password)


def test_an_old_pin_never_comes_back_over_a_new_one(as_verified):
    rehash_secret(as_verified, secret=Secret.PIN, entered=PIN)
    assert check_password(NEW_PIN, Account.objects.get(pk=as_verified.pk).pin)


def test_otherwise_the_same_secret_stands_under_a_new_hash(anna):
    before = anna.password
    rehash_secret(anna, secret=Secret.PASSWORD, entered=PASSWORD)
    stored = Account.objects.get(pk=anna.pk).password
    assert stored == anna.password != before
    assert check_password(PASSWORD, stored)
