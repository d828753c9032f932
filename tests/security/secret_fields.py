"""What fields are called that hold a secret of an account, here or in the libraries beneath."""

from typing import Final

SECRET_FIELDS: Final = frozenset(
    {
        "password",
        "password1",
        "new_password",
        "new_password1",
        "old_password",
        "pin",
        "token",
        "passphrase",
        "secret",
        "recovery_code",
    }
)
# Also what a service in the catalogue is called by, which is no secret.
CODE: Final = "code"
