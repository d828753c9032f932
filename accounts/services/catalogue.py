"""The services that accounts may be authorised for. A code is for good: software and gates know a service by it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.choices import LegalBasis
from accounts.models import Service
from accounts.refusals import ServiceCodeTaken
from accounts.services.audit import record


def add_service(code: str, *, name: str, legal_basis: LegalBasis, by: Actor, at: datetime) -> Service:
    """Put a service in the catalogue, without quota and for nobody yet. Audited. Raises ServiceCodeTaken."""
    try:
        with transaction.atomic():
            service = Service.objects.create(code=code, name=name, legal_basis=legal_basis)
            record("account:service:added", by=by, at=at, parameters={"service": name, "service_code": code})
    except IntegrityError:
        raise ServiceCodeTaken from None
    return service


@transaction.atomic
def rename_service(service: Service, *, name: str, by: Actor, at: datetime) -> Service:
    """What people read for this service from now on, its code stays. Audited; the same name is nothing new."""
    kept = Service.objects.select_for_update().get(pk=service.pk)
    if kept.name != name:
        parameters = {"service": name, "service_code": kept.code, "before": kept.name}
        kept.name = name
        kept.save(update_fields=["name"])
        record("account:service:renamed", by=by, at=at, parameters=parameters)
    return kept
