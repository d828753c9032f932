"""Support reads certificates, revokes them, and makes new ones ready."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState
from blocking.choices import BlockReason
from certificates.choices import RevocationReason
from certificates.models import Certificate, Readiness
from certificates.services import make_ready, revoke_certificate
from tests import factories
from tests.certificates.conftest import kept

pytestmark = pytest.mark.django_db

READY = "/beheer/certificates/certificate/klaarzetten/"


@pytest.fixture
def certificate(noord_software, install):
    return kept(install(noord_software))


def page_of(certificate, act=""):
    return f"/beheer/certificates/certificate/{certificate.pk}/{act or 'change/'}"


def test_revoking_asks_for_a_reason_and_a_note(support, certificate):
    answer = support.get(page_of(certificate, "intrekken/"))
    assert "Intrekken is voorgoed" in answer.text
    for fields in ({}, {"reason": "key_compromise"}, {"reason": "niets", "note": "x"}, {"note": "x"}):
        assert support.post(page_of(certificate, "intrekken/"), fields).status_code == 200
    certificate.refresh_from_db()
    assert certificate.state == "installed"


def test_revoking_is_one_press_and_then_the_button_is_gone(support, sanne, certificate):
    assert "Certificaat intrekken" in support.get(page_of(certificate)).text
    fields = {"reason": "key_compromise", "note": "laptop gestolen"}
    answer = support.post(page_of(certificate, "intrekken/"), fields, follow=True)
    assert answer.redirect_chain == [(page_of(certificate), 303)]
    assert "is ingetrokken en wordt overal geweigerd" in answer.text
    certificate.refresh_from_db()
    assert (certificate.revoked_by, certificate.revocation_reason) == (sanne, RevocationReason.KEY_COMPROMISE)
    assert "Sleutel kwijt of gestolen" in answer.text
    assert "Certificaat intrekken</a>" not in answer.text


def test_revoking_twice_is_told(support, certificate):
    revoke_certificate(certificate, by=PORTAL, at=timezone.now(), reason=RevocationReason.CESSATION)
    answer = support.post(page_of(certificate, "intrekken/"), {"reason": "cessation", "note": "x"})
    assert answer.status_code == 409
    assert "al ingetrokken" in answer.text


def test_a_certificate_is_made_ready_from_the_accounts_page(support, sanne, noord_software, anja):
    own_page = f"/beheer/accounts/account/{noord_software.pk}/change/"
    assert f"{READY}?account={noord_software.pk}" in support.get(own_page).text
    answer = support.post(f"{READY}?account={noord_software.pk}", follow=True)
    assert answer.redirect_chain == [(own_page, 303)]
    assert Readiness.objects.get().made_ready_by == sanne
    assert "Certificaat klaargezet" in answer.text
    again = support.post(f"{READY}?account={noord_software.pk}")
    assert again.status_code == 409
    assert "al een certificaat klaar" in again.text


def test_for_who_is_not_active_it_is_told_why_not(support, noord, sanne):
    for account in (factories.account(noord, state=AccountState.ISSUED), sanne):
        answer = support.post(f"{READY}?account={account.pk}")
        assert answer.status_code == 409
        assert "alleen klaargezet voor een actief account" in answer.text


@pytest.mark.parametrize("account", ["", "0", "x", "99999999", "9" * 40])
def test_for_nobody_there_is_no_page(support, account):
    assert support.get(READY, {"account": account}).status_code == 404


def test_a_certificate_that_is_not_there_is_not_revoked(support):
    assert support.post("/beheer/certificates/certificate/999999/intrekken/").status_code == 404


@pytest.mark.parametrize("who", ["anja", "chris", "anna"])
def test_nobody_else_gets_in(client, request, certificate, noord_software, who):
    client.force_login(request.getfixturevalue(who))
    for address in (page_of(certificate), page_of(certificate, "intrekken/"), f"{READY}?account={noord_software.pk}"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"reason": "cessation", "note": "x"}).status_code == 403
    assert Certificate.objects.get().state == "installed"
    assert not Readiness.objects.open().exists()


def test_the_list_tells_where_each_stands(support, certificate, noord_software):
    assert "Geldig" in support.get("/beheer/certificates/certificate/").text
    factories.block(noord_software, BlockReason.SUPPORT)
    assert "Opgeschort" in support.get("/beheer/certificates/certificate/").text


def test_what_ends_soon_is_counted_as_work_until_it_is_replaced(support, noord_software, install):
    install(noord_software, at=timezone.now() - timedelta(days=710))
    page = support.get("/beheer/").text
    assert "certificaat dat binnenkort verloopt" in page
    listed = support.get("/beheer/certificates/certificate/", {"einde": "binnenkort"}).text
    assert noord_software.name in listed
    install(noord_software, ready=False)
    assert "certificaat dat binnenkort verloopt" not in support.get("/beheer/").text


def test_what_stands_ready_is_told_on_the_accounts_page(support, anna):
    own_page = f"/beheer/accounts/account/{anna.pk}/change/"
    assert "Certificaat klaargezet" not in support.get(own_page).text
    make_ready(anna, by=PORTAL, at=timezone.now())
    assert "Certificaat klaargezet" in support.get(own_page).text
