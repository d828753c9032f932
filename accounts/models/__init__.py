from accounts.models.account import Account, AccountQuerySet
from accounts.models.address import RegisteredAddress
from accounts.models.audit import AuditEvent
from accounts.models.email_change import EmailChange, EmailChangeQuerySet
from accounts.models.factor import OneTimeCodeDevice, RecoveryCode, RecoveryCodes
from accounts.models.mandate import Mandate, MandateQuerySet
from accounts.models.organisation import Organisation
from accounts.models.passkey import Passkey
from accounts.models.service import Authorisation, Service
from accounts.models.session import Session
from accounts.models.version import AccountVersion, AccountVersionQuerySet

__all__ = [
    "Account",
    "AccountQuerySet",
    "AccountVersion",
    "AccountVersionQuerySet",
    "AuditEvent",
    "Authorisation",
    "EmailChange",
    "EmailChangeQuerySet",
    "Mandate",
    "MandateQuerySet",
    "OneTimeCodeDevice",
    "Organisation",
    "Passkey",
    "RecoveryCode",
    "RecoveryCodes",
    "RegisteredAddress",
    "Service",
    "Session",
]
