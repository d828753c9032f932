"""What is revoked or held stands on the list at once, and OCSP says the same; a really running openssl agrees."""

from __future__ import annotations

import base64
from datetime import timedelta
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account
from accounts.services import announce_change
from blocking.choices import BlockReason
from blocking.services import lift_by_break_glass, open_block
from certificates.authority import authority
from certificates.choices import RevocationReason
from certificates.models import RevocationList
from certificates.services import publish, revoke_certificate
from certificates.tasks import publish as hourly
from tests.certificates.conftest import as_pem, kept, parsed

pytestmark = pytest.mark.django_db(transaction=True)


def address(ending="crl"):
    return f"/crl/{authority().name}.{ending}"


def listed():
    """Serial number and reason of everything on the list that is served."""
    answer = Client().get(address())
    assert answer.status_code == 200
    signed = x509.load_der_x509_crl(answer.content)
    assert signed.is_signature_valid(authority().chain[0].public_key())  # type: ignore[arg-type]
    reasons = {each.serial_number: each.extensions.get_extension_for_class(x509.CRLReason) for each in signed}
    return {serial: reason.value.reason for serial, reason in reasons.items()}


def asked_about(certificate, *, nonce=None, issuer=None):
    begun = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer or authority().chain[0], hashes.SHA1())  # noqa: S303
    if nonce:
        begun = begun.add_extension(x509.OCSPNonce(nonce), critical=False)
    return begun.build().public_bytes(Encoding.DER)


def answered(der, **headers):
    answer = Client(enforce_csrf_checks=True).post("/ocsp/", der, content_type="application/ocsp-request", **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ocsp-response"
    return ocsp.load_der_ocsp_response(answer.content)


def status_of(certificate):
    return answered(asked_about(certificate)).certificate_status


def revoke(handed, reason=RevocationReason.KEY_COMPROMISE):
    revoke_certificate(handed.certificate, by=PORTAL, at=timezone.now(), reason=reason)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (RevocationReason.KEY_COMPROMISE, x509.ReasonFlags.key_compromise),
        (RevocationReason.SUPERSEDED, x509.ReasonFlags.superseded),
        (RevocationReason.CESSATION, x509.ReasonFlags.cessation_of_operation),
        (RevocationReason.PRIVILEGE_WITHDRAWN, x509.ReasonFlags.privilege_withdrawn),
    ],
)
def test_what_is_revoked_stands_on_the_list_at_once(noord_software, install, reason, told):
    handed = install(noord_software)
    assert listed() == {}
    revoke(handed, reason)
    assert listed() == {parsed(handed).serial_number: told}


