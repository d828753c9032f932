"""What a contact person sees of and does about certificates of the organisation's software."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.choices import AccountKind, Means
from accounts.models import AuditEvent
from blocking.choices import BlockReason
from certificates.choices import RevocationReason
from certificates.models import Certificate, Readiness
from certificates.services import make_ready
from messagebox.models import Message
from tests import factories
from tests.certificates.conftest import install, kept
from tests.desk.conftest import refusals, text_of
from tests.fixtures_signing_in import showed

__all__ = ["install"]

pytestmark = pytest.mark.django_db

PAGE = "/gebruikersbeheer/systeemcertificaten/"
PREPARE = f"{PAGE}klaarzetten/"
BOTH = (Means.PASSWORD, Means.ONE_TIME_CODE)
LOST = {"reason": "key_compromise", "note": "server gestolen"}


def revoking(certificate):
    return f"{PAGE}{certificate.public_id}/intrekken/"


def installed_before(install, account, days):
    return kept(install(account, at=timezone.now() - timedelta(days=days)))


def day(moment):
    return date_format(timezone.localtime(moment), "j F Y")


@pytest.fixture
def certificate(noord_software, install):
    return kept(install(noord_software))


@pytest.fixture
def page(signed_in, anja):
    return lambda: text_of(signed_in(anja).get(PAGE))


def test_whoever_is_told_of_one_withdraws_it_at_once(signed_in, anja, certificate):
    told = Message.objects.get(kind="certificates:certificate_installed")
    text = text_of(signed_in(anja).get(f"/berichtenbox/{told.public_id}/"))
    assert "Trek het certificaat dan meteen in, bij Systeemcertificaten" in text


class TestWhereEachStands:
    def test_in_use_and_from_when_it_is_renewed(self, page, certificate):
        end = certificate.valid_until
        assert f"Werkt tot {day(end)}. Verlengen kan vanaf {day(end - timedelta(days=30))}." in page()

    def test_to_be_renewed(self, page, install, noord_software):
        certificate = installed_before(install, noord_software, 710)
        assert f"Werkt tot {day(certificate.valid_until)}. Verleng het voor die dag." in page()

    def test_renewed_already(self, page, install, noord_software):
        installed_before(install, noord_software, 710)
        install(noord_software, ready=False)
        assert "Er is een nieuwer certificaat: stap over voor die dag." in page()
        assert "Verleng het voor die dag." not in page()
        assert "te verlengen" not in page()

    def test_the_holder_by_name(self, page, certificate):
        assert "Koppeling Noord" in page()
        assert certificate.subject not in page()

    def test_expired_and_until_when_it_is_installed_again(self, page, install, noord_software):
        certificate = installed_before(install, noord_software, 735)
        again = day(certificate.valid_until + timedelta(days=20))
        assert f"sinds {day(certificate.valid_until)}. Opnieuw installeren kan tot {again}." in page()

    def test_lapsed(self, page, install, noord_software):
        installed_before(install, noord_software, 760)
        assert "Er moet een nieuw certificaat worden klaargezet." in page()

    def test_held(self, page, certificate, noord_software):
        factories.block(noord_software, BlockReason.SUPPORT)
        assert f"Daarna werkt het weer, tot {day(certificate.valid_until)}." in page()
        assert "Zolang Support dit account blokkeert" in page()

    def test_revoked(self, page, signed_in, anja, certificate):
        signed_in(anja).post(revoking(certificate), LOST)
        assert f"Ingetrokken op {day(timezone.now())}: sleutel kwijt of gestolen. Het werkt nooit meer." in page()

    def test_ready_until_when(self, page, noord_software):
        ready = make_ready(noord_software, by=factories.by(), at=timezone.now())
        assert f"vóór {date_format(timezone.localtime(ready.ends_at), 'j F Y')}." in page()

    def test_nothing_yet(self, page, noord_software):
        assert "Het eerste certificaat zet Support voor u klaar" in page()
        assert "Klaarzetten voor herinstallatie" not in page()

    def test_how_to_renew_and_to_keep_a_copy(self, page, certificate):
        assert "wij hebben er geen kopie van" in page()
        assert "tot 20 dagen na het einde" in page()


class TestRevoking:
    def test_it_asks_first(self, signed_in, anja, certificate):
        browser = signed_in(anja)
        assert f'href="{revoking(certificate)}"' in browser.get(PAGE).content.decode()
        question = text_of(browser.get(revoking(certificate)))
        assert "Intrekken is voorgoed." in question
        assert Certificate.objects.get().state == "installed"

    def test_then_it_is_done_at_once_told_and_written_down(self, signed_in, anja, noord, certificate):
        answer = signed_in(anja).post(revoking(certificate), LOST, follow=True)
        assert answer.redirect_chain == [(PAGE, 303)]
        assert "wordt overal geweigerd" in text_of(answer)
        certificate.refresh_from_db()
        assert (certificate.state, certificate.revoked_by) == ("revoked", anja)
        event = AuditEvent.objects.get(slug="account:certificate:revoked")
        assert (event.actor, event.on_behalf_of, event.parameters["note"]) == (anja, noord, "server gestolen")
        assert Message.objects.filter(kind="certificates:certificate_revoked", organisation=noord).count() == 1
        assert f'href="{revoking(certificate)}"' not in signed_in(anja).get(PAGE).content.decode()

    @pytest.mark.parametrize("reason", ["", "x", RevocationReason.SUPERSEDED, RevocationReason.PRIVILEGE_WITHDRAWN])
    def test_only_for_a_reason_that_a_contact_person_has(self, signed_in, anja, certificate, reason):
        answer = signed_in(anja).post(revoking(certificate), {"reason": reason, "note": "y"})
        assert answer.status_code == 200
        assert 'id="id_reason_error"' in answer.content.decode()
        assert Certificate.objects.get().state == "installed"

    def test_a_note_that_is_too_long_is_told(self, signed_in, anja, certificate):
        answer = signed_in(anja).post(revoking(certificate), {"reason": "cessation", "note": "x" * 501})
        assert 'id="id_note_error"' in answer.content.decode()

    def test_twice_is_told(self, signed_in, anja, certificate):
        browser = signed_in(anja)
        browser.post(revoking(certificate), LOST)
        assert browser.post(revoking(certificate), LOST).status_code == 409

    def test_a_factor_is_asked_and_what_was_chosen_waits(self, signed_in, anja, certificate):
        browser = signed_in(anja)
        showed(browser, *BOTH, at=timezone.now() - timedelta(minutes=16))
        answer = browser.post(revoking(certificate), LOST)
        assert answer["Location"].startswith("/bevestigen/")
        assert Certificate.objects.get().state == "installed"
        showed(browser, *BOTH)
        page = browser.get(revoking(certificate)).content.decode()
        assert "server gestolen" in page


class TestMakingReadyAgain:
    def test_it_asks_first_and_then_it_stands_ready(self, signed_in, anja, noord, noord_software, certificate):
        browser = signed_in(anja)
        assert f'href="{PREPARE}"' in browser.get(PAGE).content.decode()
        Readiness.objects.all().delete()
        assert "werkt door tot het nieuwe certificaat is geïnstalleerd" in text_of(browser.get(PREPARE))
        assert not Readiness.objects.exists()
        assert browser.post(PREPARE)["Location"] == PAGE
        assert Readiness.objects.open().get().made_ready_by == anja
        event = AuditEvent.objects.filter(slug="account:certificate:made_ready").latest("pk")
        assert (event.actor, event.on_behalf_of, event.account) == (anja, noord, noord_software)

    def test_after_a_loss_too(self, signed_in, anja, install, noord_software, certificate):
        browser = signed_in(anja)
        browser.post(revoking(certificate), LOST)
        assert browser.post(PREPARE).status_code == 303
        assert kept(install(noord_software, ready=False)).state == "installed"

    def test_not_twice(self, signed_in, anja, certificate):
        browser = signed_in(anja)
        browser.post(PREPARE)
        assert browser.get(PREPARE).status_code == 409
        assert browser.post(PREPARE).status_code == 409

    def test_not_the_first_one(self, signed_in, anja, noord_software):
        answer = signed_in(anja).post(PREPARE)
        assert answer.status_code == 409
        assert "zet Support klaar" in text_of(answer)
        assert not Readiness.objects.exists()
        assert [event.parameters["code"] for event in refusals("account:certificate_ready:refused")] == [
            "none_installed_yet"
        ]

    def test_not_while_support_blocks(self, signed_in, anja, noord_software, certificate):
        factories.block(noord_software, BlockReason.SUPPORT)
        assert signed_in(anja).post(PREPARE).status_code == 403
        assert not Readiness.objects.open().exists()

    def test_a_factor_is_asked(self, signed_in, anja, certificate):
        browser = signed_in(anja)
        showed(browser, *BOTH, at=timezone.now() - timedelta(minutes=16))
        assert browser.post(PREPARE)["Location"].startswith("/bevestigen/")
        assert not Readiness.objects.open().exists()


class TestWhoMay:
    @pytest.mark.parametrize("has_own", [True, False])
    def test_chris_finds_nothing_of_noord(self, signed_in, chris, zuid, certificate, has_own):
        if has_own:
            factories.account(zuid, "Koppeling Zuid", kind=AccountKind.SYSTEM, email="")
        browser = signed_in(chris)
        for answer in (browser.get(revoking(certificate)), browser.post(revoking(certificate), LOST)):
            assert answer.status_code == 404
        assert Certificate.objects.get().state == "installed"
        assert [event.account for event in refusals("account:page:refused")] == [certificate.account] * 2

    def test_chris_makes_nothing_ready_for_noord(self, signed_in, chris, certificate):
        assert signed_in(chris).post(PREPARE).status_code == 404
        assert not Readiness.objects.open().exists()

    def test_a_colleagues_own_certificate_is_none_of_the_software(self, signed_in, anja, anna, noord_software, install):
        own = kept(install(anna))
        assert signed_in(anja).post(revoking(own), LOST).status_code == 404

    @pytest.mark.parametrize("who", ["anna", "dirk", "sanne"])
    def test_nobody_else_comes_in(self, signed_in, request, certificate, who):
        browser = signed_in(request.getfixturevalue(who))
        for address in (revoking(certificate), PREPARE):
            assert browser.get(address).status_code == 403
            assert browser.post(address, LOST).status_code == 403

    def test_one_that_is_not_there(self, signed_in, anja, noord_software):
        assert signed_in(anja).get(f"{PAGE}{uuid4()}/intrekken/").status_code == 404


def test_the_page_costs_the_same_however_many_there_are(signed_in, anja, install, noord_software, query_counter):
    install(noord_software)
    browser = signed_in(anja)

    def measured():
        with query_counter() as queries:
            browser.get(PAGE)
        return len(queries)

    before = measured()
    for _ in range(5):
        install(noord_software)
    assert measured() == before
