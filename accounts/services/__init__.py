from accounts.services.audit import Parameters, record, record_refusal
from accounts.services.creation import create_account, grant_mandate
from accounts.services.secrets import issue_pin, rehash_secret, set_password
from accounts.services.sign_in import complete_sign_in, end_sessions, record_sign_out

__all__ = [
    "Parameters",
    "complete_sign_in",
    "create_account",
    "end_sessions",
    "grant_mandate",
    "issue_pin",
    "record",
    "record_refusal",
    "record_sign_out",
    "rehash_secret",
    "set_password",
]
