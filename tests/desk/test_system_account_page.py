"""The organisation's software: what blocks it, what it used, its certificates, and from where it may call."""

import re

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind, AccountState
from accounts.models import AuditEvent, RegisteredAddress
from accounts.services import authorise, register_address
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import SupportCase
from blocking.services.quota import set_quota
from certificates.models import Certificate
from certificates.services import make_ready
from tests import factories
from tests.desk.conftest import refusals, text_of

pytestmark = pytest.mark.django_db

PAGE = "/gebruikersbeheer/systeemcertificaten/"
ADDRESSES = f"{PAGE}adressen/"
PRINT = "ab12cd34" + "0" * 56


def removal(address):
    return f"{ADDRESSES}{address.public_id}/verwijderen/"


@pytest.fixture
def registered(noord_software):
    return register_address(noord_software, network="192.0.2.7", by=PORTAL, at=factories.a_moment_ago(), note="kantoor")


@pytest.fixture
def zuid_software(zuid):
    return factories.account(zuid, "Koppeling Zuid", kind=AccountKind.SYSTEM, email="")


@pytest.fixture
def certificate(noord_software):
    return Certificate.objects.create(
        account=noord_software,
        fingerprint=PRINT,
        subject="CN=declaratieserver",
        issuer="CN=Uitgever",
        serial="1",
        valid_from=factories.a_moment_ago(days=9),
        valid_until=factories.a_moment_ago(days=-300),
        registered_at=factories.a_moment_ago(days=9),
    )


@pytest.fixture
def in_use(noord_software, a_service):
    authorise(noord_software, service=a_service, by=PORTAL, at=timezone.now())
    set_quota(a_service, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=2000, by=PORTAL, at=timezone.now())
    factories.used(noord_software, a_service, 1500, client=PRINT)
    return noord_software


class TestWhatThePageTells:
    def test_facts_and_the_way_to_what_happened(self, signed_in, anja, noord_software, noord):
        page = signed_in(anja).get(PAGE)
        for told in (noord_software.name, noord_software.user_number, noord.agb_code, "Actief", "alleen Support op"):
            assert told in text_of(page)
        assert f"/gebruikersbeheer/accounts/{noord_software.public_id}/#geschiedenis" in page.content.decode()

    def test_services_with_their_quota_and_what_was_used(self, signed_in, anja, in_use, certificate):
        page = text_of(signed_in(anja).get(PAGE))
        assert "1.500 bevragingen, 75 % van het quotum van 2.000 per dag" in page
        assert "1.500 door certificaat met vingerafdruk ab12 cd34… (CN=declaratieserver)" in page
        assert PRINT not in page

    def test_usage_is_drawn_and_stands_in_a_table(self, signed_in, anja, in_use):
        page = signed_in(anja).get(PAGE).content.decode()
        assert "quotum 2.000 per dag" in page
        assert "<td>1.500</td>" in page
        assert re.search(
            r'<svg class="vp-chart__panel"[^>]*role="img"[^>]*aria-labelledby="gebruik-cov-uur-title"', page
        )

    def test_a_service_without_quota_or_usage_says_so(self, signed_in, anja, noord_software, a_service):
        authorise(noord_software, service=a_service, by=PORTAL, at=timezone.now())
        page = signed_in(anja).get(PAGE)
        assert "geen bevragingen geweest" in text_of(page)
        assert "vp-chart__panel" not in page.content.decode()

    def test_certificates_in_a_word(self, signed_in, anja, certificate):
        assert "declaratieserver ab12 cd34…" in text_of(signed_in(anja).get(PAGE))
        assert "Een ander gaf het uit: verleng het daar." in text_of(signed_in(anja).get(PAGE))
        assert "Geldig" in text_of(signed_in(anja).get(PAGE))
        for change, told in (
            ({"valid_until": factories.a_moment_ago(days=1)}, "Verlopen"),
            ({"state": "revoked"}, "Ingetrokken"),
        ):
            Certificate.objects.filter(pk=certificate.pk).update(**change)
            assert told in text_of(signed_in(anja).get(PAGE))

    def test_a_certificate_that_is_held_is_told_from_one_that_is_valid(
        self, signed_in, anja, noord_software, certificate
    ):
        factories.block(noord_software, BlockReason.SUPPORT)
        assert "Opgeschort" in text_of(signed_in(anja).get(PAGE))

    def test_what_stands_ready_and_how_it_is_installed(self, signed_in, anja, noord_software):
        assert "Er staat een certificaat klaar" not in text_of(signed_in(anja).get(PAGE))
        make_ready(noord_software, by=PORTAL, at=timezone.now())
        page = signed_in(anja).get(PAGE)
        assert "Er staat een certificaat klaar" in text_of(page)
        assert "/certificaat-installeren/" in page.content.decode()

    def test_a_quota_block_with_its_evidence_and_no_lift_button(
        self, signed_in, anja, noord_software, noord, a_service, settings
    ):
        facts = {"service": a_service, "client": PRINT, "quota_window": "day", "quota_limit": 2000}
        factories.block(noord_software, BlockReason.QUOTA, **facts)
        page = signed_in(anja).get(PAGE)
        told = (
            "Quotum overschreden",
            "2.000 bevragingen per dag",
            "Certificaat met vingerafdruk ab12 cd34…",
            "429 Too Many Requests",
            "alleen Support op",
            settings.PORTAL_SUPPORT_PHONE,
            noord.agb_code,
        )
        for words in told:
            assert words in text_of(page)
        assert "/opheffen/" not in page.content.decode()

    def test_support_is_asked_with_one_press(self, signed_in, anja, noord_software, a_service):
        block = factories.block(noord_software, BlockReason.QUOTA, service=a_service)
        ask = f"/gebruikersbeheer/blokkades/{block.public_id}/verzoek/"
        assert f'action="{ask}"' in signed_in(anja).get(PAGE).content.decode()
        browser = signed_in(anja)
        answer = browser.post(ask, {"terug": "systeemcertificaten"})
        assert (answer.status_code, answer["Location"]) == (303, PAGE)
        page = browser.get(PAGE)
        assert "is ingediend. Support kijkt ernaar" in text_of(page)
        assert "U hebt verzoek" in text_of(page)
        assert f'action="{ask}"' not in page.content.decode()

    def test_support_is_asked_about_a_pin_that_was_entered_wrongly(self, signed_in, anja, noord_software):
        block = factories.block(noord_software, BlockReason.PIN)
        browser, ask = signed_in(anja), f"/gebruikersbeheer/blokkades/{block.public_id}/verzoek/"
        assert f'action="{ask}"' in browser.get(PAGE).content.decode()
        assert browser.post(ask, {"terug": "systeemcertificaten"})["Location"] == PAGE
        case = SupportCase.objects.get()
        assert (case.block, case.account, case.opened_by) == (block, noord_software, anja)

    def test_where_there_is_no_system_account_it_says_so(self, signed_in, anja):
        page = text_of(signed_in(anja).get(PAGE))
        assert "Nog geen systeemaccount" in page
        assert "Adres toevoegen" not in page

    def test_a_removed_one_is_none(self, signed_in, anja, noord):
        factories.account(noord, "Oude koppeling", kind=AccountKind.SYSTEM, state=AccountState.REMOVED, email="")
        assert "Nog geen systeemaccount" in text_of(signed_in(anja).get(PAGE))

    def test_the_menu_leads_there(self, signed_in, anja):
        page = signed_in(anja).get("/gebruikersbeheer/").content.decode()
        assert f'href="{PAGE}"' in page
        here = signed_in(anja).get(PAGE).content.decode()
        assert here.count("aria-current") == 1
        assert f'href="{PAGE}" aria-current="page"' in here


