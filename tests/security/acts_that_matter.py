"""The acts that matter: what changes something for others, or for one's own security, asks a recent second factor.

Every address that takes a POST is in one of the two lists, by its name in the URL map.
"""

from __future__ import annotations

from typing import Final

ASK_A_RECENT_FACTOR: Final = frozenset(
    {
        # Blocks and secrets of others
        "lift",
        "lift-many",
        "new-pin",
        "reveal-pin",
        "caller-code",
        "admin:blocking_block_place",
        "admin:blocking_pinletter_order",
        "admin:blocking_pinletter_download",
        "admin:blocking_supportcase_toekennen",
        # Accounts of others
        "new-user",
        "remove-account",
        "undo-removal",
        "admin:accounts_account_remove",
        "admin:accounts_account_undo_removal",
        "admin:accounts_account_reset_factors",
        "admin:blocking_accountrequest_approve",
        "admin:blocking_accountrequest_reject",
        "admin:blocking_accountrequest_new",
        # What may be queried, how much, and from where
        "authorisations",
        "add-address",
        "remove-address",
        "prepare-certificate",
        "revoke-certificate",
        "admin:accounts_account_authorise",
        "admin:accounts_account_withdraw",
        "admin:accounts_account_add_address",
        "admin:accounts_account_remove_address",
        "admin:accounts_service_new",
        "admin:accounts_service_rename",
        "admin:blocking_servicequota_new",
        "admin:blocking_servicequota_set",
        "admin:blocking_servicequota_drop",
        "admin:certificates_certificate_ready",
        "admin:certificates_certificate_revoke",
        # One's own way in
        "change-password",
        "change-email",
        "replace-app",
        "remove-app",
        "new-passkey",
        "remove-passkey",
        "new-recovery-codes",
        "recovery-codes-kept",
        "uzi-card",
        "drop-uzi-card",
        # One's own data as a whole
        "my-data",
    }
)

# Reading, where no act is: the secret itself is on the page.
LOOKING_ASKS_TOO: Final = frozenset({"recovery-codes", "download-recovery-codes", "my-data"})

DOOR = "a door: who comes here is not in yet, and shows a secret or a signed link"
ENDS = "only ends or forgets something of one's own: whoever is alarmed should not be kept from it"
DESK = "work on a case: lifts nothing and gives nothing; granting asks"
HELP = "asks Support for help, or takes that back; nothing changes before Support decides"

WITHOUT: Final = {
    "sign-in": DOOR,
    "sign-in-factor": DOOR,
    "confirm": "where the factor itself is shown",
    "forgotten-password": DOOR,
    "forgotten-pin": DOOR,
    "activate": DOOR,
    "install-certificate": DOOR,
    "not-me": DOOR,
    "confirm-email": "a signed link from a mail; asking for it asked a recent factor",
    "second-factor": "who has a factor does nothing here; a first one is linked with the password of just now",
    "sign-out": ENDS,
    "end-session": ENDS,
    "end-all-sessions": ENDS,
    "forget-browser": ENDS,
    "withdraw-email": ENDS,
    "extend-session": "being asked is enough to go on; what matters asks anew",
    "file-from-account": HELP,
    "file-from-message": HELP,
    "withdraw-case": HELP,
    "admin:blocking_supportcase_new": DESK,
    "admin:blocking_supportcase_nemen": DESK,
    "admin:blocking_supportcase_overdragen": DESK,
    "admin:blocking_supportcase_blokkade": DESK,
    "admin:blocking_supportcase_controle": DESK,
    "admin:blocking_supportcase_code": DESK,
    "admin:blocking_supportcase_afwijzen": DESK,
    "admin:blocking_supportcase_intrekken": DESK,
    "admin:messagebox_message_told": "writes down that a telephone call was made",
    "admin:messagebox_delivery_retry": "the same mail once more, to whom it was for",
    "ocsp": "a protocol for software; a question, sent by POST",
    "ocsp-asked": "a protocol for software; a question",
    "admin:logout": ENDS,
}
