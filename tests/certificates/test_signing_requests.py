"""A signing request is read and judged; whatever else is brought gets its own sentence, and never a mistake of ours."""

from __future__ import annotations

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates import refusals
from certificates.signing_requests import LARGEST_BYTES, read_signing_request
from tests.certificates.conftest import signing_request

P256 = ec.generate_private_key(ec.SECP256R1())


def der_of(pem: bytes) -> bytes:
    return x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER)


GOOD = signing_request(P256)
DER = der_of(GOOD)


def refusal_of(uploaded: bytes) -> type[refusals.RequestRefused] | None:
    try:
        read_signing_request(uploaded)
    except refusals.RequestRefused as refused:
        return type(refused)
    return None


@pytest.mark.parametrize(
    "key",
    [
        lambda: P256,
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: rsa.generate_private_key(65537, 2048),
        lambda: rsa.generate_private_key(65537, 3072),
    ],
)
def test_the_usual_keys_are_taken(key):
    own = key()
    assert read_signing_request(signing_request(own)).key == own.public_key()


def test_largest_rsa_key_is_taken():
    own = rsa.generate_private_key(65537, 4096)
    assert read_signing_request(signing_request(own)).key == own.public_key()


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        DER,
        GOOD.replace(b"CERTIFICATE REQUEST", b"NEW CERTIFICATE REQUEST"),
        GOOD.replace(b"\n", b"\r\n"),
        b"  \n" + GOOD + b"\n\n",
        b"-----BEGIN CERTIFICATE REQUEST-----" + base64.b64encode(DER) + b"-----END CERTIFICATE REQUEST-----",
    ],
)
def test_pem_and_der_are_read_however_they_are_written(written):
    assert read_signing_request(written).key == P256.public_key()


@pytest.mark.parametrize(
    "key",
    [
        lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505
        lambda: rsa.generate_private_key(3, 2048),
        lambda: ec.generate_private_key(ec.SECP256K1()),
        lambda: ec.generate_private_key(ec.SECP521R1()),
        lambda: dsa.generate_private_key(2048),
    ],
)
def test_other_keys_are_refused(key):
    assert refusal_of(signing_request(key())) == refusals.WrongKey


def test_a_key_of_a_kind_that_signs_without_hash_is_refused():
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    request = x509.CertificateSigningRequestBuilder(name).sign(ed25519.Ed25519PrivateKey.generate(), None)
    assert refusal_of(request.public_bytes(Encoding.PEM)) == refusals.WrongKey


def test_an_rsa_key_beyond_4096_bits_is_refused():
    assert refusal_of(signing_request(rsa.generate_private_key(65537, 4104))) == refusals.WrongKey


def test_the_proof_that_the_key_is_ones_own_is_asked():
    spoilt = DER[:-4] + bytes(byte ^ 0xFF for byte in DER[-4:])
    assert refusal_of(spoilt) == refusals.SignatureWrong


@pytest.mark.parametrize(
    "extension",
    [
        x509.BasicConstraints(ca=True, path_length=None),
        x509.KeyUsage(True, False, False, False, False, True, True, False, False),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.CODE_SIGNING]),
        x509.NameConstraints([x509.DNSName("zorg.nl")], None),
        x509.OCSPNoCheck(),
        x509.TLSFeature([x509.TLSFeatureType.status_request]),
        x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"),
    ],
)
def test_who_asks_for_more_than_a_clients_rights_is_refused(extension):
    assert refusal_of(signing_request(P256, extensions=[extension])) == refusals.AsksTooMuch


@pytest.mark.parametrize(
    "extension",
    [
        x509.BasicConstraints(ca=False, path_length=None),
        x509.KeyUsage(True, False, True, False, False, False, False, False, False),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]),
        x509.SubjectAlternativeName([x509.DNSName("software.zorg.nl")]),
        x509.SubjectKeyIdentifier.from_public_key(P256.public_key()),
    ],
)
def test_what_programs_usually_ask_for_does_no_harm(extension):
    assert refusal_of(signing_request(P256, extensions=[extension])) is None


def test_a_wildcard_is_refused_wherever_it_stands():
    hidden = x509.SubjectAlternativeName([x509.DNSName("zorg.nl"), x509.DNSName("*.zorg.nl")])
    assert refusal_of(signing_request(P256, name="*.zorg.nl")) == refusals.WildcardAsked
    assert refusal_of(signing_request(P256, extensions=[hidden])) == refusals.WildcardAsked


def test_a_private_key_is_refused_in_words_of_its_own():
    own = P256.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert refusal_of(own) == refusals.PrivateKeyInside
    assert refusal_of(GOOD + own) == refusals.PrivateKeyInside


def test_a_certificate_is_told_from_a_request():
    assert refusal_of(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") == refusals.CertificateInstead


def test_what_is_too_large_is_refused():
    assert refusal_of(GOOD + b"\n" * LARGEST_BYTES) == refusals.RequestTooLarge


@pytest.mark.parametrize("uploaded", [b"", b"niets", b"\0" * 100, b"PK\x03\x04zip", GOOD[:200], DER[:-1], DER + b"x"])
def test_what_is_no_request_is_refused(uploaded):
    assert refusal_of(uploaded) == refusals.NoSigningRequest


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000))
def test_anything_at_all_gets_a_sentence(uploaded):
    assert refusal_of(uploaded)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(DER) - 1), st.binary(min_size=1, max_size=6))
def test_a_request_that_was_spoilt_anywhere_gets_a_sentence(place, put_in):
    spoilt = DER[:place] + put_in + DER[place + len(put_in) :]
    refusal_of(spoilt)
    refusal_of(b"-----BEGIN CERTIFICATE REQUEST-----" + base64.b64encode(spoilt) + b"-----END CERTIFICATE REQUEST-----")
    refusal_of(DER[:place] + put_in + DER[place:])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=500))
def test_any_text_inside_the_frame_gets_a_sentence(text):
    framed = f"-----BEGIN CERTIFICATE REQUEST-----{text}-----END CERTIFICATE REQUEST-----"
    assert refusal_of(framed.encode(errors="replace"))


def test_hashes_of_long_ago_are_refused(openssl, tmp_path):
    (tmp_path / "own.key").write_bytes(P256.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    asked = tmp_path / "old.csr"
    openssl("req", "-new", "-sha1", "-key", tmp_path / "own.key", "-subj", "/CN=x", "-out", asked)
    assert refusal_of(asked.read_bytes()) == refusals.WeakSignature
