from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account
from certificates.authority import authority
from certificates.models import Certificate
from certificates.services import Handed, install_with_request, make_ready
from certificates.signing_requests import read_signing_request
from tests.blocking.conftest import counted
from tests.factories import PIN, by

__all__ = ["counted"]

Install = Callable[..., Handed]


def signing_request(key=None, *, name: str = "software van Noord", extensions=(), signed_with=None) -> bytes:
    """A request in PEM, as a supplier's program makes it."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    begun = x509.CertificateSigningRequestBuilder(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
    for extension in extensions:
        begun = begun.add_extension(extension, critical=False)
    return begun.sign(key, signed_with or hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture
def install() -> Install:
    """`install(account)`: make ready and install, or renew with `ready=False`; at any moment."""

    def done(account: Account, *, at: datetime | None = None, ready: bool = True, key=None, pin: str = PIN) -> Handed:
        at = at or timezone.now()
        if ready:
            make_ready(account, by=PORTAL, at=at)
        request = read_signing_request(signing_request(key))
        handed = install_with_request(user_number=account.user_number, pin=pin, request=request, by=by(), at=at)
        assert handed is not None
        return handed

    return done


@pytest.fixture
def openssl(tmp_path: Path) -> Callable[..., str]:
    """`openssl("verify", "-CAfile", path)`: what a really running openssl says, or what went wrong."""

    def run(*arguments: str | Path, status: int = 0) -> str:
        done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def chain_file(tmp_path: Path) -> Path:
    """The issuing certificate and the root, as somebody who trusts them keeps them."""
    path = tmp_path / "chain.pem"
    path.write_bytes(as_pem(*authority().chain))
    return path


def as_pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def parsed(handed: Handed) -> x509.Certificate:
    return x509.load_pem_x509_certificates(handed.content)[0]


def kept(handed: Handed) -> Certificate:
    return Certificate.objects.get(pk=handed.certificate.pk)
