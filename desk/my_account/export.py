"""What the portal holds on somebody, in Dutch, as data: never a secret or its hash, never what is somebody else's."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from django.utils import timezone

from accounts.actors import inert
from accounts.audit_sentences import sentence_of
from accounts.queries import email_changes_of, factors_of, history_of, mandates_of, services_of, sessions_of
from blocking.queries.browsers import known_browsers_of
from blocking.queries.own_account import blocks_of, cases_about
from certificates.queries import certificates_of, uzi_card_of
from desk.timeline import part_played
from messagebox.mails import subject_of
from messagebox.queries import mails_sent_to

if TYPE_CHECKING:
    from accounts.models import Account, AuditEvent, OneTimeCodeDevice, Passkey

Copy: TypeAlias = "str | list[Copy] | dict[str, Copy] | None"

EXPLANATION: Final = (
    "Dit zijn de gegevens die het Accountportaal over u bewaart, op het moment van downloaden. "
    "Uw wachtwoord, uw pincode en de sleutels van uw tweede factor staan er niet in. "
    "Namen en gegevens van anderen staan er ook niet in. "
    "Tijden zijn Nederlandse tijd, met het verschil met de wereldtijd erachter. "
    "Klopt er iets niet? Vraag uw contactpersoon of Support om het te verbeteren."
)


def export_of(account: Account, at: datetime) -> Copy:
    return _inert(
        {
            "uitleg": EXPLANATION,
            "gemaakt_op": _moment(at),
            "account": _account(account),
            "organisatie": _organisation(account),
            "contactpersoon": _mandates(account),
            "diensten": [service.name for service in services_of(account)],
            "tweede_factor": _factors(account),
            "uzi_pas": _uzi_card(account),
            "bekende_browsers": _browsers(account, at),
            "sessies": _sessions(account, at),
            "wijzigingen_van_e_mailadres": _email_changes(account),
            "blokkades": _blocks(account),
            "supportverzoeken": _cases(account),
            "certificaten": _certificates(account),
            "verzonden_e_mails": _mails(account, at),
            "geschiedenis": [_event(event, account) for event in history_of(account)],
        }
    )


def _account(account: Account) -> dict[str, Copy]:
    return {
        "naam": account.name,
        "gebruikersnummer": account.user_number,
        "e_mailadres": account.email,
        "status": account.get_state_display(),
        "aangemaakt_op": _moment(account.created_at),
        "laatst_ingelogd_op": _moment(account.last_sign_in_at),
        "wachtwoord_gekozen_op": _moment(account.password_set_at),
        "pincode_uitgegeven_op": _moment(account.pin_set_at),
    }


def _organisation(account: Account) -> Copy:
    organisation = account.organisation
    return {"naam": organisation.name, "agb_code": organisation.agb_code} if organisation else None


def _mandates(account: Account) -> list[Copy]:
    return [
        {
            "rol": mandate.get_rank_display(),
            "vanaf": _moment(mandate.valid_from),
            "tot": _moment(mandate.valid_until),
        }
        for mandate in mandates_of(account)
    ]


def _factors(account: Account) -> list[Copy]:
    """Which there are, and never what they are made of."""
    factors = factors_of(account)
    apps: list[tuple[str, OneTimeCodeDevice | Passkey]] = [("App", factors.app)] if factors.app else []
    keys = [(f"Passkey: {passkey.name}", passkey) for passkey in factors.passkeys]
    return [
        {
            "soort": kind,
            "toegevoegd_op": _moment(factor.created_at),
            "laatst_gebruikt_op": _moment(factor.last_used_at),
        }
        for kind, factor in [*apps, *keys]
    ]


def _uzi_card(account: Account) -> Copy:
    card = uzi_card_of(account)
    return {"uzi_nummer": card.uzi_number, "gekoppeld_op": _moment(card.linked_at)} if card else None


def _browsers(account: Account, at: datetime) -> list[Copy]:
    return [
        {
            "programma": browser.user_agent,
            "internetadres": browser.source_address,
            "voor_het_eerst_ingelogd_op": _moment(browser.first_seen_at),
            "laatst_ingelogd_op": _moment(browser.last_seen_at),
        }
        for browser in known_browsers_of(account, at)
    ]


def _sessions(account: Account, at: datetime) -> list[Copy]:
    return [
        {
            "ingelogd_op": _moment(session.signed_in_at),
            "laatst_gebruikt_op": _moment(session.last_seen_at),
            "internetadres": session.source_address,
            "programma": session.user_agent,
        }
        for session in sessions_of(account, at)
    ]


def _email_changes(account: Account) -> list[Copy]:
    return [
        {
            "van": change.email_before,
            "naar": change.email,
            "gevraagd_op": _moment(change.requested_at),
            "bevestigd_op": _moment(change.confirmed_at),
        }
        for change in email_changes_of(account)
    ]


def _blocks(account: Account) -> list[Copy]:
    return [
        {
            "reden": block.get_reason_display(),
            "dienst": block.service.name if block.service else None,
            "sinds": _moment(block.opened_at),
            "opgeheven_op": _moment(block.lifted_at),
        }
        for block in blocks_of(account)
    ]


def _cases(account: Account) -> list[Copy]:
    return [
        {
            "nummer": case.number,
            "status": case.get_state_display(),
            "ontvangen_op": _moment(case.opened_at),
            "afgehandeld_op": _moment(case.handled_at),
        }
        for case in cases_about(account)
    ]


def _certificates(account: Account) -> list[Copy]:
    return [
        {
            "houder": certificate.subject,
            "uitgever": certificate.issuer,
            "serienummer": certificate.serial,
            "geldig_vanaf": _moment(certificate.valid_from),
            "geldig_tot": _moment(certificate.valid_until),
            "status": certificate.get_state_display(),
        }
        for certificate in certificates_of(account)
    ]


def _mails(account: Account, at: datetime) -> list[Copy]:
    return [
        {"onderwerp": subject_of(mail, at), "aan": mail.to_address, "verzonden_op": _moment(mail.sent_at)}
        for mail in mails_sent_to(account)
    ]


def _event(event: AuditEvent, account: Account) -> dict[str, Copy]:
    """From where, only of what one did oneself: the address of somebody else is theirs."""
    is_own = event.actor_id == account.pk
    return {
        "moment": _moment(event.at),
        "gebeurtenis": sentence_of(event),
        "door": part_played(event, account),
        "toelichting": str(event.parameters.get("note") or "") or None,
        "internetadres": event.source_address if is_own else None,
        "programma": event.user_agent if is_own else None,
    }


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _inert(value: Copy) -> Copy:
    """Whatever came from outside can do nothing to who reads the file."""
    if isinstance(value, str):
        return inert(value, len(value))
    if isinstance(value, list):
        return [_inert(item) for item in value]
    return {key: _inert(item) for key, item in value.items()} if isinstance(value, dict) else value
