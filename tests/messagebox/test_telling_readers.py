"""Who hears that a message lies in the box: its readers of that moment, or Support where there are none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.choices import AccountState, MandateRank
from accounts.models import Account
from messagebox.models import Delivery
from messagebox.services import sweep
from tests import factories
from tests.messagebox.conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def _told() -> set[tuple[str, str]]:
    return {(delivery.template, delivery.address_now) for delivery in Delivery.objects.select_related("to_account")}


def test_every_contact_person_of_that_moment_is_told(anna: Account, anja: Account, bram: Account, post: Post) -> None:
    post(anna)
    assert _told() == {("new_message", anja.email), ("new_message", bram.email)}


def test_nobody_of_another_organisation_is_told(anna: Account, anja: Account, chris: Account, post: Post) -> None:
    post(anna)
    assert chris.email not in {address for _, address in _told()}


def test_a_mandate_that_ended_a_second_ago_is_told_nothing(
    anna: Account, anja: Account, post: Post, at: datetime
) -> None:
    erik = factories.account(anna.organisation, "Erik Vos")
    factories.mandate(erik, MandateRank.SECOND, valid_until=at - timedelta(seconds=1))
    post(anna, at=at)
    assert _told() == {("new_message", anja.email)}


def test_without_a_contact_person_support_is_told(anna: Account, post: Post) -> None:
    post(anna)
    assert _told() == {("no_reader", settings.PORTAL_SUPPORT_EMAIL)}


def test_a_contact_person_who_cannot_sign_in_is_no_reader(anna: Account, anja: Account, post: Post) -> None:
    Account.objects.filter(pk=anja.pk).update(state=AccountState.EXPIRED)
    post(anna)
    assert _told() == {("no_reader", settings.PORTAL_SUPPORT_EMAIL)}


def test_a_pgb_provider_has_no_reader_whoever_holds_a_mandate(dirk: Account, post: Post) -> None:
    post(factories.account(dirk.organisation, "Els Mulder"))
    assert _told() == {("no_reader", settings.PORTAL_SUPPORT_EMAIL)}


def test_a_notice_says_that_there_is_a_message_and_never_what_it_says(
    anna: Account, anja: Account, post: Post, at: datetime
) -> None:
    message = post(anna, at=at, reason="pin")
    sweep(at=at)
    [notice] = mail.outbox
    assert isinstance(notice, EmailMultiAlternatives)
    said = " ".join([str(notice.subject), str(notice.body), str(notice.alternatives[0][0])]).casefold()
    for secret in (anna.name, anna.user_number, "anna", "pincode geblokkeerd", "geblokkeerd"):
        assert secret.casefold() not in said
    assert f"/berichtenbox/{message.public_id}/" in said
    assert settings.PORTAL_SUPPORT_PHONE in said
    assert settings.PORTAL_SUPPORT_EMAIL in said


def test_support_is_told_which_organisation_and_where_the_message_lies(anna: Account, post: Post, at: datetime) -> None:
    message = post(anna, at=at)
    sweep(at=at)
    [notice] = mail.outbox
    assert message.organisation.agb_code in notice.subject
    assert f"/beheer/messagebox/message/{message.pk}/change/" in notice.body
    assert anna.user_number not in notice.body
