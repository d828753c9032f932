"""Stored codes of the ground floor and their Dutch labels."""

from django.db.models import TextChoices


class AccountKind(TextChoices):
    PERSONAL = "personal", "Persoonlijk account"
    SYSTEM = "system", "Systeemaccount"


class Environment(TextChoices):
    """The three separate deployments."""

    PRODUCTION = "production", "Productie"
    ACCEPTANCE = "acceptance", "Acceptatie"
    TEST = "test", "Test"


class AccountState(TextChoices):
    REQUESTED = "requested", "Aangevraagd"
    ISSUED = "issued", "Nog te activeren"
    ACTIVE = "active", "Actief"
    EXPIRED = "expired", "Verlopen"
    REMOVAL_PENDING = "removal_pending", "Wordt verwijderd"
    REMOVED = "removed", "Verwijderd"


class MandateRank(TextChoices):
    FIRST = "first", "Eerste contactpersoon"
    SECOND = "second", "Tweede contactpersoon"
    DEPUTY = "deputy", "Waarnemend contactpersoon"


class LegalBasis(TextChoices):
    ZVW = "zvw", "Zorgverzekeringswet"
    WLZ = "wlz", "Wet langdurige zorg"
    WMO = "wmo", "Wet maatschappelijke ondersteuning"
    JEUGDWET = "jeugdwet", "Jeugdwet"


class Secret(TextChoices):
    """The two secrets whose wrong entries are counted."""

    PASSWORD = "password", "Wachtwoord"
    PIN = "pin", "Pincode"


class Means(TextChoices):
    """By what somebody showed who they are; the session keeps each with its moment."""

    PASSWORD = "password", "Wachtwoord"
    ONE_TIME_CODE = "one_time_code", "Code uit een app"
    RECOVERY_CODE = "recovery_code", "Herstelcode"
    PASSKEY = "passkey", "Passkey"
    CERTIFICATE = "certificate", "Certificaat"


class FactorChange(TextChoices):
    """What happened to somebody's second factor, for who is told of it."""

    ADDED = "added", "Toegevoegd"
    REPLACED = "replaced", "Vervangen"
    REMOVED = "removed", "Verwijderd"
    RESET = "reset", "Weggenomen door Support"
    USED = "used", "Gebruikt"
    RENEWED = "renewed", "Vernieuwd"


class RemovalStep(TextChoices):
    """What happened to the removal of an account, for who is told of it."""

    ASKED = "asked", "Wordt verwijderd"
    UNDONE = "undone", "Ongedaan gemaakt"
    FINAL = "final", "Definitief"
    UNUSED = "unused", "Nooit gebruikt"

    @property
    def is_the_end(self) -> bool:
        return self in {RemovalStep.FINAL, RemovalStep.UNUSED}


class IdentityCheck(TextChoices):
    """How Support made sure who asks: for a new second factor, or to remove an account."""

    CALL_BACK = "call_back", "Teruggebeld op het geregistreerde nummer"
    REGISTERED_EMAIL = "registered_email", "Via het geregistreerde e-mailadres"


class Outcome(TextChoices):
    """How an audited act ended (NEN 7513: outcome of the event)."""

    SUCCEEDED = "succeeded", "Gelukt"
    REFUSED = "refused", "Geweigerd"
    FAILED = "failed", "Mislukt"
