"""Which of the three deployments a certificate was issued in: its subject says so in words.

Test, acceptance and production have keys of their own, so a certificate of another one would be refused anyway. The
words are there to say why; nobody is let in by them.
"""

from __future__ import annotations

from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

IN_DUTCH: Final = {"production": "productie", "acceptance": "acceptatie", "test": "test"}
MARKS: Final = {environment: f"Omgeving {dutch}" for environment, dutch in IN_DUTCH.items()}
_BY_MARK: Final = {mark: environment for environment, mark in MARKS.items()}


def environment_of(certificate: x509.Certificate) -> str | None:
    """The deployment that issued it, or None: somebody else did, or it does not say."""
    try:
        units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    except (ValueError, TypeError):
        return None
    named = (_BY_MARK.get(str(unit.value)) for unit in units)
    return next((environment for environment in named if environment), None)


def is_of_another(certificate: x509.Certificate, *, here: str) -> str | None:
    """The Dutch name of the environment that a certificate is of, where it is not the one `here`; otherwise None."""
    issued_in = environment_of(certificate)
    return IN_DUTCH[issued_in] if issued_in and issued_in != here else None
