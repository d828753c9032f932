"""A certificate of another authority is registered where it is sound and can still be used."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account
from certificates.models import Certificate
from certificates.refusals import CertificateExpired, CertificateOdd, NoCertificate
from certificates.services import register_certificate

pytestmark = pytest.mark.django_db

SERIAL = 0x1111111111111111
NAME = b"\x0c\x08software"


def der(*, since: timedelta = timedelta(days=-2), until: timedelta = timedelta(days=2)) -> bytes:
    now, key = timezone.now(), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "software")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(SERIAL).not_valid_before(now + since).not_valid_after(now + until)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def pem(content: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(content) + b"-----END CERTIFICATE-----\n"


def registered(account: Account, content: bytes) -> Certificate:
    return register_certificate(account, pem=content, by=PORTAL, at=timezone.now())


def test_a_sound_one_is_known_and_so_is_one_of_tomorrow(noord_software: Account) -> None:
    assert registered(noord_software, pem(der())).serial == f"{SERIAL:x}"
    assert registered(noord_software, pem(der(since=timedelta(days=1)))).valid_from > timezone.now()


def test_one_that_is_over_is_refused(noord_software: Account) -> None:
    with pytest.raises(CertificateExpired):
        registered(noord_software, pem(der(until=timedelta(seconds=-1))))


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.parametrize(
    "broken",
    [
        der().replace(NAME, b"\x0c\x08\xffoftware"),
        der().replace(b"\x02\x08" + b"\x11" * 8, b"\x02\x08\x91" + b"\x11" * 7),
        der().replace(b"\x02\x08" + b"\x11" * 8, b"\x02\x08" + bytes(8)),
    ],
    ids=["a name that is no text", "a negative serial", "no serial"],
)
def test_one_that_is_badly_made_is_refused(noord_software: Account, broken: bytes) -> None:
    with pytest.raises((CertificateOdd, NoCertificate)):
        registered(noord_software, pem(broken))
    assert not Certificate.objects.exists()


def test_the_command_says_so_in_a_sentence(noord_software: Account, tmp_path: Path) -> None:
    file = tmp_path / "broken.pem"
    file.write_bytes(pem(der().replace(NAME, b"\x0c\x08\xffoftware")))
    with pytest.raises(CommandError, match="niet goed gemaakt"):
        call_command("register_certificate", noord_software.user_number, str(file), stdout=io.StringIO())
