"""Asked, undone until it is final, and made final once: exactly back, or gone for good."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import is_password_usable
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState, MandateRank
from accounts.models import Account, AuditEvent, Authorisation, EmailChange, Mandate, Session
from accounts.queries import factors_of, live_mandate
from accounts.refusals import NotYourOrganisation
from accounts.refusals_of_removal import (
    LastContactPerson,
    NoRemovalPending,
    OnlyContactPersonRemoves,
    OnlySupportRemoves,
    OwnAccountStays,
    RemovalIsFinal,
    RemovalPendingAlready,
    RemovedAlready,
)
from accounts.services import authorise, create_account, ending, finish_removals, remove_account, undo_removal
from tests import factories
from tests.accounts.removing import gone, removed_by
from tests.factories import by
from tests.second_factors import with_app, with_recovery_codes

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


def as_it_is(account):
    return Account.objects.get(pk=account.pk)


def facts(account):
    """Everything but when sessions ended."""
    row = Account.objects.filter(pk=account.pk).values().get()
    return {name: value for name, value in row.items() if name != "session_epoch"}


def test_it_is_pending_until_a_moment_by_somebody(anja, anna):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    row = as_it_is(anna)
    assert (row.state, row.state_before_removal) == (AccountState.REMOVAL_PENDING, AccountState.ACTIVE)
    assert (row.removal_final_at, row.removal_asked_by) == (at + HALF_AN_HOUR, anja)
    event = AuditEvent.objects.get(slug="account:removal:asked")
    assert (event.actor, event.account) == (anja, anna)


def test_how_long_is_a_setting(anja, anna, settings):
    settings.PORTAL_REMOVAL_MINUTES = 5
    at = timezone.now()
    assert removed_by(anna, anja, at=at).removal_final_at == at + timedelta(minutes=5)


@pytest.mark.parametrize("state", [AccountState.ISSUED, AccountState.ACTIVE, AccountState.EXPIRED])
def test_undone_it_is_exactly_as_before(anja, noord, state, a_service):
    account = factories.account(noord, "Karel Kok", state=state)
    authorise(account, service=a_service, by=PORTAL, at=timezone.now())
    before = facts(account)
    removed_by(account, anja)
    undo_removal(account, by=by(anja), at=timezone.now())
    assert facts(account) == before
    event = AuditEvent.objects.get(slug="account:removal:undone")
    assert (event.actor, event.account) == (anja, account)
    assert Authorisation.objects.filter(account=account).count() == 1


def test_a_contact_person_who_is_put_back_has_the_mandate_again(anja, bram):
    at = timezone.now()
    removed_by(bram, anja, at=at)
    assert live_mandate(as_it_is(bram), at) is None
    undo_removal(bram, by=by(anja), at=at)
    assert live_mandate(as_it_is(bram), at) is not None


def test_sessions_end_at_once(anja, anna, client):
    client.force_login(anna)
    removed_by(anna, anja)
    assert not Session.objects.filter(account=anna).exists()
    assert client.get("/mijn-account/").status_code == 302
    undo_removal(anna, by=by(anja), at=timezone.now())
    assert client.get("/mijn-account/").status_code == 302


def test_it_is_undone_until_the_last_moment_and_not_after(anja, anna):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    with pytest.raises(RemovalIsFinal):
        undo_removal(anna, by=by(anja), at=at + HALF_AN_HOUR)
    undo_removal(anna, by=by(anja), at=at + HALF_AN_HOUR - timedelta(microseconds=1))
    assert as_it_is(anna).state == AccountState.ACTIVE


def test_it_becomes_final_when_the_moment_has_come_and_not_before(anja, anna):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    assert finish_removals(at=at + HALF_AN_HOUR - timedelta(microseconds=1)) == 0
    assert as_it_is(anna).state == AccountState.REMOVAL_PENDING
    assert finish_removals(at=at + HALF_AN_HOUR) == 1
    assert as_it_is(anna).state == AccountState.REMOVED


def test_an_email_address_that_waits_to_be_confirmed_never_will_be(anja, anna):
    at = timezone.now()
    change = EmailChange.objects.create(
        account=anna, email="nieuw@noord.example", requested_at=at, expires_at=at + timedelta(days=1)
    )
    removed_by(anna, anja, at=at)
    finish_removals(at=at + HALF_AN_HOUR)
    change.refresh_from_db()
    assert change.withdrawn_at == at + HALF_AN_HOUR


def test_making_it_final_twice_changes_nothing(anja, anna):
    gone(anna, anja)
    written = AuditEvent.objects.count()
    assert finish_removals(at=timezone.now()) == 0
    assert AuditEvent.objects.count() == written


def test_what_was_undone_is_never_made_final(anja, anna):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    undo_removal(anna, by=by(anja), at=at)
    assert finish_removals(at=at + 2 * HALF_AN_HOUR) == 0
    assert as_it_is(anna).state == AccountState.ACTIVE


def test_one_that_cannot_be_finished_keeps_no_other_from_it(anja, anna, noord, monkeypatch):
    other = factories.account(noord, "Karel Kok")
    long_ago = timezone.now() - timedelta(hours=1)
    removed_by(anna, anja, at=long_ago)
    removed_by(other, anja, at=long_ago + timedelta(seconds=1))
    let_go = ending._let_go

    def refused_by_the_database(account, *, by, at):
        if account.pk == anna.pk:
            raise IntegrityError
        let_go(account, by=by, at=at)

    monkeypatch.setattr(ending, "_let_go", refused_by_the_database)
    assert finish_removals(at=timezone.now()) == 1
    assert as_it_is(anna).state == AccountState.REMOVAL_PENDING
    assert as_it_is(other).state == AccountState.REMOVED


class TestRefused:
    """Nothing changes, and it is written down."""

    def refused(self, kind, account, remover):
        state = as_it_is(account).state
        with pytest.raises(kind):
            remove_account(account, by=by(remover), at=timezone.now())
        assert as_it_is(account).state == state
        event = AuditEvent.objects.filter(slug="account:removal:refused").latest("pk")
        assert (event.actor, event.account, event.parameters) == (remover, account, {"code": kind.code})

    def test_ones_own_account(self, anja, bram):
        self.refused(OwnAccountStays, anja, anja)

    def test_somebody_elses_organisation(self, chris, anna):
        self.refused(NotYourOrganisation, anna, chris)

    def test_without_a_mandate(self, anna, noord):
        self.refused(NotYourOrganisation, factories.account(noord, "Karel Kok"), anna)

    def test_the_software(self, anja, noord_software):
        self.refused(OnlySupportRemoves, noord_software, anja)

    def test_a_personal_account_by_support(self, sanne, anna):
        self.refused(OnlyContactPersonRemoves, anna, sanne)

    def test_twice(self, anja, anna):
        removed_by(anna, anja)
        self.refused(RemovalPendingAlready, anna, anja)

    def test_somebody_who_is_gone(self, anja, anna):
        self.refused(RemovedAlready, gone(anna, anja), anja)

    def test_the_last_contact_person_by_support(self, sanne, dirk):
        self.refused(LastContactPerson, dirk, sanne)

    @pytest.mark.parametrize("state", [AccountState.EXPIRED, AccountState.REMOVAL_PENDING])
    def test_a_colleague_who_cannot_sign_in_does_not_count(self, sanne, dirk, pgb, state):
        other = factories.account(pgb, "Karel Kok")
        factories.mandate(other, MandateRank.SECOND)
        ending = {"removal_final_at": timezone.now(), "state_before_removal": "active"}
        Account.objects.filter(pk=other.pk).update(state=state, **ending)
        self.refused(LastContactPerson, dirk, sanne)

    def test_undoing_what_nobody_removed(self, anja, anna):
        with pytest.raises(NoRemovalPending):
            undo_removal(anna, by=by(anja), at=timezone.now())
        event = AuditEvent.objects.get(slug="account:removal_undo:refused")
        assert event.parameters == {"code": NoRemovalPending.code}

    def test_undoing_elsewhere(self, anja, chris, anna):
        removed_by(anna, anja)
        with pytest.raises(NotYourOrganisation):
            undo_removal(anna, by=by(chris), at=timezone.now())


class TestFinal:
    """What the ground floor lets go of, and what stays."""

    def test_the_mandate_ends_and_the_rank_is_free(self, anja, bram, noord):
        gone(bram, anja)
        mandate = Mandate.objects.get(account=bram)
        assert mandate.valid_until
        assert mandate.valid_until <= timezone.now()
        factories.mandate(factories.account(noord, "Karel Kok"), MandateRank.SECOND, valid_from=timezone.now())

    def test_a_mandate_that_had_yet_to_begin_is_gone(self, anja, anna):
        factories.mandate(anna, MandateRank.SECOND, valid_from=timezone.now() + timedelta(days=3))
        gone(anna, anja)
        assert not Mandate.objects.filter(account=anna).exists()

    def test_authorisations_are_withdrawn_and_written_down(self, anja, anna, a_service):
        authorise(anna, service=a_service, by=PORTAL, at=timezone.now())
        gone(anna, anja)
        assert not Authorisation.objects.filter(account=anna).exists()
        assert AuditEvent.objects.filter(slug="account:authorisation:withdrawn", account=anna).count() == 1

    def test_secrets_and_factors_are_erased(self, anja, anna):
        with_app(anna)
        with_recovery_codes(anna)
        row = gone(anna, anja)
        assert row.pin == ""
        assert not is_password_usable(row.password)
        assert factors_of(row).means == []

    def test_the_number_and_the_log_stay_and_the_number_is_nobody_elses(self, anja, anna, noord):
        row = gone(anna, anja)
        assert AuditEvent.objects.filter(account=anna, slug="account:account:created").exists()
        assert row.user_number == anna.user_number
        with transaction.atomic(), pytest.raises(IntegrityError):
            create_account(organisation=noord, name="Ander", user_number=row.user_number, by=PORTAL, at=timezone.now())
