"""The built-in authority: made once, its certificates verify, and a linter finds nothing wrong with them."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from certificates.authority import AuthorityUnusable, Holder, Revoked, authority
from certificates.authority.files import kept_authority, read_authority
from certificates.authority.founding import found_authority
from certificates.authority.profiles import builder, of_authority, with_extensions
from certificates.environments import environment_of, is_of_another
from vecozo_portal.environment import BASE_DIR

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
BASE = "https://portaal.zorg.nl"
HOLDER = Holder("Koppeling Zorggroep Noord", "Zorggroep Noord", uuid4())


def in_folder(folder: Path, environment: str = "test"):
    return kept_authority(folder / environment, environment=environment, base=BASE, at=AT)


def issued(of, key=None, holder=HOLDER, days=730):
    key = key or ec.generate_private_key(ec.SECP256R1())
    return of.issue(key.public_key(), holder, valid_from=AT, valid_until=AT + timedelta(days=days))


def as_pem(*certificates) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def key_as_pem(key) -> str:
    pem: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


def test_it_is_made_once_and_kept_readable_by_us_alone(tmp_path):
    first, second = in_folder(tmp_path), in_folder(tmp_path)
    assert first.chain == second.chain
    assert first.name == second.name
    assert (tmp_path / "test").stat().st_mode & 0o077 == 0
    assert (tmp_path / "test" / "issuing.key").stat().st_mode & 0o077 == 0


def _made(folder: str, told) -> None:
    told.put(in_folder(Path(folder)).name)


def test_of_several_processes_that_start_at_once_all_use_the_same(tmp_path):
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    starting = [context.Process(target=_made, args=(str(tmp_path), told)) for _ in range(4)]
    for process in starting:
        process.start()
    names = {told.get(timeout=60) for _ in starting}
    for process in starting:
        process.join()
    assert len(names) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["test"]


def test_the_key_of_the_root_is_kept_nowhere(tmp_path):
    made = in_folder(tmp_path)
    kept = "".join(path.read_text() for path in (tmp_path / "test").iterdir())
    assert kept.count("PRIVATE KEY-----") == 2  # one key: its begin and its end
    assert made.chain[1].public_key() != made.key.public_key()


def test_each_environment_has_keys_of_its_own_and_marks_what_it_issues(tmp_path):
    made = {name: in_folder(tmp_path, name) for name in ("test", "acceptance", "production")}
    assert len({each.name for each in made.values()}) == 3
    for name, each in made.items():
        assert environment_of(issued(each)) == name
    assert is_of_another(issued(made["acceptance"]), here="test") == "acceptatie"
    assert is_of_another(issued(made["test"]), here="test") is None


def test_a_certificate_holds_what_its_use_asks_for_and_no_more(tmp_path):
    made = in_folder(tmp_path)
    certificate = issued(made)
    get = certificate.extensions.get_extension_for_class
    assert list(get(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not get(x509.BasicConstraints).value.ca
    usage = get(x509.KeyUsage).value
    assert usage.digital_signature
    assert not any((usage.key_cert_sign, usage.crl_sign, usage.key_encipherment))
    assert certificate.serial_number.bit_length() > 64
    assert (certificate.not_valid_after_utc - AT).days == 730
    [point] = get(x509.CRLDistributionPoints).value
    assert point.full_name[0].value == f"{BASE}/crl/{made.name}.crl"


def test_no_number_that_two_certificates_share(tmp_path):
    made = in_folder(tmp_path)
    assert len({issued(made).serial_number for _ in range(50)}) == 50


def test_a_certificate_never_outlives_the_one_that_signs(tmp_path):
    made = in_folder(tmp_path)
    assert issued(made, days=365 * 30).not_valid_after_utc == made.issuer.not_valid_after_utc


@pytest.mark.parametrize("name", ["x" * 200, "  ", "Ünïcødé 日本", 'a,b=c+d\\"<>;#'])
def test_any_name_fits(tmp_path, name):
    certificate = issued(in_folder(tmp_path), holder=Holder(name, name, uuid4()))
    assert len(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value) <= 64


@pytest.fixture
def chain(tmp_path):
    path = tmp_path / "chain.pem"
    path.write_bytes(as_pem(*in_folder(tmp_path).chain))
    return path


@pytest.fixture
def root(tmp_path):
    path = tmp_path / "root.pem"
    path.write_bytes(as_pem(in_folder(tmp_path).chain[1]))
    return path


KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA 2048": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.mark.parametrize("kind", KEYS)
def test_openssl_verifies_a_certificate_as_a_clients(tmp_path, openssl, root, chain, kind):
    made = in_folder(tmp_path)
    (tmp_path / "leaf.pem").write_bytes(as_pem(issued(made, KEYS[kind]())))
    moment = ("-attime", str(int((AT + timedelta(days=1)).timestamp())))
    strictly = ("verify", "-x509_strict", *moment, "-CAfile", root, "-untrusted", chain)
    assert ": OK" in openssl(*strictly, "-purpose", "sslclient", tmp_path / "leaf.pem")
    openssl(*strictly, "-purpose", "sslserver", tmp_path / "leaf.pem", status=2)


def test_openssl_reads_the_list_and_believes_it(tmp_path, openssl, root, chain):
    made = in_folder(tmp_path)
    good, stolen = issued(made), issued(made)
    revoked = [Revoked(stolen.serial_number, AT, x509.ReasonFlags.key_compromise)]
    (tmp_path / "list.crl").write_bytes(made.revocation_list(revoked, number=7, at=AT))
    told = openssl("crl", "-in", tmp_path / "list.crl", "-inform", "DER", "-CAfile", chain, "-text", "-noout")
    assert "verify OK" in told
    assert f"{stolen.serial_number:X}" in told
    assert "Key Compromise" in told
    assert "X509v3 CRL Number: \n                7" in told
    openssl("crl", "-in", tmp_path / "list.crl", "-inform", "DER", "-out", tmp_path / "list.pem")
    checking = ("verify", "-crl_check", "-CRLfile", tmp_path / "list.pem", "-CAfile", root, "-untrusted", chain)
    an_hour_later = ("-attime", str(int((AT + timedelta(hours=1)).timestamp())))
    for certificate, status in ((good, 0), (stolen, 2)):
        (tmp_path / "leaf.pem").write_bytes(as_pem(certificate))
        openssl(*checking, *an_hour_later, tmp_path / "leaf.pem", status=status)


def linted(program: str, path: Path, *more: str) -> None:
    """A linter of certificates (pkilint), as its own program, at the severity of an error and a warning."""
    command = [str(Path(sys.executable).with_name(program)), "lint", "--severity", "WARNING", *more, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_linter_finds_nothing_wrong(tmp_path):
    made = in_folder(tmp_path)
    for number, certificate in enumerate((issued(made), *made.chain)):
        path = tmp_path / f"{number}.pem"
        path.write_bytes(as_pem(certificate))
        linted("lint_pkix_cert", path)


def test_a_linter_finds_nothing_wrong_with_a_list(tmp_path):
    made = in_folder(tmp_path)
    revoked = [
        Revoked(issued(made).serial_number, AT, reason)
        for reason in (x509.ReasonFlags.certificate_hold, x509.ReasonFlags.superseded)
    ]
    path = tmp_path / "list.crl"
    path.write_bytes(made.revocation_list(revoked, number=1, at=AT))
    linted("lint_crl", path, "--type", "CRL", "--profile", "PKIX")


def test_what_was_given_is_used(tmp_path):
    key, chain = found_authority("production", at=AT)
    made = read_authority(key_as_pem(key), as_pem(*chain).decode(), environment="production", base=BASE)
    assert made.chain == chain
    assert environment_of(issued(made)) == "production"


def test_an_authority_with_an_rsa_key_is_as_good(tmp_path, openssl):
    key = rsa.generate_private_key(65537, 3072)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Uitgifte van een ander")])
    begun = builder(name, name, key.public_key(), valid_from=AT, valid_until=AT + timedelta(days=900))
    extensions = of_authority(key.public_key(), None)
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    extensions = [(usage if isinstance(each, x509.KeyUsage) else each, critical) for each, critical in extensions]
    own = with_extensions(begun, extensions).sign(key, SHA256())
    made = read_authority(key_as_pem(key), as_pem(own).decode(), environment="production", base=BASE)
    for file, certificate in (("root.pem", own), ("leaf.pem", issued(made))):
        (tmp_path / file).write_bytes(as_pem(certificate))
    moment = ("-attime", str(int((AT + timedelta(days=1)).timestamp())))
    assert ": OK" in openssl("verify", *moment, "-CAfile", tmp_path / "root.pem", tmp_path / "leaf.pem")
    assert x509.load_der_x509_crl(made.revocation_list([], number=1, at=AT)).is_signature_valid(key.public_key())


def _others_key(key, chain):
    return key_as_pem(ec.generate_private_key(ec.SECP256R1())), as_pem(*chain).decode()


def _no_key(key, chain):
    return "niets", as_pem(*chain).decode()


def _no_chain(key, chain):
    return key_as_pem(key), "niets"


def _broken_chain(key, chain):
    return key_as_pem(key), as_pem(chain[0], found_authority("production", at=AT)[1][1]).decode()


def _a_clients(key, chain):
    own = ec.generate_private_key(ec.SECP256R1())
    signer = read_authority(key_as_pem(key), as_pem(*chain).decode(), environment="production", base=BASE)
    return key_as_pem(own), as_pem(issued(signer, own), *chain).decode()


@pytest.mark.parametrize("wrong", [_others_key, _no_key, _no_chain, _broken_chain, _a_clients])
def test_what_does_not_fit_is_refused_without_telling_the_key(wrong):
    key, chain = wrong(*found_authority("production", at=AT))
    with pytest.raises(AuthorityUnusable) as refused:
        read_authority(key, chain, environment="production", base=BASE)
    assert "PRIVATE" not in str(refused.value)


def test_a_command_makes_the_files_that_a_deployment_is_given(tmp_path):
    command = [sys.executable, "-m", "certificates.authority", "production", str(tmp_path)]
    subprocess.run(command, check=True, cwd=BASE_DIR)
    key, chain = tmp_path / "portal_issuing_key", tmp_path / "portal_issuing_chain"
    assert key.stat().st_mode & 0o077 == 0
    made = read_authority(key.read_text(), chain.read_text(), environment="production", base=BASE)
    assert environment_of(issued(made)) == "production"
    before = key.read_text()
    again = subprocess.run(command, check=False, cwd=BASE_DIR, capture_output=True, text=True)
    assert (again.returncode, key.read_text()) == (1, before)
    assert "Not written" in again.stderr


def test_a_production_without_keys_makes_none(settings):
    settings.PORTAL_ENVIRONMENT = "production"
    with pytest.raises(AuthorityUnusable, match="PORTAL_ISSUING_KEY"):
        authority()
