from accounts.services.audit import Parameters, record, record_refusal
from accounts.services.catalogue import add_service, rename_service
from accounts.services.changes import announce_change
from accounts.services.creation import create_account, create_organisation, grant_mandate
from accounts.services.email import confirm_email_change, request_email_change, withdraw_email_change
from accounts.services.secrets import issue_pin, rehash_secret, set_password
from accounts.services.sign_in import complete_sign_in, end_session, end_sessions, record_sign_out
from accounts.services.system_access import authorise, register_address, remove_address, withdraw_authorisation

__all__ = [
    "Parameters",
    "add_service",
    "announce_change",
    "authorise",
    "complete_sign_in",
    "confirm_email_change",
    "create_account",
    "create_organisation",
    "end_session",
    "end_sessions",
    "grant_mandate",
    "issue_pin",
    "record",
    "record_refusal",
    "record_sign_out",
    "register_address",
    "rehash_secret",
    "remove_address",
    "rename_service",
    "request_email_change",
    "set_password",
    "withdraw_authorisation",
    "withdraw_email_change",
]
