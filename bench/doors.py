"""How a guess is typed at each door; `bench.rounds` races every door of the register, so each must be here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIGN_IN: Final = "/inloggen/"
FORGOTTEN_PASSWORD: Final = "/wachtwoord-vergeten/"  # noqa: S105  # an address
INSTALLING: Final = "/certificaat-installeren/"
ACTIVATING: Final = "/activeren/"
NEW_PASSWORD: Final = "heel nieuw en lang genoeg"  # noqa: S105  # typed by the storm's own people
NEW_EMAIL: Final = "ander@voorbeeld.test"
PASSPHRASE: Final = "lang genoeg voor een bestand"  # noqa: S105  # typed by the storm's own people


@dataclass(frozen=True, slots=True)
class Form:
    """The fields beside the user number. `is_for_signed_in`: that stands in the session, not in the form."""

    secret: str
    others: Mapping[str, str]
    is_for_signed_in: bool = False

    def filled(self, user_number: str, secret: str) -> dict[str, str]:
        number = {} if self.is_for_signed_in else {"user_number": user_number}
        return {**number, self.secret: secret, **self.others}


FORMS: Final[dict[str, Form]] = {
    SIGN_IN: Form("password", {}),
    FORGOTTEN_PASSWORD: Form("pin", {"new_password": NEW_PASSWORD}),
    "/mijn-account/wachtwoord/": Form("password", {"new_password": NEW_PASSWORD}, is_for_signed_in=True),
    "/mijn-account/e-mailadres/": Form("password", {"email": NEW_EMAIL}, is_for_signed_in=True),
    INSTALLING: Form("pin", {"passphrase": PASSPHRASE}),
    ACTIVATING: Form("pin", {"new_password": NEW_PASSWORD}),
}

# Where a second factor is guessed that somebody has already.
SIGN_IN_FACTOR: Final = "/inloggen/tweede-factor/"
CONFIRM: Final = "/bevestigen/"
FACTOR_FORMS: Final[dict[str, Form]] = {
    SIGN_IN_FACTOR: Form("token", {}, is_for_signed_in=True),
    CONFIRM: Form("token", {}, is_for_signed_in=True),
}
# Where somebody links a factor: they see its key themselves, so there is nothing to guess.
NOTHING_TO_GUESS: Final = frozenset(
    {
        "/mijn-account/tweede-factor/",
        "/mijn-account/tweede-factor/app/",
        "/mijn-account/tweede-factor/passkeys/nieuw/",
    }
)


def fields_at(address: str, user_number: str, secret: str) -> dict[str, str]:
    return (FORMS | FACTOR_FORMS)[address].filled(user_number, secret)
