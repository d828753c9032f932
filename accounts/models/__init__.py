from accounts.models.account import Account, AccountQuerySet
from accounts.models.audit import AuditEvent
from accounts.models.mandate import Mandate, MandateQuerySet
from accounts.models.organisation import Organisation
from accounts.models.service import Authorisation, Service

__all__ = [
    "Account",
    "AccountQuerySet",
    "AuditEvent",
    "Authorisation",
    "Mandate",
    "MandateQuerySet",
    "Organisation",
    "Service",
]
