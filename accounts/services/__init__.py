from accounts.services.audit import Parameters, record, record_export, record_refusal, refusals_recorded
from accounts.services.authorisations import change_authorisations
from accounts.services.catalogue import add_service, rename_service
from accounts.services.changes import announce_change
from accounts.services.changing_factors import (
    enrol_app,
    new_key,
    remove_app,
    renew_recovery_codes,
    reset_factors,
    take_factors_away,
)
from accounts.services.creation import create_account, create_organisation, grant_mandate
from accounts.services.email import (
    confirm_email_change,
    request_email_change,
    why_it_is_over,
    withdraw_email_change,
)
from accounts.services.life import activate_account, end_unused_account, issue_account
from accounts.services.locking import locked_account
from accounts.services.passkeys import (
    Asked,
    add_passkey,
    ask_for_new_passkey,
    ask_for_passkey,
    remove_passkey,
    verify_passkey,
)
from accounts.services.removal import (
    finish_removals,
    remove_account,
    remove_at_support,
    undo_removal,
    why_not_to_remove,
    why_not_to_undo,
)
from accounts.services.secrets import issue_pin, rehash_secret, set_password
from accounts.services.showing_certificates import record_ignored_certificate, verify_certificate
from accounts.services.showing_factors import verify_factor
from accounts.services.sign_in import (
    accept_password,
    complete_sign_in,
    end_session,
    end_sessions,
    record_sign_out,
    refuse_sign_in,
)
from accounts.services.system_access import (
    authorise,
    authorise_for,
    register_address,
    remove_address,
    withdraw_authorisation,
)

__all__ = [
    "Asked",
    "Parameters",
    "accept_password",
    "activate_account",
    "add_passkey",
    "add_service",
    "announce_change",
    "ask_for_new_passkey",
    "ask_for_passkey",
    "authorise",
    "authorise_for",
    "change_authorisations",
    "complete_sign_in",
    "confirm_email_change",
    "create_account",
    "create_organisation",
    "end_session",
    "end_sessions",
    "end_unused_account",
    "enrol_app",
    "finish_removals",
    "grant_mandate",
    "issue_account",
    "issue_pin",
    "locked_account",
    "new_key",
    "record",
    "record_export",
    "record_ignored_certificate",
    "record_refusal",
    "record_sign_out",
    "refusals_recorded",
    "refuse_sign_in",
    "register_address",
    "rehash_secret",
    "remove_account",
    "remove_address",
    "remove_app",
    "remove_at_support",
    "remove_passkey",
    "rename_service",
    "renew_recovery_codes",
    "request_email_change",
    "reset_factors",
    "set_password",
    "take_factors_away",
    "undo_removal",
    "verify_certificate",
    "verify_factor",
    "verify_passkey",
    "why_it_is_over",
    "why_not_to_remove",
    "why_not_to_undo",
    "withdraw_authorisation",
    "withdraw_email_change",
]
