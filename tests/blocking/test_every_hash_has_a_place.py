"""No hash of a door is computed without one of the process's hashing places: memory is bounded by them."""

from contextlib import ExitStack

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.hashers import PortalArgon2Hasher
from accounts.refusals import Overloaded
from blocking.choices import Door
from blocking.models import Attempt
from blocking.services import Typed, change_forgotten_password, check_secret, hashing
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, by

pytestmark = pytest.mark.django_db

free_places: list[int] = []


class WatchingHasher(PortalArgon2Hasher):
    """The real thing, which looks how many places are free while it computes."""

    def encode(self, password, salt):
        free_places.append(hashing._places()._value)
        return super().encode(password, salt)

    def verify(self, password, encoded):
        free_places.append(hashing._places()._value)
        return super().verify(password, encoded)


@pytest.fixture
def places(settings, anna):
    settings.PASSWORD_HASHERS = [f"{__name__}.WatchingHasher"]
    hashing._dummy.cache_clear()
    free_places.clear()
    yield settings.PORTAL_HASHING_PLACES
    hashing._dummy.cache_clear()


def enter_password(number, password):
    return check_secret(Typed(Door.SIGN_IN, number, password), by=by(), at=timezone.now())


def reset(number, pin):
    return change_forgotten_password(
        user_number=number, pin=pin, new_password="zeven geiten thuis", by=by(), at=timezone.now()
    )


def test_verifying_refusing_and_setting_all_hold_a_place(places, anna):
    enter_password(anna.user_number, PASSWORD)
    enter_password(anna.user_number, WRONG_PASSWORD)
    enter_password("99999999999999", WRONG_PASSWORD)
    reset(anna.user_number, "verkeerd")
    assert reset(anna.user_number, PIN) == anna
    assert len(free_places) >= 6
    assert set(free_places) == {places - 1}


def test_renewing_a_hash_of_other_parameters_holds_a_place(places, settings, anna):
    settings.PORTAL_ARGON2_PASSES = 2
    assert enter_password(anna.user_number, PASSWORD) == anna
    assert len(free_places) == 2
    assert set(free_places) == {places - 1}


def test_a_hash_elsewhere_would_be_noticed(places):
    make_password("hors-d'oeuvre")
    assert free_places == [places]


def test_without_a_free_place_nothing_is_counted_and_nothing_hashed(places, settings, anna):
    settings.PORTAL_HASHING_WAIT_SECONDS = 0
    held = [hashing.hashing_place() for _ in range(places)]
    for place in held:
        place.__enter__()
    try:
        with pytest.raises(Overloaded):
            enter_password(anna.user_number, WRONG_PASSWORD)
    finally:
        for place in held:
            place.__exit__(None, None, None)
    assert not free_places
    assert not Attempt.objects.exists()
    assert enter_password(anna.user_number, PASSWORD) == anna, "every place came back"


def test_who_comes_when_all_entries_are_under_way_hears_so_at_once(places, settings, anna):
    """However long a hashing place may be waited for: the threads that are left are for others."""
    settings.PORTAL_HASHING_WAIT_SECONDS = 10_000
    with ExitStack() as entries:
        for _ in range(settings.PORTAL_ENTRIES_AT_ONCE):
            entries.enter_context(hashing.entry_place())
        with pytest.raises(Overloaded):
            enter_password(anna.user_number, WRONG_PASSWORD)
    assert not free_places
    assert not Attempt.objects.exists()
    assert enter_password(anna.user_number, PASSWORD) == anna, "every place came back"
