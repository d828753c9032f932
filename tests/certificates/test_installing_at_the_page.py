"""The page where a certificate is installed: with a signing request, or as a PKCS#12 file that is handed over once."""

from __future__ import annotations

import re
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.actors import PORTAL
from blocking.choices import BlockReason
from blocking.models import Attempt, Block, Budget
from blocking.services import check_secret
from certificates.models import Certificate, Readiness
from certificates.services import make_ready
from certificates.signing_requests import LARGEST_BYTES
from tests import factories
from tests.certificates.conftest import as_pem, signing_request
from tests.factories import PIN, WRONG_PIN
from tests.security.hostile import HOSTILE

pytestmark = pytest.mark.django_db

ADDRESS = "/certificaat-installeren/"
PASSPHRASE = "vier woorden in een bestand"
KEY = ec.generate_private_key(ec.SECP256R1())
REQUEST = signing_request(KEY).decode()


@pytest.fixture
def software(noord_software):
    make_ready(noord_software, by=PORTAL, at=timezone.now())
    return noord_software


@pytest.fixture
def person(anna):
    make_ready(anna, by=PORTAL, at=timezone.now())
    return anna


def posted(account, pin=PIN, **fields):
    return Client().post(ADDRESS, {"user_number": account.user_number, "pin": pin, **fields})


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_is_for_everybody():
    answer = Client().get(ADDRESS)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_pasted_request_gives_the_certificate_and_its_chain(software, openssl, chain_file, tmp_path):
    answer = posted(software, signing_request=REQUEST)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="certificaat.pem"'
    assert "no-store" in answer["Cache-Control"]
    own, *above = x509.load_pem_x509_certificates(answer.content)
    assert own.public_key() == KEY.public_key()
    (tmp_path / "own.pem").write_bytes(as_pem(own))
    assert ": OK" in openssl("verify", "-CAfile", chain_file, "-purpose", "sslclient", tmp_path / "own.pem")
    assert len(above) == 2
    assert Certificate.objects.get().account == software


def test_a_pasted_request_beside_a_file_that_nobody_chose_as_browsers_send_it(software):
    answer = posted(software, signing_request=[REQUEST, ""])
    assert x509.load_pem_x509_certificates(answer.content)[0].public_key() == KEY.public_key()


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_an_uploaded_request_does_the_same(software, encoding):
    asked = x509.load_pem_x509_csr(REQUEST.encode()).public_bytes(encoding)
    answer = posted(software, signing_request=SimpleUploadedFile("aanvraag.csr", asked))
    assert x509.load_pem_x509_certificates(answer.content)[0].public_key() == KEY.public_key()


def test_a_request_of_openssl_itself(software, openssl, tmp_path):
    request = tmp_path / "own.csr"
    making = ("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "own.key", "-subj", "/CN=software")
    openssl(*making, "-out", request)
    answer = posted(software, signing_request=request.read_text())
    own = x509.load_pem_x509_certificates(answer.content)[0].public_key()
    assert isinstance(own, rsa.RSAPublicKey)


def test_a_person_gets_a_file_that_openssl_opens_with_the_passphrase(person, openssl, chain_file, tmp_path):
    answer = posted(person, passphrase=PASSPHRASE)
    assert answer["Content-Disposition"] == 'attachment; filename="certificaat.p12"'
    file = tmp_path / "certificaat.p12"
    file.write_bytes(answer.content)
    told = openssl("pkcs12", "-in", file, "-passin", f"pass:{PASSPHRASE}", "-nodes")
    assert told.count("BEGIN CERTIFICATE") == 3
    assert told.count("BEGIN PRIVATE KEY") == 1
    openssl("pkcs12", "-in", file, "-passin", "pass:een heel ander woord", "-nodes", status=1)
    openssl("pkcs12", "-in", file, "-passin", f"pass:{PASSPHRASE}", "-clcerts", "-nokeys", "-out", tmp_path / "own.pem")
    assert ": OK" in openssl("verify", "-CAfile", chain_file, tmp_path / "own.pem")


def test_it_is_handed_over_once(person):
    assert posted(person, passphrase=PASSPHRASE)["Content-Type"] == "application/x-pkcs12"
    again = posted(person, passphrase=PASSPHRASE)
    assert again.status_code == 409
    assert "Er staat voor dit account geen certificaat klaar" in said(again)


# --- what is refused ----------------------------------------------------------------------------------------------


def test_a_wrong_pin_installs_nothing_and_counts(software):
    answer = posted(software, pin=WRONG_PIN, signing_request=REQUEST)
    assert answer.status_code == 200
    assert "Het certificaat is niet geïnstalleerd" in said(answer)
    assert not Certificate.objects.exists()
    assert Budget.objects.get(account=software, secret="pin").wrong == 1
    assert Readiness.objects.open().exists()


def test_five_wrong_pins_block_and_then_the_right_one_is_refused_too(software):
    for _ in range(5):
        posted(software, pin=WRONG_PIN, signing_request=REQUEST)
    assert Block.objects.open().get(account=software).reason == BlockReason.PIN
    assert posted(software, signing_request=REQUEST)["Content-Type"].startswith("text/html")
    assert not Certificate.objects.exists()


def test_wrong_pins_at_the_doors_add_up(person, counted):
    """Three here and two where a forgotten password is changed: five verified in all, and one block."""
    before = counted("pin")
    for number in range(8):
        if number % 2:
            fields = {"user_number": person.user_number, "pin": WRONG_PIN, "new_password": "heel nieuw en lang genoeg"}
            Client().post("/wachtwoord-vergeten/", fields)
        else:
            posted(person, pin=WRONG_PIN, passphrase=PASSPHRASE)
    assert counted("pin") - before == 5
    assert Block.objects.open().get(account=person).reason == BlockReason.PIN


def test_a_right_pin_gives_five_fresh_attempts(person):
    for _ in range(4):
        posted(person, pin=WRONG_PIN, passphrase=PASSPHRASE)
    assert posted(person, passphrase=PASSPHRASE)["Content-Type"] == "application/x-pkcs12"
    for _ in range(4):
        posted(person, pin=WRONG_PIN, passphrase=PASSPHRASE)
    assert not Block.objects.open().exists()


def test_a_right_pin_without_anything_ready_resets_no_count(anna):
    for _ in range(4):
        posted(anna, pin=WRONG_PIN, passphrase=PASSPHRASE)
    assert posted(anna, passphrase=PASSPHRASE).status_code == 409
    posted(anna, pin=WRONG_PIN, passphrase=PASSPHRASE)
    assert Block.objects.open().filter(account=anna, reason=BlockReason.PIN).exists()


def test_a_key_that_is_used_elsewhere_is_told_at_its_field(software, person):
    posted(software, signing_request=REQUEST)
    answer = posted(person, signing_request=REQUEST)
    assert answer.status_code == 409
    assert "Deze sleutel hoort bij een ander account" in said(answer)


@pytest.mark.parametrize("fields", [{}, {"signing_request": REQUEST, "passphrase": PASSPHRASE}])
def test_exactly_one_of_the_two_ways(person, fields):
    answer = posted(person, **fields)
    assert "Kies één van de twee" in said(answer)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("drie maal", "te kort"),
        ("x" * 65, "hoogstens 64 tekens"),
        ("naïef en lang genoeg", "letters zonder accenten"),
        ("met een\tteken erin", "letters zonder accenten"),
    ],
)
def test_a_passphrase_that_does_not_suit_costs_no_attempt(person, passphrase, told):
    answer = posted(person, passphrase=passphrase)
    assert answer.status_code == 200
    assert told in said(answer)
    assert passphrase not in answer.content.decode()
    assert not Attempt.objects.exists()


