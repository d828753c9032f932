"""From made ready to lapsed, with the clock moved: installing, renewing, installing again, and getting ready again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from accounts.services import finish_removals
from blocking.choices import BlockReason
from blocking.services import lift_by_break_glass
from certificates.choices import RevocationReason, Standing
from certificates.models import Certificate, Readiness
from certificates.queries import readiness_of, standings_of
from certificates.refusals import (
    AlreadyReady,
    AlreadyRevoked,
    KeyUsedElsewhere,
    NothingToInstall,
    NotToMakeReady,
)
from certificates.services import make_ready, remove_overdue, revoke_certificate, revoke_of_removed
from messagebox.models import Delivery, Message
from tests import factories
from tests.accounts.removing import removed_by
from tests.certificates.conftest import kept, parsed
from tests.factories import by

pytestmark = pytest.mark.django_db

NOW = timezone.now()
P256 = ec.generate_private_key(ec.SECP256R1())
BEGIN = NOW - timedelta(days=710)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def standing(certificate, at):
    return standings_of([certificate], at)[0]


def messages(kind):
    return Message.objects.filter(kind=f"certificates:{kind}").count()


def slugs(account):
    return list(AuditEvent.objects.filter(account=account).order_by("pk").values_list("slug", flat=True))


def test_what_was_made_ready_is_installed_once(noord_software, anja, install):
    handed = install(noord_software)
    certificate = kept(handed)
    assert certificate.account == noord_software
    assert certificate.fingerprint
    assert (certificate.valid_until - certificate.valid_from).days == 730
    assert parsed(handed).serial_number == certificate.serial_number
    assert Readiness.objects.get().end == "installed"
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False)
    refused = AuditEvent.objects.get(slug="account:certificate_install:refused", account=noord_software)
    assert refused.parameters["code"] == NothingToInstall.code


def test_everything_is_written_down_and_told(anna, anja, install):
    install(anna)
    assert {"account:certificate:made_ready", "account:pin:accepted", "account:certificate:installed"} <= set(
        slugs(anna)
    )
    assert (messages("certificate_ready"), messages("certificate_installed")) == (1, 1)
    assert Delivery.objects.filter(template="certificate_installed", to_account=anna).count() == 1


def test_without_anything_ready_nothing_is_installed(noord_software, install):
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False)
    assert not Certificate.objects.exists()


def test_a_person_and_software_may_both_have_one(anna, noord_software, install):
    for account in (anna, noord_software):
        assert kept(install(account)).account == account


def test_renewing_begins_thirty_days_before_the_end_and_leaves_the_old_one(noord_software, install):
    old = kept(install(noord_software, at=BEGIN))
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False, at=old.valid_until - days(31))
    at = old.valid_until - days(20)
    assert standing(old, at) == Standing.RENEWABLE
    new = kept(install(noord_software, ready=False, at=at))
    old.refresh_from_db()
    assert standing(old, at) == Standing.RENEWABLE
    assert standing(new, at) == Standing.INSTALLED
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False, at=at)


def test_after_its_end_it_is_installed_again_for_twenty_days(noord_software, install):
    old = kept(install(noord_software, at=BEGIN))
    at = old.valid_until + days(19)
    assert standing(old, at) == Standing.EXPIRED
    assert standing(kept(install(noord_software, ready=False, at=at)), at) == Standing.INSTALLED


def test_then_it_has_lapsed_and_wants_to_be_made_ready_again(noord_software, install):
    old = kept(install(noord_software, at=BEGIN))
    at = old.valid_until + days(20)
    assert standing(old, at) == Standing.LAPSED
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False, at=at)
    assert standing(kept(install(noord_software, at=at)), at) == Standing.INSTALLED


def test_what_was_made_ready_again_takes_the_place_of_the_old_one(noord_software, install):
    old, new = kept(install(noord_software)), kept(install(noord_software))
    old.refresh_from_db()
    assert (old.state, old.revocation_reason) == ("revoked", RevocationReason.SUPERSEDED)
    assert standing(new, timezone.now()) == Standing.INSTALLED


def test_a_certificate_from_elsewhere_is_left_alone(noord_software, install):
    elsewhere = Certificate.objects.create(
        account=noord_software,
        fingerprint="a" * 64,
        subject="CN=x",
        issuer="CN=y",
        serial="1",
        valid_from=BEGIN,
        valid_until=NOW + days(300),
        registered_at=BEGIN,
    )
    install(noord_software)
    elsewhere.refresh_from_db()
    assert elsewhere.state == "installed"


def test_a_revoked_one_is_not_renewed(noord_software, install):
    certificate = kept(install(noord_software, at=BEGIN))
    revoke_certificate(certificate, by=PORTAL, at=NOW, reason=RevocationReason.KEY_COMPROMISE)
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False, at=certificate.valid_until - days(1))


def test_revoking_is_for_good_told_and_written_down(anna, anja, sanne, install):
    certificate = kept(install(anna))
    revoked = revoke_certificate(
        certificate, by=by(sanne), at=NOW, reason=RevocationReason.KEY_COMPROMISE, note="laptop gestolen"
    )
    assert (revoked.revoked_by, revoked.revoked_at) == (sanne, NOW)
    assert messages("certificate_revoked") == 1
    assert Delivery.objects.filter(template="certificate_revoked", to_account=anna).exists()
    event = AuditEvent.objects.get(slug="account:certificate:revoked")
    assert event.parameters["note"] == "laptop gestolen"
    with pytest.raises(AlreadyRevoked):
        revoke_certificate(certificate, by=by(sanne), at=NOW, reason=RevocationReason.CESSATION)
    assert AuditEvent.objects.filter(slug="account:certificate_revocation:refused", account=anna).count() == 1
    revoked.refresh_from_db()
    assert revoked.revocation_reason == RevocationReason.KEY_COMPROMISE


def test_a_key_of_somebody_else_or_of_a_revoked_certificate_is_refused(anna, noord_software, install):
    certificate = kept(install(anna, key=P256))
    with pytest.raises(KeyUsedElsewhere):
        install(noord_software, key=P256)
    revoke_certificate(certificate, by=PORTAL, at=NOW, reason=RevocationReason.KEY_COMPROMISE)
    with pytest.raises(KeyUsedElsewhere):
        install(anna, key=P256)
    refused = AuditEvent.objects.filter(slug="account:certificate_install:refused").order_by("pk")
    assert [(event.account, event.parameters["code"]) for event in refused] == [
        (noord_software, KeyUsedElsewhere.code),
        (anna, KeyUsedElsewhere.code),
    ]


def test_renewing_with_the_same_key_is_allowed(noord_software, install):
    old = kept(install(noord_software, at=BEGIN, key=P256))
    new = kept(install(noord_software, ready=False, at=old.valid_until - days(1), key=P256))
    assert new.key_fingerprint == old.key_fingerprint


def test_what_nobody_installs_is_taken_back_after_sixty_days(noord_software, anja):
    make_ready(noord_software, by=PORTAL, at=NOW)
    assert readiness_of(noord_software, NOW + days(59))
    assert remove_overdue(at=NOW + days(59)) == 0
    assert readiness_of(noord_software, NOW + days(60)) is None
    assert remove_overdue(at=NOW + days(60)) == 1
    assert remove_overdue(at=NOW + days(60)) == 0
    assert Readiness.objects.get().end == "removed"
    assert messages("certificate_not_installed") == 1
    assert "account:certificate:not_installed" in slugs(noord_software)


def test_it_is_not_installable_on_day_sixty_even_before_it_is_taken_back(noord_software, install):
    make_ready(noord_software, by=PORTAL, at=NOW - days(60))
    with pytest.raises(NothingToInstall):
        install(noord_software, ready=False, at=NOW)


def test_ready_twice_is_refused_but_not_when_the_first_is_overdue(noord_software, anja):
    make_ready(noord_software, by=PORTAL, at=NOW - days(60))
    make_ready(noord_software, by=PORTAL, at=NOW)
    with pytest.raises(AlreadyReady):
        make_ready(noord_software, by=PORTAL, at=NOW)
    assert AuditEvent.objects.filter(slug="account:certificate_ready:refused", account=noord_software).count() == 1
    assert Readiness.objects.open().count() == 1


@pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ACTIVE])
def test_only_for_an_account_that_is_active(noord, state):
    account = factories.account(noord, state=state)
    with pytest.raises(NotToMakeReady):
        make_ready(account, by=PORTAL, at=NOW)


def test_not_for_support(sanne):
    with pytest.raises(NotToMakeReady):
        make_ready(sanne, by=PORTAL, at=NOW)


@pytest.mark.parametrize("reason", [BlockReason.SUPPORT, BlockReason.PIN])
def test_what_refuses_the_pin_refuses_installing(noord_software, install, reason):
    make_ready(noord_software, by=PORTAL, at=NOW)
    factories.block(noord_software, reason)
    with pytest.raises(AssertionError):
        install(noord_software, ready=False)
    assert not Certificate.objects.exists()


def test_it_is_held_while_support_blocks_the_account(noord_software, install):
    certificate = kept(install(noord_software))
    block = factories.block(noord_software, BlockReason.SUPPORT)
    assert standing(certificate, timezone.now()) == Standing.HELD
    lift_by_break_glass(block, reason="in een test", by_name="Sanne", at=timezone.now())
    assert standing(certificate, timezone.now()) == Standing.INSTALLED


def test_what_a_removed_account_had_is_revoked(anna, noord_software, install):
    certificate, other = kept(install(anna)), kept(install(noord_software))
    make_ready(anna, by=PORTAL, at=NOW)
    Account.objects.filter(pk=anna.pk).update(state=AccountState.REMOVED)
    assert revoke_of_removed(at=NOW) == 1
    certificate.refresh_from_db()
    other.refresh_from_db()
    assert (certificate.state, other.state) == ("revoked", "installed")
    assert not Readiness.objects.open().exists()
    assert revoke_of_removed(at=NOW) == 0


def test_removing_an_account_revokes_when_it_is_final_and_not_before(anja, anna, install):
    certificate = kept(install(anna))
    removed_by(anna, anja, at=timezone.now() - timedelta(minutes=31))
    certificate.refresh_from_db()
    assert certificate.state == "installed"
    assert finish_removals(at=timezone.now()) == 1
    certificate.refresh_from_db()
    assert certificate.state == "revoked"
