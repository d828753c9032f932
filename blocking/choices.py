"""Stored codes of blocks, lifts and doors, and their Dutch labels."""

from django.db.models import TextChoices


class BlockReason(TextChoices):
    PASSWORD = "password", "Wachtwoord geblokkeerd"
    PIN = "pin", "Pincode geblokkeerd"
    QUOTA = "quota", "Quotum overschreden"
    SUPPORT = "support", "Geblokkeerd door Support"


class BlockScope(TextChoices):
    EVERYWHERE = "everywhere", "Overal"
    STRANGERS = "strangers", "Alleen onbekende browsers"


class LiftChannel(TextChoices):
    USER_ADMINISTRATION = "user_administration", "Gebruikersbeheer"
    PHONE = "phone", "Telefoon"
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Portaal"


class LiftReason(TextChoices):
    FORGOTTEN = "forgotten", "Vergeten"
    CAPS_LOCK = "caps_lock", "Caps Lock of Num Lock"
    NEW_DEVICE = "new_device", "Nieuw apparaat of nieuwe browser"
    OTHER = "other", "Anders"


class CallerRole(TextChoices):
    """On whose request Support lifts."""

    CONTACT_PERSON = "contact_person", "Contactpersoon"
    ACCOUNT_HOLDER = "account_holder", "Rechtmatige gebruiker"


class Door(TextChoices):
    """Every place where a secret is typed. One guard stands behind all of them."""

    SIGN_IN = "sign_in", "Inloggen"
    FORGOTTEN_PASSWORD = "forgotten_password", "Wachtwoord vergeten"


class AttemptOutcome(TextChoices):
    RIGHT = "right", "Goed"
    WRONG = "wrong", "Fout"
    LAPSED = "lapsed", "Niet afgemaakt, telt als fout"


class ServiceAnswer(TextChoices):
    """What software hears at the gate while a block is open."""

    GOES_ON = "goes_on", "Gaat door"
    FORBIDDEN = "403", "403"
    TOO_MANY = "429", "429 voor die dienst"
