"""After a PKCS#12 file was handed over, its private key is nowhere on the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from django.apps import apps
from django.db import connection

from tests.certificates.test_installing_at_the_page import PASSPHRASE, person, posted

pytestmark = pytest.mark.django_db

__all__ = ["person"]


def test_the_private_key_is_kept_nowhere(person, caplog, tmp_path, settings):
    """Not in any column of any table, not in a file of the portal, not in the log."""
    answer = posted(person, passphrase=PASSPHRASE)
    key = load_key_and_certificates(answer.content, PASSPHRASE.encode())[0]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    number = key.private_numbers().private_value
    marks = [number.to_bytes(32, "big"), f"{number:x}".encode(), str(number).encode(), PASSPHRASE.encode()]
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    marks += [der, answer.content[:200], b"PRIVATE KEY"]
    everything = _whole_database() + caplog.text.encode() + _files_of(Path(settings.PORTAL_STATE_DIR))
    for mark in marks:
        assert mark not in everything
        assert mark.hex().encode() not in everything


def _whole_database() -> bytes:
    told = b""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')  # noqa: S608 - our own table
            told += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return told


def _files_of(folder: Path) -> bytes:
    """Everything but the authority's own key."""
    ours = [path for path in folder.rglob("*") if path.is_file() and path.name != "issuing.key"]
    return b"".join(path.read_bytes() for path in ours if path.stat().st_size < 5_000_000)
