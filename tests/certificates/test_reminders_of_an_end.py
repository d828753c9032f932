"""The contact persons are told 60, 30 and 7 days before a certificate ends, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account
from certificates.choices import RevocationReason
from certificates.services import remind_of_ends, revoke_certificate
from certificates.tasks import tend
from messagebox.letters import body_of, subject_of
from messagebox.models import Delivery, Message
from tests.certificates.conftest import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(noord_software, anja, install):
    return kept(install(noord_software, at=timezone.now() - timedelta(days=600)))


def told():
    found = Message.objects.filter(kind="certificates:certificate_ends").order_by("posted_at", "pk")
    return [message.parameters["days"] for message in found]


def days_before(certificate, days):
    return certificate.valid_until - timedelta(days=days)


def test_each_reminder_comes_once_at_its_time(certificate):
    for day in range(70, -5, -1):
        remind_of_ends(at=days_before(certificate, day))
        remind_of_ends(at=days_before(certificate, day) + timedelta(hours=1))
    assert told() == [60, 30, 7]


def test_after_an_outage_one_reminder_makes_up_for_all(certificate):
    remind_of_ends(at=days_before(certificate, 5))
    assert told() == [7]


def test_what_was_renewed_or_revoked_is_left_in_peace(certificate, noord_software, install):
    at = days_before(certificate, 20)
    install(noord_software, ready=False, at=at)
    assert remind_of_ends(at=days_before(certificate, 6)) == 0
    revoke_certificate(certificate, by=PORTAL, at=at, reason=RevocationReason.CESSATION)
    assert told() == []


def test_a_revoked_successor_does_not_silence_it(certificate, noord_software, install):
    newer = kept(install(noord_software, ready=False, at=days_before(certificate, 25)))
    at = days_before(certificate, 24)
    revoke_certificate(newer, by=PORTAL, at=at, reason=RevocationReason.KEY_COMPROMISE)
    assert remind_of_ends(at=at) == 1


def test_a_removed_account_needs_none(certificate):
    Account.objects.update(state=AccountState.REMOVED)
    assert remind_of_ends(at=days_before(certificate, 6)) == 0


def test_where_nobody_reads_support_is_told(dirk, install):
    account = dirk
    certificate = kept(install(account))
    before = Delivery.objects.filter(template="no_reader").count()
    remind_of_ends(at=days_before(certificate, 30))
    assert Delivery.objects.filter(template="no_reader").count() == before + 1


@pytest.mark.parametrize("days", [60, 30, 7])
def test_it_says_what_to_do_first_and_never_a_number(certificate, anja, days):
    remind_of_ends(at=days_before(certificate, days))
    message = Message.objects.get(kind="certificates:certificate_ends")
    body = body_of(message, anja)
    assert f"over {days} dagen" in subject_of(message)
    assert ("Plan het verlengen" if days == 60 else "Laat het certificaat") in body.split("</p>")[0]
    assert "/certificaat-installeren/" in body
    assert certificate.account.user_number not in body


def test_every_message_about_a_certificate_has_words(certificate, anja):
    revoke_certificate(certificate, by=PORTAL, at=timezone.now(), reason=RevocationReason.SUPERSEDED)
    messages = Message.objects.filter(kind__startswith="certificates:")
    assert {message.kind.partition(":")[2] for message in messages} == {
        "certificate_ready",
        "certificate_installed",
        "certificate_revoked",
    }
    for message in messages:
        body = body_of(message, anja)
        assert certificate.account.name in subject_of(message)
        assert "None" not in body
        assert certificate.account.user_number not in body


def test_the_daily_task_does_it(certificate, time_machine):
    time_machine.move_to(days_before(certificate, 30))
    tend()
    tend()
    assert told() == [30]