def test_it_is_held_while_a_block_by_support_is_open_and_only_then(noord_software, install):
    handed = install(noord_software)
    block = open_block(noord_software, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    assert block
    assert listed() == {parsed(handed).serial_number: x509.ReasonFlags.certificate_hold}
    assert status_of(parsed(handed)) == ocsp.OCSPCertStatus.REVOKED
    lift_by_break_glass(block, reason="in een test", by_name="Sanne", at=timezone.now())
    assert listed() == {}
    assert status_of(parsed(handed)) == ocsp.OCSPCertStatus.GOOD


def test_another_block_holds_nothing(anna, install):
    handed = install(anna)
    open_block(anna, reason=BlockReason.PASSWORD, by=PORTAL, at=timezone.now())
    assert listed() == {}
    assert status_of(parsed(handed)) == ocsp.OCSPCertStatus.GOOD


def test_a_removed_accounts_certificates_are_revoked_at_once(anna, install):
    handed = install(anna)
    Account.objects.filter(pk=anna.pk).update(state=AccountState.REMOVED)
    announce_change([anna.pk])
    assert listed() == {parsed(handed).serial_number: x509.ReasonFlags.privilege_withdrawn}


def test_what_expired_is_left_out_and_numbers_rise(noord_software, install):
    handed = install(noord_software, at=timezone.now() - timedelta(days=700))
    revoke(handed)
    first = RevocationList.objects.get()
    assert listed()
    publish(authority(), at=kept(handed).valid_until)
    assert listed() == {}
    assert RevocationList.objects.get().number == first.number + 1


def test_the_hourly_task_signs_anew_though_nothing_changed(noord_software, install):
    listed()
    first = RevocationList.objects.get()
    hourly()
    assert RevocationList.objects.get().number == first.number + 1


def test_a_list_that_nobody_signed_anew_for_a_day_is_signed_on_asking():
    listed()
    RevocationList.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    Client().get(address())
    assert RevocationList.objects.get().number == 2


def test_the_list_may_be_kept_for_some_minutes_and_is_asked_for_conditionally():
    answer = Client().get(address())
    assert answer["Content-Type"] == "application/pkix-crl"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer
    again = Client().get(address(), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(address()).status_code == 200
    assert Client().post(address()).status_code == 405


@pytest.mark.parametrize("path", ["/crl/elders.crl", "/crl/elders.cer", "/crl/.crl", "/crl/a/b.crl"])
def test_another_authoritys_list_is_not_here(path):
    assert Client().get(path).status_code == 404


def test_the_certificate_that_signs_can_be_fetched():
    answer = Client().get(address("cer"))
    assert answer["Content-Type"] == "application/pkix-cert"
    assert x509.load_der_x509_certificate(answer.content) == authority().chain[0]


# --- OCSP ---------------------------------------------------------------------------------------------------------


def test_good_revoked_and_unknown(noord_software, install, tmp_path):
    handed = install(noord_software)
    assert status_of(parsed(handed)) == ocsp.OCSPCertStatus.GOOD
    revoke(handed)
    answer = answered(asked_about(parsed(handed)))
    assert answer.certificate_status == ocsp.OCSPCertStatus.REVOKED
    assert answer.revocation_reason == x509.ReasonFlags.key_compromise
    never_issued = authority().chain[0]
    assert status_of(never_issued) == ocsp.OCSPCertStatus.UNKNOWN


def test_a_number_of_another_issuer_is_unknown(noord_software, install):
    handed = install(noord_software)
    other = authority().chain[1]
    answer = answered(asked_about(parsed(handed), issuer=other))
    assert answer.certificate_status == ocsp.OCSPCertStatus.UNKNOWN


def test_the_nonce_comes_back(noord_software, install):
    handed = install(noord_software)
    answer = answered(asked_about(parsed(handed), nonce=b"n" * 32))
    assert answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"n" * 32


@pytest.mark.parametrize("size", [129, 1000])
def test_a_nonce_that_is_too_long_is_malformed(noord_software, install, size):
    asked = asked_about(parsed(install(noord_software)), nonce=b"n" * size)
    assert answered(asked).response_status == ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_it_may_be_asked_by_get_and_then_kept_for_a_minute(noord_software, install):
    der = asked_about(parsed(install(noord_software)))
    answer = Client().get("/ocsp/" + quote(base64.b64encode(der).decode(), safe=""))
    told = ocsp.load_der_ocsp_response(answer.content)
    assert told.certificate_status == ocsp.OCSPCertStatus.GOOD
    assert answer["Cache-Control"] == "public, max-age=60"
    assert told.next_update_utc == told.this_update_utc + timedelta(hours=1)


@pytest.mark.parametrize("asked", ["", "!", "AAAA", "%00", "a" * 6000, "MEI/", "..%2f.."])
def test_what_cannot_be_read_is_answered_in_ocsp(asked):
    answer = Client().get(f"/ocsp/{asked}")
    told = ocsp.load_der_ocsp_response(answer.content)
    assert told.response_status == ocsp.OCSPResponseStatus.MALFORMED_REQUEST


@settings(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.binary(max_size=300))
def test_anything_at_all_is_answered_in_ocsp(asked):
    assert answered(asked).response_status == ocsp.OCSPResponseStatus.MALFORMED_REQUEST


DER = asked_about(authority().chain[0], nonce=b"n" * 16)


@settings(max_examples=400, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.integers(0, len(DER) - 1), st.binary(min_size=1, max_size=4))
def test_a_question_that_was_spoilt_anywhere_is_answered(place, put_in):
    answered(DER[:place] + put_in + DER[place + len(put_in) :])


def test_other_methods_are_405():
    for method in ("put", "delete", "patch"):
        assert getattr(Client(), method)("/ocsp/").status_code == 405


@pytest.mark.process
def test_openssl_asks_a_really_running_portal(running_portal, noord_software, install, openssl, chain_file, tmp_path):
    handed = install(noord_software)
    (tmp_path / "leaf.pem").write_bytes(as_pem(parsed(handed)))
    (tmp_path / "issuer.pem").write_bytes(as_pem(authority().chain[0]))
    asking = ("-issuer", tmp_path / "issuer.pem", "-cert", tmp_path / "leaf.pem", "-CAfile", chain_file)
    at_the_portal = ("-url", f"{running_portal.base_url}/ocsp/")
    for more in ((), ("-no_nonce",), ("-sha256",)):
        told = openssl("ocsp", *more, *asking, *at_the_portal)
        assert "Response verify OK" in told
        assert "leaf.pem: good" in told
    revoke(handed)
    told = openssl("ocsp", *asking, *at_the_portal)
    assert "leaf.pem: revoked" in told
    assert "keyCompromise" in told