class TestAddresses:
    @pytest.mark.parametrize(
        ("network", "kept", "told"),
        [
            ("198.51.100.7", "198.51.100.7/32", "198.51.100.7 is toegevoegd"),
            ("198.51.100.7/24", "198.51.100.0/24", "198.51.100.0/24 is toegevoegd"),
            ("2001:db8::7", "2001:db8::7/128", "2001:db8::7 is toegevoegd"),
            ("::ffff:198.51.100.7", "198.51.100.7/32", "198.51.100.7 is toegevoegd"),
        ],
    )
    def test_one_is_added_and_logged(self, signed_in, anja, noord, noord_software, network, kept, told):
        answer = signed_in(anja).post(ADDRESSES, {"network": network, "note": "server"}, follow=True)
        assert answer.redirect_chain == [(PAGE, 303)]
        assert told in text_of(answer)
        made = RegisteredAddress.objects.get()
        assert (made.account, made.network, made.note, made.registered_by) == (noord_software, kept, "server", anja)
        event = AuditEvent.objects.get(slug="account:address:registered")
        assert (event.actor, event.on_behalf_of, event.parameters["network"]) == (anja, noord, kept)

    @pytest.mark.parametrize("network", ["", "x", "10.0.0.0/15", "2001:db8::/31", "192.0.2.300", "\x00", "<b>"])
    def test_what_is_none_is_told_at_the_field_and_stays(self, signed_in, anja, noord_software, network):
        answer = signed_in(anja).post(ADDRESSES, {"network": network, "note": "server"})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'id="id_network_error"' in page
        assert 'value="server"' in page
        assert "<title>Fout: " in page
        assert not RegisteredAddress.objects.exists()

    def test_a_note_that_is_too_long_is_told(self, signed_in, anja, noord_software):
        answer = signed_in(anja).post(ADDRESSES, {"network": "192.0.2.8", "note": "x" * 101})
        assert 'id="id_note_error"' in answer.content.decode()

    def test_one_that_is_there_is_refused(self, signed_in, anja, registered):
        answer = signed_in(anja).post(ADDRESSES, {"network": "192.0.2.7/32"})
        assert answer.status_code == 409
        assert "staat al geregistreerd" in text_of(answer)
        assert RegisteredAddress.objects.count() == 1

    def test_removing_asks_first_and_then_does_it(self, signed_in, anja, registered):
        assert removal(registered) in signed_in(anja).get(PAGE).content.decode()
        question = text_of(signed_in(anja).get(removal(registered)))
        assert "192.0.2.7 verwijderen?" in question
        assert "Dit is het enige adres" in question
        assert RegisteredAddress.objects.exists()
        answer = signed_in(anja).post(removal(registered), follow=True)
        assert answer.redirect_chain == [(PAGE, 303)]
        assert "192.0.2.7 is verwijderd" in text_of(answer)
        assert not RegisteredAddress.objects.exists()
        assert AuditEvent.objects.get(slug="account:address:removed").actor == anja
        assert signed_in(anja).post(removal(registered)).status_code == 404

    def test_without_one_the_page_says_what_happens(self, signed_in, anja, noord_software):
        assert "Er is nog geen adres geregistreerd" in text_of(signed_in(anja).get(PAGE))


