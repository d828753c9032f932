"""A projection as the scripts in the store read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gate.policy import Projection, ServiceAccess, as_hex


@dataclass(frozen=True, slots=True)
class Meter:
    """What the journal holds of a window that is running. `start` in seconds since 1970."""

    service: str
    window: str
    start: int
    count: int


def payload(projection: Projection, meters: Sequence[Meter] = ()) -> str:
    """The last argument of put.lua. With meters, that of a fill."""
    services = projection.services
    lifted = {code: service.lifted_crossing for code, service in services.items() if service.lifted_crossing}
    used = [service.allowance for service in services.values() if service.allowance]
    return json.dumps(
        {
            "fields": list(_fields(projection)),
            "lifted": [part for pair in (projection.lifted_elsewhere | lifted).items() for part in pair],
            "meters": [
                part for meter in meters for part in (f"{meter.service}:{meter.window}", meter.start, meter.count)
            ],
            "allowances": [part for allowance in used for part in (str(allowance.id), allowance.used)],
        }
    )


def _fields(projection: Projection) -> Iterable[str]:
    refusal = projection.refusal
    yield from ("number", projection.user_number)
    yield from ("kind", projection.kind.value)
    yield from ("refusal", refusal.reason.value if refusal else "")
    yield from ("lifter", refusal.lifted_by.value if refusal else "")
    yield from ("addresses", " ".join(f"{as_hex(each[0])}-{as_hex(each[-1])}" for each in projection.networks))
    certificates = (f"{fingerprint}:{since}:{until}" for fingerprint, since, until in projection.certificates)
    yield from ("certificates", " ".join(certificates))
    for code, service in projection.services.items():
        yield from (f"s:{code}", _service(service))


def _service(service: ServiceAccess) -> str:
    allowance = service.allowance
    allowed = f"{allowance.id},{allowance.queries},{allowance.valid_until}" if allowance else "0,0,0"
    limits = " ".join(f"{window}={limit}" for window, limit in service.limits)
    return f"{int(service.is_blocked)};{allowed};{limits}"
