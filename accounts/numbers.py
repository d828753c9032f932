"""New numbers and PINs, from the operating system's randomness."""

import secrets

from django.conf import settings

from accounts.choices import Environment
from accounts.policy import PIN_ALPHABET, PIN_LENGTH, USER_NUMBER_LENGTH, USER_NUMBER_STARTS


def new_user_number() -> str:
    """Opaque but for the environment it is of, not guessable in sequence; the database keeps it unique."""
    first = secrets.choice(USER_NUMBER_STARTS[Environment(settings.PORTAL_ENVIRONMENT)])
    return first + "".join(secrets.choice("0123456789") for _ in range(USER_NUMBER_LENGTH - 1))


def new_pin() -> str:
    return "".join(secrets.choice(PIN_ALPHABET) for _ in range(PIN_LENGTH))
