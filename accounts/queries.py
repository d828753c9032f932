"""Reading the ground floor: scoped by organisation or actor as the first argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.actors import Actor
from accounts.choices import AccountKind, AccountState, LegalBasis, Means
from accounts.models import (
    Account,
    AuditEvent,
    Authorisation,
    EmailChange,
    Mandate,
    OneTimeCodeDevice,
    Organisation,
    Passkey,
    RecoveryCodes,
    RegisteredAddress,
    Service,
    Session,
)
from accounts.policy import STATES_THAT_SIGN_IN
from accounts.policy.catalogue import USERS_AT_MOST
from accounts.policy.factors import must_have_factor
from accounts.policy.removal import Removable, Remover

FACTORS_RESET: Final = "account:factors:reset"


def live_mandate(account: Account, at: datetime) -> Mandate | None:
    """The mandate under which somebody acts at this moment, checked anew at every request."""
    if not account.is_active:
        return None
    return running_mandate(account, at)


def running_mandate(account: Account, at: datetime) -> Mandate | None:
    """The mandate of somebody at this moment, whatever the state of the account."""
    return Mandate.objects.live(at).filter(account=account).select_related("organisation").first()


def contact_persons(organisation: Organisation, at: datetime) -> QuerySet[Account]:
    """The accounts that are contact person of the organisation at this moment, by name; not one that is removed."""
    live = Mandate.objects.live(at).filter(organisation=organisation)
    ids = live.values("account")
    return Account.objects.filter(pk__in=ids).live().exclude(state=AccountState.REMOVAL_PENDING).order_by("name")


def account_of(organisation: Organisation, public_id: UUID) -> Account | None:
    """An account of this organisation, removed ones too, or None: somebody else's looks like none."""
    own = Account.objects.of(organisation).select_related("organisation", "removal_asked_by")
    return own.filter(public_id=public_id).first()


def system_account_of(organisation: Organisation) -> Account | None:
    """The software of this organisation, as long as it is not removed: there is one at most."""
    own = Account.objects.of(organisation).live().select_related("organisation")
    return own.filter(kind=AccountKind.SYSTEM).first()


def addresses_of(account: Account) -> QuerySet[RegisteredAddress]:
    return RegisteredAddress.objects.filter(account=account).select_related("registered_by")


def address_of(account: Account, public_id: UUID) -> RegisteredAddress | None:
    """An address of this account, or None: somebody else's looks like none."""
    return RegisteredAddress.objects.filter(account=account, public_id=public_id).first()


def addresses_beside(address: RegisteredAddress) -> list[RegisteredAddress]:
    """The other registered addresses and ranges of the account that overlap this one."""
    others = RegisteredAddress.objects.filter(account=address.account_id).exclude(network=address.network)
    return [each for each in others if each.holds(address) or address.holds(each)]


def history_of(account: Account) -> QuerySet[AuditEvent]:
    """What the log holds on an account, newest first."""
    return AuditEvent.objects.filter(account=account).select_related("actor", "on_behalf_of")


def services_of(account: Account) -> QuerySet[Service]:
    return Service.objects.filter(authorisations__account=account)


def holders_by_basis(organisation: Organisation, *, apart_from: Account | None = None) -> dict[LegalBasis, int]:
    """How many people of the organisation may query a service of each legal basis."""
    people = Account.objects.of(organisation).personal().live()
    if apart_from:
        people = people.exclude(pk=apart_from.pk)
    held = Authorisation.objects.filter(account__in=people).order_by().values_list("service__legal_basis")
    return {LegalBasis(basis): count for basis, count in held.annotate(Count("account", distinct=True))}


def room_by_legal_basis(organisation: Organisation) -> list[tuple[LegalBasis, int, int]]:
    """Of each legal basis with a limit: how many users there are, and how many there may be."""
    holders = holders_by_basis(organisation)
    return [(basis, holders.get(basis, 0), at_most) for basis, at_most in USERS_AT_MOST.items()]


def account_anywhere(public_id: UUID) -> Account | None:
    """Whoever's account this is: to write down on whom something was refused, never to show."""
    return Account.objects.filter(public_id=public_id).first()


def holder_of_address(public_id: UUID) -> Account | None:
    """Whose address this is: to write down on whom something was refused, never to show."""
    return Account.objects.filter(registered_addresses__public_id=public_id).first()


def sessions_of(account: Account, at: datetime) -> QuerySet[Session]:
    """Where somebody is signed in at this moment, the one used last first."""
    return Session.objects.filter(account=account, expire_date__gt=at).order_by("-last_seen_at", "-signed_in_at")


