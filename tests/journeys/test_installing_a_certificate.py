"""A certificate is installed: by the supplier of the software with a signing request, by a person with a passphrase."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from certificates.services import make_ready
from tests.certificates.conftest import chain_file, openssl, signing_request
from tests.factories import WRONG_PIN
from tests.journeys.installing import BY_CHOOSING, BY_PASTING, INSTALL, PASSPHRASE

__all__ = ["chain_file", "openssl"]

WORDS = "vier woorden in een bestand"


@pytest.fixture
def ready(anna, noord_software):
    for account in (anna, noord_software):
        make_ready(account, by=PORTAL, at=timezone.now())


def test_a_supplier_pastes_a_request_and_takes_the_certificate_home(
    at_screen, ready, noord_software, tmp_path, openssl, chain_file
):
    """Wrong first, as it goes: a private key instead of a request, then a wrong PIN, then all of it right."""
    supplier = at_screen(noord_software)
    supplier.writes_number_and_pin()
    supplier.hands.write(supplier.field(BY_PASTING), "-----BEGIN PRIVATE KEY-----")
    supplier.presses("Certificaat installeren")
    supplier.is_refused_the_certificate()
    supplier.sees("Dit bestand bevat een geheime sleutel")
    supplier.writes_number_and_pin(WRONG_PIN)
    supplier.hands.write(supplier.field(BY_PASTING), signing_request().decode())
    supplier.presses("Certificaat installeren")
    supplier.is_refused_the_certificate()
    supplier.writes_number_and_pin()
    certificate = supplier.takes_the_file_home(tmp_path)
    assert certificate.name == "certificaat.pem"
    assert ": OK" in openssl("verify", "-CAfile", chain_file, certificate)


def test_a_supplier_chooses_the_file_of_a_request(at_screen, ready, noord_software, tmp_path, openssl, chain_file):
    supplier = at_screen(noord_software)
    supplier.writes_number_and_pin()
    request = tmp_path / "aanvraag.csr"
    request.write_bytes(signing_request())
    supplier.field(BY_CHOOSING).set_input_files(request)
    assert ": OK" in openssl("verify", "-CAfile", chain_file, supplier.takes_the_file_home(tmp_path))


def test_a_person_takes_a_file_home_that_only_the_passphrase_opens(at_screen, ready, anna, tmp_path, openssl):
    her = at_screen(anna)
    her.writes_number_and_pin()
    her.presses("Certificaat installeren")
    her.sees("Kies één van de twee")
    her.writes_number_and_pin()
    her.hands.write(her.field(PASSPHRASE), WORDS)
    file = her.takes_the_file_home(tmp_path)
    assert file.name == "certificaat.p12"
    assert "BEGIN PRIVATE KEY" in openssl("pkcs12", "-in", file, "-passin", f"pass:{WORDS}", "-nodes")
    her.goes_to(INSTALL)
    her.writes_number_and_pin()
    her.hands.write(her.field(PASSPHRASE), WORDS)
    her.presses("Certificaat installeren")
    her.sees("Er staat voor dit account geen certificaat klaar")


def test_five_wrong_pins_block_and_the_message_says_so(at_screen, ready, anja, anna):
    her = at_screen(anna)
    for _ in range(5):
        her.writes_number_and_pin(WRONG_PIN)
        her.hands.write(her.field(PASSPHRASE), WORDS)
        her.presses("Certificaat installeren")
        her.is_refused_the_certificate()
    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message("Pincode geblokkeerd: Anna de Boer")
