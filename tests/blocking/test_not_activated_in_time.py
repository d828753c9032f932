"""Who does not activate is reminded of after 30 and 50 days, and removed after 60."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from accounts.services import authorise
from blocking.policy.activation import reminder_due
from blocking.services import activate, renew_pin, tend_issued_accounts
from messagebox.models import Delivery, Message, SealedSecret
from tests import factories
from tests.factories import PIN, by

pytestmark = pytest.mark.django_db

ISSUED = timezone.now()


@pytest.fixture
def nadia(noord):
    account = factories.account(noord, "Nadia Bouzid", state=AccountState.ISSUED, password=None)
    Account.objects.filter(pk=account.pk).update(issued_at=ISSUED)
    return account


def after(days):
    return ISSUED + timedelta(days=days)


def tend(days):
    return tend_issued_accounts(at=after(days))


def messages():
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days", "due"), [(0, None), (29.9, None), (30, 30), (49.9, 30), (50, 50), (59.9, 50), (60, None), (400, None)]
)
def test_when_who_is_reminded(days, due):
    assert reminder_due(ISSUED, activation_days=60, at=after(days)) == due


def test_the_whole_way(nadia, anja):
    for days, did in [(29, (0, 0)), (30, (1, 0)), (31, (0, 0)), (50, (1, 0)), (59, (0, 0)), (60, (0, 1)), (61, (0, 0))]:
        assert (days, tend(days)) == (days, did)
    assert messages() == ["blocking:activation_due"] * 2 + ["blocking:not_activated"]
    assert {mail.to_account for mail in Delivery.objects.all()} == {anja}


def test_twice_at_the_same_moment_is_once(nadia, anja):
    for days in (30, 50, 60):
        tend(days)
        assert tend(days) == (0, 0)


def test_after_an_outage_nobody_gets_both_reminders(nadia, anja):
    assert tend(55) == (1, 0)
    assert tend(56) == (0, 0)


def test_removed_means_gone_with_number_secrets_and_authorisations(nadia, anja, a_service):
    authorise(nadia, service=a_service, by=PORTAL, at=ISSUED)
    renew_pin(nadia, by=by(anja), at=after(59))
    tend(60)
    gone = Account.objects.get(pk=nadia.pk)
    assert (gone.state, gone.pin, gone.has_usable_password()) == (AccountState.REMOVED, "", False)
    assert not gone.authorisations.exists()
    assert not SealedSecret.objects.waiting().exists()
    assert AuditEvent.objects.get(slug="account:account:lapsed").account == nadia


def test_a_new_pin_gives_no_more_time(nadia, anja):
    renew_pin(nadia, by=by(anja), at=after(59))
    assert tend(60) == (0, 1)


def test_who_activated_stays(nadia, anja):
    number = nadia.user_number
    assert activate(user_number=number, pin=PIN, new_password="zeven kleine geiten thuis", by=by(), at=after(59))
    assert tend(60) == (0, 0)
    assert Account.objects.get(pk=nadia.pk).state == AccountState.ACTIVE


@pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ISSUED])
def test_only_who_waits_to_activate_is_looked_at(noord, anja, state):
    account = factories.account(noord, state=state)
    Account.objects.filter(pk=account.pk).update(issued_at=ISSUED)
    assert tend(400) == (0, 0)


def test_the_deadline_is_a_setting(nadia, anja, settings):
    settings.PORTAL_ACTIVATION_DAYS = 40
    assert [tend(days) for days in (30, 39, 40)] == [(1, 0), (0, 0), (0, 1)]
    assert Message.objects.get(kind="blocking:not_activated").parameters["days"] == 40


def test_nobody_elsewhere_is_told(nadia, anja, chris):
    tend(30)
    assert not Message.objects.filter(organisation=chris.organisation).exists()


def test_at_a_pgb_provider_support_hears_of_it(pgb):
    account = factories.account(pgb, state=AccountState.ISSUED)
    Account.objects.filter(pk=account.pk).update(issued_at=ISSUED)
    tend(30)
    assert Delivery.objects.get().template == "no_reader"


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_does_it(nadia, anja):
    def work(days):
        try:
            return tend(days)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(reminded for reminded, _ in pool.map(work, [30] * 4)) == 1
        assert sum(removed for _, removed in pool.map(work, [60] * 4)) == 1
    assert messages() == ["blocking:activation_due", "blocking:not_activated"]