def session_anywhere(public_id: UUID) -> Session | None:
    """Whoever's session this is: to refuse it, never to show."""
    return Session.objects.filter(public_id=public_id).select_related("account").first()


def waiting_email_change(account: Account, at: datetime) -> EmailChange | None:
    return EmailChange.objects.waiting(at).filter(account=account).first()


def email_change_of(account: Account, public_id: UUID) -> EmailChange | None:
    """A change of this account, waiting or over; somebody else's looks like none."""
    return EmailChange.objects.filter(account=account, public_id=public_id).select_related("account").first()


def account_changing_email(public_id: UUID) -> Account | None:
    """Whose change this is: to write down on whom something was refused, never to show."""
    return Account.objects.filter(email_changes__public_id=public_id).first()


def must_have_second_factor(account: Account, at: datetime) -> bool:
    """Contact persons at this moment, and Support."""
    return must_have_factor(is_staff=account.is_staff, has_mandate=live_mandate(account, at) is not None)


@dataclass(frozen=True, slots=True)
class Factors:
    """The second factors of an account: an app, and beside it passkeys. Recovery codes stand in for one."""

    app: OneTimeCodeDevice | None
    recovery: RecoveryCodes | None
    codes_left: int
    passkeys: list[Passkey]

    @property
    def is_any(self) -> bool:
        return self.app is not None

    @property
    def means(self) -> list[Means]:
        """What can be shown at a door, the usual first."""
        ways = {
            Means.ONE_TIME_CODE: self.app is not None,
            Means.PASSKEY: bool(self.passkeys),
            Means.RECOVERY_CODE: self.codes_left > 0,
        }
        return [means for means, is_there in ways.items() if is_there]

    def device(self, means: Means) -> OneTimeCodeDevice | RecoveryCodes | None:
        return self.recovery if means == Means.RECOVERY_CODE else self.app if means == Means.ONE_TIME_CODE else None


def factors_of(account: Account) -> Factors:
    recovery = RecoveryCodes.objects.filter(user=account).first()
    left = recovery.codes.filter(used_at=None).count() if recovery else 0
    app = OneTimeCodeDevice.objects.filter(user=account).first()
    return Factors(app, recovery, left, list(Passkey.objects.filter(account=account)))


def factors_taken_at(account: Account) -> datetime | None:
    """When Support took the second factor away, where the person neither added nor removed one since."""
    slugs = (FACTORS_RESET, "account:factor:added", "account:factor:removed")
    last = AuditEvent.objects.filter(account=account, slug__in=slugs).order_by("-at", "-pk").first()
    return last.at if last and last.slug == FACTORS_RESET else None


def email_changes_of(account: Account) -> QuerySet[EmailChange]:
    """Newest first, whatever came of them."""
    return EmailChange.objects.filter(account=account)


def mandates_of(account: Account) -> QuerySet[Mandate]:
    """Oldest first, those that are over too."""
    return Mandate.objects.filter(account=account).order_by("valid_from")


def due_removals(at: datetime) -> QuerySet[Account]:
    """Accounts whose removal can no longer be undone and is not final yet, longest waiting first."""
    pending = Account.objects.filter(state=AccountState.REMOVAL_PENDING, removal_final_at__lte=at)
    return pending.order_by("removal_final_at", "pk")


def remover_of(by: Actor, at: datetime) -> Remover:
    """Who acts, read anew: rights follow the mandate and the state of this very moment."""
    account = Account.objects.filter(pk=by.account.pk).first() if by.account else None
    if account is None or not account.is_active:
        return Remover(None, None, is_support=False)
    mandate = live_mandate(account, at)
    return Remover(account.pk, mandate.organisation_id if mandate else None, is_support=account.is_staff)


def removable_of(account: Account, at: datetime) -> Removable:
    """The account as the rules of removing want to know it; its organisation is selected."""
    organisation = account.organisation
    return Removable(
        account_id=account.pk,
        organisation_id=account.organisation_id,
        kind=AccountKind(account.kind),
        state=AccountState(account.state),
        is_pgb_provider=organisation is not None and organisation.is_pgb_provider,
        is_last_contact_person=organisation is not None and _is_last_contact_person(account, organisation, at),
        final_at=account.removal_final_at,
    )


def _is_last_contact_person(account: Account, organisation: Organisation, at: datetime) -> bool:
    """Who cannot sign in cannot act in anybody's place."""
    acting = contact_persons(organisation, at).filter(state__in=STATES_THAT_SIGN_IN)
    return (
        contact_persons(organisation, at).filter(pk=account.pk).exists() and not acting.exclude(pk=account.pk).exists()
    )
