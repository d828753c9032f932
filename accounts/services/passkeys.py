"""Passkeys: what is asked of a browser, and whether what it answers was signed by the key. By py_webauthn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts import metrics
from accounts.actors import Actor
from accounts.choices import FactorChange, Means, Outcome
from accounts.models import Account, Passkey
from accounts.queries import factors_of
from accounts.refusals import NoSuchFactor, PasskeyKnown, PasskeyNotMade, PasskeyRefused, PasskeysEnough
from accounts.services.audit import record
from accounts.services.factor_changes import lock_factors, write_down

NAME: Final = "Accountportaal"
# Nobody has more; each is offered to the browser at every sign-in.
MOST: Final = 10
# What broken or hostile answers make py_webauthn and the parsers below it raise.
UNREADABLE: Final = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, EOFError, RecursionError)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked, as JSON, and the challenge that its answer must have signed."""

    options: str
    challenge: bytes

    @classmethod
    def of(cls, options: Any) -> Self:
        return cls(options_to_json(options), options.challenge)


def ask_for_new_passkey(account: Account) -> Asked:
    """Make a key, on whatever the person has at hand; not one that is known here already."""
    # The key is the second factor beside the password, so whether it asks for a finger is its own business.
    wishes = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
    )
    options = generate_registration_options(
        rp_id=_relying_party(),
        rp_name=NAME,
        # Neither the user number nor anything else that says who it is.
        user_id=account.public_id.bytes,
        user_name=account.name,
        authenticator_selection=wishes,
        exclude_credentials=_known(account),
    )
    return Asked.of(options)


def ask_for_passkey(account: Account) -> Asked:
    options = generate_authentication_options(
        rp_id=_relying_party(),
        allow_credentials=_known(account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Asked.of(options)


def add_passkey(account: Account, *, answer: str, challenge: bytes, name: str, by: Actor, at: datetime) -> Passkey:
    """Keep the public half of a key that the browser made. Audited, told by mail.

    Raises PasskeyNotMade, PasskeyKnown, PasskeysEnough, or NoSuchFactor for who has no app: a passkey comes beside it.
    """
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_relying_party(),
            expected_origin=settings.PORTAL_PUBLIC_URL,
            require_user_verification=False,
        )
    except UNREADABLE:
        raise PasskeyNotMade from None
    kept = {"credential_id": made.credential_id, "public_key": made.credential_public_key}
    return _keep(account, name, kept | {"sign_count": made.sign_count}, by=by, at=at)


def verify_passkey(account: Account, *, answer: str, challenge: bytes, door: str, by: Actor, at: datetime) -> None:
    """See whether a key of this account signed this challenge. Audited. Raises PasskeyRefused."""
    is_right = _is_signed(account, answer, challenge, at)
    metrics.factor_verifications.labels(means=Means.PASSKEY.value, outcome="right" if is_right else "wrong").inc()
    parameters = {"means": Means.PASSKEY.value, "door": door}
    if is_right:
        record("account:factor:accepted", by=by.known_as(account), at=at, account=account, parameters=parameters)
        return
    refusal = PasskeyRefused()
    failed = parameters | {"code": refusal.code}
    record("account:factor:failed", by=by, at=at, account=account, outcome=Outcome.FAILED, parameters=failed)
    raise refusal


@transaction.atomic
def remove_passkey(account: Account, public_id: UUID, *, by: Actor, at: datetime) -> None:
    """From now on the key is worth nothing here. Audited, told by mail. Raises NoSuchFactor for who has no such key."""
    removed, _ = Passkey.objects.filter(account=account, public_id=public_id).delete()
    if not removed:
        raise NoSuchFactor
    write_down(account, FactorChange.REMOVED, Means.PASSKEY, by=by, at=at)


def _relying_party() -> str:
    return urlsplit(settings.PORTAL_PUBLIC_URL).hostname or ""


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(key.credential_id)) for key in account.passkeys.all()]


def _keep(account: Account, name: str, kept: dict[str, Any], *, by: Actor, at: datetime) -> Passkey:
    try:
        with transaction.atomic():
            lock_factors(account)
            if not factors_of(account).is_any:
                raise NoSuchFactor
            if account.passkeys.count() >= MOST:
                raise PasskeysEnough
            passkey = Passkey.objects.create(account=account, name=name, created_at=at, **kept)
            write_down(account, FactorChange.ADDED, Means.PASSKEY, by=by, at=at)
    except IntegrityError:
        raise PasskeyKnown from None
    return passkey


@transaction.atomic
def _is_signed(account: Account, answer: str, challenge: bytes, at: datetime) -> bool:
    """The row is locked, so that of two answers with one number of the key's own count one is right."""
    try:
        credential = parse_authentication_credential_json(answer)
        mine = Passkey.objects.select_for_update().filter(account=account)
        passkey = mine.filter(credential_id=credential.raw_id).first()
        if passkey is None:
            return False
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_relying_party(),
            expected_origin=settings.PORTAL_PUBLIC_URL,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=False,
        )
    except UNREADABLE:
        return False
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, at
    passkey.save(update_fields=["sign_count", "last_used_at"])
    return True
