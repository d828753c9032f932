"""Who has not read a message hears of it again after 3 and after 10 days: once each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.choices import MandateRank
from accounts.models import Account, Mandate
from messagebox.models import Delivery
from messagebox.services import mark_read, remind_unread
from tests import factories
from tests.messagebox.conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def _reminded(at: datetime) -> dict[str, int]:
    """Who is reminded at this moment, of how many messages."""
    remind_unread(at=at)
    deliveries = Delivery.objects.filter(template="unread_messages", created_at=at).select_related("to_account")
    return {delivery.to_account.name: delivery.parameters["count"] for delivery in deliveries if delivery.to_account}


def test_nobody_is_reminded_before_three_days(anna: Account, anja: Account, post: Post, at: datetime) -> None:
    post(anna, at=at)
    assert _reminded(at + timedelta(days=3, seconds=-1)) == {}


def test_after_three_and_ten_days_once_each(anna: Account, anja: Account, post: Post, at: datetime) -> None:
    post(anna, at=at)
    mailed = {day: _reminded(at + timedelta(days=day)) for day in range(1, 45)}
    assert {day: who for day, who in mailed.items() if who} == {3: {anja.name: 1}, 10: {anja.name: 1}}


def test_running_twice_reminds_once(anna: Account, anja: Account, post: Post, at: datetime) -> None:
    post(anna, at=at)
    later = at + timedelta(days=3)
    assert remind_unread(at=later) == 1
    assert remind_unread(at=later) == 0


def test_several_messages_make_one_mail_to_each_reader(
    anna: Account, anja: Account, bram: Account, post: Post, at: datetime
) -> None:
    post(anna, at=at - timedelta(days=8))
    post(anna, at=at)
    post(anna, at=at)
    assert _reminded(at + timedelta(days=3)) == {anja.name: 3, bram.name: 3}


def test_who_read_it_is_not_reminded(anna: Account, anja: Account, bram: Account, post: Post, at: datetime) -> None:
    mark_read(post(anna, at=at), by=factories.by(anja), at=at)
    assert _reminded(at + timedelta(days=3)) == {bram.name: 1}


def test_a_morning_without_the_worker_is_made_up_for(anna: Account, anja: Account, post: Post, at: datetime) -> None:
    post(anna, at=at)
    assert _reminded(at + timedelta(days=6)) == {anja.name: 1}


def test_who_is_no_contact_person_any_more_is_not_reminded(
    anna: Account, anja: Account, post: Post, at: datetime
) -> None:
    post(anna, at=at)
    Mandate.objects.filter(account=anja).update(valid_until=at + timedelta(days=1))
    assert _reminded(at + timedelta(days=3)) == {}


def test_who_became_contact_person_later_is_not_reminded_of_what_was_before(
    anna: Account, anja: Account, post: Post, at: datetime
) -> None:
    post(anna, at=at)
    newcomer = factories.account(anna.organisation, "Gijs Kok")
    factories.mandate(newcomer, MandateRank.SECOND, valid_from=at + timedelta(days=1))
    assert newcomer.name not in _reminded(at + timedelta(days=3))


def test_nobody_is_reminded_at_a_pgb_provider(dirk: Account, post: Post, at: datetime) -> None:
    post(dirk, at=at)
    assert _reminded(at + timedelta(days=3)) == {}
