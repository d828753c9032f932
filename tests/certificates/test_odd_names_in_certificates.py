"""Certificates and requests whose names hold what no name should: a sentence, never an error of ours."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from accounts.models import AuditEvent
from certificates.environments import environment_of
from certificates.refusals import NoSigningRequest
from certificates.signing_requests import read_signing_request
from tests.certificates.conftest import signing_request
from tests.certificates.proxied import PROXY, browser_with
from tests.factories import PASSWORD
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR
from tests.gate.client_certificates import client_certificate
from tests.second_factors import with_app

NAME = "vreemd"
TEXT, BITS = b"\x0c\x06", b"\x03\x06"
DNS_NAME, OTHER_KINDS = b"\x82\x04", (b"\xa3\x04", b"\xa5\x04")


@pytest.fixture
def with_bits_for_a_name():
    """What stands where its holder's name belongs is no text."""
    der = client_certificate(NAME).der
    return x509.load_der_x509_certificate(der.replace(TEXT + NAME.encode(), BITS + b"\x00reemd"))


def test_it_is_of_no_environment(with_bits_for_a_name):
    assert environment_of(with_bits_for_a_name) is None


@pytest.mark.django_db
def test_a_person_who_shows_it_hears_that_it_is_not_theirs(anna, settings, with_bits_for_a_name):
    settings.PORTAL_TRUSTED_PROXIES, settings.PORTAL_CERTIFICATE_SIGN_IN = PROXY, "first_factor"
    with_app(anna)
    browser = browser_with(with_bits_for_a_name)
    browser.post(SIGN_IN, {"user_number": anna.user_number, "password": PASSWORD})
    assert browser.post(SIGN_IN_FACTOR, {"means": "certificate"}).status_code == 200
    assert AuditEvent.objects.filter(slug="account:factor:failed").latest("pk").parameters["code"] == (
        "not_your_certificate"
    )


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_request_with_a_name_of_a_kind_that_nobody_uses_is_refused(kind):
    names = x509.SubjectAlternativeName([x509.DNSName("a.nl")])
    pem = signing_request(extensions=(names,))
    der = x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER)
    odd = der.replace(DNS_NAME + b"a.nl", kind + b"\x30\x02\x05\x00")
    assert odd != der
    with pytest.raises(NoSigningRequest):
        read_signing_request(odd)