def test_a_request_that_is_no_request_costs_no_attempt_and_stays_in_the_field(person):
    answer = posted(person, signing_request="<b>niets</b>")
    assert "Dit is geen leesbare aanvraag" in said(answer)
    assert "&lt;b&gt;niets&lt;/b&gt;" in answer.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("content", [b"\0" * (LARGEST_BYTES + 1), b"", b"\xff\xfe", b"PK\x03\x04"])
def test_an_odd_file_gets_a_sentence(person, content):
    answer = posted(person, signing_request=SimpleUploadedFile("../../etc/\u202epasswd", content))
    assert answer.status_code == 200
    assert "Fout: " in said(answer)


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", ["user_number", "pin", "signing_request", "passphrase"])
def test_hostile_text_in_any_field_gets_a_page(person, kind, name):
    fields = {"user_number": person.user_number, "pin": PIN, "signing_request": REQUEST, "passphrase": ""}
    text = HOSTILE[kind].encode(errors="surrogatepass").decode(errors="replace")
    answer = Client().post(ADDRESS, fields | {name: text})
    assert answer.status_code in ({200} if name != "passphrase" else {200, 409})
    assert "<script>alert" not in answer.content.decode(errors="replace")


def test_what_is_larger_than_any_upload_is_413_unread(person):
    answer = posted(person, signing_request=SimpleUploadedFile("groot.csr", b"x" * 1_100_000))
    assert answer.status_code == 413
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_405(method):
    assert getattr(Client(), method)(ADDRESS).status_code == 405


def test_without_an_authority_everybody_hears_the_same_before_any_pin_is_looked_at(person, settings):
    settings.PORTAL_ENVIRONMENT = "production"
    answers = {posted(person, pin=pin, passphrase=PASSPHRASE).status_code for pin in (PIN, WRONG_PIN)}
    assert answers == {503}
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("meanwhile", ["support_block", "removed"])
def test_what_changed_while_the_pin_was_looked_at_counts(person, monkeypatch, meanwhile):

    def happens(typed, **kwargs):
        account = check_secret(typed, **kwargs)
        if meanwhile == "support_block":
            factories.block(person, BlockReason.SUPPORT)
        else:
            type(person).objects.filter(pk=person.pk).update(state="removed")
        return account

    monkeypatch.setattr("certificates.services.installing.check_secret", happens)
    assert posted(person, passphrase=PASSPHRASE)["Content-Type"].startswith("text/html")
    assert not Certificate.objects.exists()


@pytest.mark.process
@pytest.mark.django_db(transaction=True)
def test_curl_and_openssl_install_at_a_really_running_portal(running_portal, software, openssl, chain_file, tmp_path):
    """As a supplier's script would: a key, a request, the page's token, one post."""
    making = ("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(*making, "-keyout", tmp_path / "own.key", "-subj", "/CN=software", "-out", tmp_path / "own.csr")
    page, jar = tmp_path / "page.html", tmp_path / "cookies"
    url = f"{running_portal.base_url}{ADDRESS}"
    subprocess.run(["curl", "-sf", "-c", jar, "-o", page, url], check=True)
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read_text())
    fields = [f"csrfmiddlewaretoken={token}", f"user_number={software.user_number}", f"pin={PIN}"]
    posting = [part for field in [*fields, f"signing_request=@{tmp_path / 'own.csr'}"] for part in ("-F", field)]
    subprocess.run(["curl", "-sf", "-b", jar, *posting, "-o", tmp_path / "own.pem", url], check=True)
    assert ": OK" in openssl("verify", "-CAfile", chain_file, tmp_path / "own.pem")