class TestWhoMay:
    def test_chris_sees_nothing_of_noord(self, signed_in, chris, in_use, registered, certificate):
        page = text_of(signed_in(chris).get(PAGE))
        for hidden in ("Koppeling Noord", "192.0.2.7", "declaratieserver", in_use.user_number):
            assert hidden not in page

    @pytest.mark.parametrize("has_own", [True, False])
    def test_chris_removes_nothing_of_noord(self, signed_in, chris, registered, request, has_own):
        if has_own:
            request.getfixturevalue("zuid_software")
        for answer in (signed_in(chris).get(removal(registered)), signed_in(chris).post(removal(registered))):
            assert answer.status_code == 404
        assert RegisteredAddress.objects.exists()
        assert [event.account for event in refusals("account:page:refused")] == [registered.account] * 2

    def test_chris_adds_to_his_own_software_alone(self, signed_in, chris, noord_software, zuid_software):
        signed_in(chris).post(ADDRESSES, {"network": "192.0.2.9", "account": noord_software.pk})
        assert RegisteredAddress.objects.get().account == zuid_software

    def test_who_has_no_software_adds_nothing(self, signed_in, chris, noord_software):
        assert signed_in(chris).post(ADDRESSES, {"network": "192.0.2.9"}).status_code == 404
        assert not RegisteredAddress.objects.exists()

    @pytest.mark.parametrize("who", ["anna", "dirk", "sanne"])
    def test_nobody_else_comes_in(self, signed_in, request, registered, who):
        browser = signed_in(request.getfixturevalue(who))
        assert browser.get(PAGE).status_code == 403
        assert browser.post(ADDRESSES, {"network": "192.0.2.9"}).status_code == 403
        assert browser.post(removal(registered)).status_code == 403
        assert RegisteredAddress.objects.count() == 1

    def test_a_mandate_that_ended_gives_nothing(self, signed_in, noord, registered):
        former = factories.account(noord, "Frits Voormalig")
        factories.mandate(former, valid_until=factories.a_moment_ago(seconds=1))
        assert signed_in(former).get(PAGE).status_code == 403
        assert signed_in(former).post(removal(registered)).status_code == 403

    @pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
    def test_an_address_that_is_not_there_is_not_found(self, signed_in, anja, noord_software, pk):
        assert signed_in(anja).post(f"{ADDRESSES}{pk}/verwijderen/").status_code == 404

    def test_a_get_adds_nothing(self, signed_in, anja, noord_software):
        assert signed_in(anja).get(ADDRESSES, {"network": "192.0.2.9"}).status_code == 405
        assert not RegisteredAddress.objects.exists()


def test_the_page_costs_the_same_however_much_there_is(signed_in, anja, in_use, a_service, registered, query_counter):
    browser = signed_in(anja)

    def measured():
        with query_counter() as queries:
            browser.get(PAGE)
        return len(queries)

    before = measured()
    for number in range(20):
        register_address(in_use, network=f"198.51.100.{number}", by=factories.by(anja), at=timezone.now())
        factories.used(in_use, a_service, 1, client=f"192.0.2.{number}")
    assert measured() == before


def test_an_address_is_named_by_no_number_of_a_row(signed_in, anja, registered):
    browser = signed_in(anja)
    assert f"/{registered.public_id}/verwijderen/" in browser.get(PAGE).content.decode()
    assert browser.get(f"{ADDRESSES}{registered.pk}/verwijderen/").status_code == 404
