"""What the database itself refuses, whatever program asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind, AccountState, MandateRank
from accounts.models import Account, AuditEvent, Mandate, Organisation
from accounts.services import record
from tests import factories

pytestmark = pytest.mark.django_db


def refused():
    return pytest.raises(IntegrityError)


@pytest.mark.parametrize("code", ["1234567", "123456789", "1234567a", " 1234567", "１２３４５６７８"])
def test_an_agb_code_has_exactly_eight_digits(code):
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.create(name="X", agb_code=code, created_at=timezone.now())


def test_leading_zeros_of_an_agb_code_count():
    made = Organisation.objects.create(name="X", agb_code="00000001", created_at=timezone.now())
    made.refresh_from_db()
    assert made.agb_code == "00000001"


@pytest.mark.parametrize("number", ["1234567890123", "1234567890123a", "1234 567890123"])
def test_a_user_number_has_exactly_fourteen_digits(noord, number):
    with refused(), transaction.atomic():
        Account.objects.create(name="X", user_number=number, organisation=noord, created_at=timezone.now())


def test_a_user_number_is_given_once(noord, zuid):
    first = factories.account(noord, password=None, pin=None)
    with refused(), transaction.atomic():
        Account.objects.create(name="X", user_number=first.user_number, organisation=zuid, created_at=timezone.now())


def test_an_organisation_has_one_live_system_account(noord, noord_software):
    with refused(), transaction.atomic():
        factories.account(noord, "Tweede koppeling", kind=AccountKind.SYSTEM)
    noord_software.state = AccountState.REMOVED
    noord_software.save()
    assert factories.account(noord, "Tweede koppeling", kind=AccountKind.SYSTEM).pk


def test_support_has_no_organisation_and_everybody_else_has_one(noord, sanne, anna):
    sanne.organisation = noord
    with refused(), transaction.atomic():
        sanne.save()
    anna.organisation = None
    with refused(), transaction.atomic():
        anna.save()


class TestMandates:
    def test_a_rank_is_held_by_one_at_a_time(self, noord, anja, anna):
        with refused(), transaction.atomic():
            factories.mandate(anna, MandateRank.FIRST)

    def test_one_begins_at_the_moment_another_ends(self, noord, anna):
        now = timezone.now()
        before = factories.account(noord, "Frits Vos")
        factories.mandate(before, MandateRank.FIRST, valid_until=now)
        assert factories.mandate(anna, MandateRank.FIRST, valid_from=now).pk

    def test_deputies_are_many_but_each_has_an_end(self, noord, anna, bram):
        end = timezone.now() + timedelta(days=14)
        other = factories.account(noord, "Frits Vos")
        factories.mandate(anna, MandateRank.DEPUTY, valid_until=end)
        factories.mandate(other, MandateRank.DEPUTY, valid_until=end)
        third = factories.account(noord, "Gijs Kok")
        with refused(), transaction.atomic():
            factories.mandate(third, MandateRank.DEPUTY)

    def test_a_mandate_ends_after_it_begins(self, anna):
        now = timezone.now()
        with refused(), transaction.atomic():
            factories.mandate(anna, MandateRank.DEPUTY, valid_from=now, valid_until=now)

    def test_a_mandate_is_held_only_at_the_own_organisation(self, zuid, anna):
        with refused(), transaction.atomic():
            Mandate.objects.create(account=anna, organisation=zuid, rank=MandateRank.SECOND, valid_from=timezone.now())
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestTheLog:
    @pytest.fixture
    def event(self, anna):
        return record("account:account:created", by=PORTAL, at=timezone.now(), account=anna)

    def test_refuses_change(self, event):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            AuditEvent.objects.filter(pk=event.pk).update(slug="account:nothing:happened")

    def test_refuses_removal(self, event):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            AuditEvent.objects.all().delete()

    def test_refuses_truncation(self, event):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE accounts_auditevent")

    def test_keeps_the_account_it_speaks_of(self, event, anna):
        with refused(), transaction.atomic():
            Account.objects.filter(pk=anna.pk).delete()
