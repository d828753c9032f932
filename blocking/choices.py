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
    BREAK_GLASS = "break_glass", "Noodcommando"
    # Not a way for anybody to lift: the account is gone, and its blocks with it.
    REMOVAL = "removal", "Gesloten door verwijdering"


class LiftReason(TextChoices):
    FORGOTTEN = "forgotten", "Vergeten"
    CAPS_LOCK = "caps_lock", "Caps Lock of Num Lock"
    NEW_DEVICE = "new_device", "Nieuw apparaat of nieuwe browser"
    ATTACK = "attack", "Aanval van buiten"
    OTHER = "other", "Anders"


class CallerRole(TextChoices):
    """On whose request Support lifts."""

    CONTACT_PERSON = "contact_person", "Contactpersoon"
    ACCOUNT_HOLDER = "account_holder", "Rechtmatige gebruiker"
    SUPPORT = "support", "Niemand: Support zelf"


class Door(TextChoices):
    """Every place where a secret is typed. One guard stands behind all of them."""

    SIGN_IN = "sign_in", "Inloggen"
    FORGOTTEN_PASSWORD = "forgotten_password", "Wachtwoord vergeten"
    CHANGE_PASSWORD = "change_password", "Wachtwoord wijzigen"
    CHANGE_EMAIL = "change_email", "E-mailadres wijzigen"
    INSTALLING = "installing", "Certificaat installeren"
    ACTIVATING = "activating", "Account activeren"


class AttemptOutcome(TextChoices):
    RIGHT = "right", "Goed"
    WRONG = "wrong", "Fout"
    LAPSED = "lapsed", "Niet afgemaakt, telt als fout"


class EpisodeKind(TextChoices):
    """What makes many blocks one attack."""

    SOURCE = "source", "Vanaf één plek"
    BURST = "burst", "Veel accounts binnen enkele minuten"


class NoticeKind(TextChoices):
    """What the rightful user was told by mail, and may say not to have done."""

    BLOCK_OPENED = "block_opened", "Account geblokkeerd"
    BLOCK_LIFTED = "block_lifted", "Blokkade opgeheven"
    NEW_BROWSER = "new_browser", "Ingelogd op een nieuwe browser"
    PASSWORD_CHANGED = "password_changed", "Wachtwoord gewijzigd"
    EMAIL_CHANGE = "email_change", "E-mailadres wijzigen"
    ACTIVATED = "activated", "Account geactiveerd"
    PIN_ISSUED = "pin_issued", "Nieuwe pincode"
    PIN_REVEALED = "pin_revealed", "Pincode bekeken"
    SECRET_VOIDED = "secret_voided", "Wachtwoord of pincode vervallen"
    FACTOR_ADDED = "factor_added", "Tweede factor gekoppeld"
    FACTOR_REMOVED = "factor_removed", "Tweede factor verwijderd"
    FACTOR_GUESSED = "factor_guessed", "Verkeerde codes bij de tweede factor"
    CODE_USED = "code_used", "Herstelcode gebruikt"
    CODES_RENEWED = "codes_renewed", "Nieuwe herstelcodes"
    CERTIFICATE_INSTALLED = "cert_installed", "Certificaat geïnstalleerd"
    CERTIFICATE_REVOKED = "cert_revoked", "Certificaat ingetrokken"
    REMOVAL_UNDONE = "removal_undone", "Verwijderen teruggedraaid"


class RequestDecision(TextChoices):
    """What came of asking for an account."""

    APPROVED = "approved", "Goedgekeurd"
    REJECTED = "rejected", "Afgewezen"


class LetterState(TextChoices):
    """From being ordered to being gone: a letter holds a PIN only in the first two."""

    WAITING = "waiting", "Wordt gemaakt"
    READY = "ready", "Klaar om te downloaden"
    DOWNLOADED = "downloaded", "Gedownload"
    REPLACED = "replaced", "Vervangen door een nieuwere pincode"
    EXPIRED = "expired", "Niet op tijd gedownload"


class ServiceAnswer(TextChoices):
    """What software hears at the gate while a block is open."""

    GOES_ON = "goes_on", "Gaat door"
    FORBIDDEN = "403", "403"
    TOO_MANY = "429", "429 voor die dienst"


class QuotaWindow(TextChoices):
    """How long queries are counted together."""

    MINUTE = "minute", "Per minuut"
    HOUR = "hour", "Per uur"
    DAY = "day", "Per dag"


class CaseState(TextChoices):
    OPEN = "open", "Open"
    GRANTED = "granted", "Toegekend"
    REFUSED = "refused", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


class CaseChannel(TextChoices):
    """How the request for help reached Support."""

    PHONE = "phone", "Telefoon"
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Portaal"


class CallerCheck(TextChoices):
    """How it was made sure who asks."""

    SIGNED_IN = "signed_in", "Ingelogd in het portaal"
    PORTAL_CODE = "portal_code", "Code uit de Berichtenbox"
    CALL_BACK = "call_back", "Teruggebeld op het geregistreerde nummer"
    REGISTERED_EMAIL = "registered_email", "Van of naar het geregistreerde e-mailadres"
