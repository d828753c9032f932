"""One account: what blocks it on top, who lifts that and how, facts, services, and what happened."""

import re

import pytest

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Authorisation
from accounts.services import record
from blocking.choices import BlockReason
from tests import factories
from tests.desk.conftest import account_address, lift_address, lifted, text_of

pytestmark = pytest.mark.django_db


def test_an_open_block_is_told_in_plain_words(signed_in, anja, anna):
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    block = factories.block(anna)
    type(block).objects.filter(pk=block.pk).update(user_agent=windows)
    page = text_of(signed_in(anja).get(account_address(anna)))

    for told in ("Wachtwoord geblokkeerd", "5 keer", "Firefox op Windows", "192.0.2.7"):
        assert told in page
    assert "Gecko" not in page


def test_a_quota_block_tells_which_software_asked(signed_in, anja, anna, a_service):
    factories.block(anna, BlockReason.QUOTA, service=a_service, client="declaratiepakket")
    page = text_of(signed_in(anja).get(account_address(anna)))

    assert "Software declaratiepakket" in page
    assert "Op de pagina" not in page


def test_who_may_lift_has_a_button_and_no_way_out_to_support(signed_in, anja, anna, blocked, settings):
    page = signed_in(anja).get(account_address(anna))

    assert lift_address(blocked) in page.content.decode()
    assert "Noem daarbij" not in text_of(page)


@pytest.mark.parametrize("reason", [BlockReason.SUPPORT, BlockReason.QUOTA])
def test_who_may_not_reads_who_can_and_what_to_quote(signed_in, anja, anna, noord, a_service, settings, reason):
    factories.block(anna, reason, service=a_service if reason == BlockReason.QUOTA else None)
    page = signed_in(anja).get(account_address(anna))

    assert "/opheffen/" not in page.content.decode()
    told = (
        "heft alleen Support op",
        settings.PORTAL_SUPPORT_PHONE,
        settings.PORTAL_SUPPORT_EMAIL,
        noord.agb_code,
        anna.user_number,
    )
    for words in told:
        assert words in text_of(page)


def test_ones_own_account_says_who_else_can(signed_in, anja, blocked):
    own = factories.block(anja)
    page = signed_in(anja).get(account_address(anja))

    assert lift_address(own) not in page.content.decode()
    assert "Een andere contactpersoon" in text_of(page)


def test_the_system_account_has_a_page_that_says_only_support(signed_in, anja, noord_software, noord):
    factories.block(noord_software, BlockReason.PIN)
    page = text_of(signed_in(anja).get(account_address(noord_software)))

    assert "heft alleen Support op" in page
    assert noord_software.user_number in page
    assert noord.agb_code in page


def test_the_system_account_says_so_before_anything_is_blocked(signed_in, anja, noord_software, settings):
    page = text_of(signed_in(anja).get(account_address(noord_software)))

    assert "heft alleen Support op" in page
    assert settings.PORTAL_SUPPORT_PHONE in page


def test_facts_and_services(signed_in, anja, anna, a_service):
    Authorisation.objects.create(account=anna, service=a_service, granted_at=factories.a_moment_ago(days=3))
    page = text_of(signed_in(anja).get(account_address(anna)))

    for told in (anna.user_number, anna.email, "Actief", "Nog nooit", "Controle op verzekering"):
        assert told in page


def test_never_a_pin_and_never_a_hash(signed_in, anja, anna):
    page = signed_in(anja).get(account_address(anna)).content.decode()

    assert factories.PIN not in page
    assert "argon2" not in page


def test_a_removed_account_still_has_its_history(signed_in, anja, noord):
    gone = factories.account(noord, "Vera Vertrokken", state=AccountState.REMOVED)
    page = signed_in(anja).get(account_address(gone))

    assert page.status_code == 200
    assert "Verwijderd" in text_of(page)


class TestWhatHappened:
    def test_is_told_in_sentences_with_who_and_when(self, signed_in, anja, bram, anna, blocked):
        lifted(blocked, bram)
        page = text_of(signed_in(anja).get(account_address(anna)))

        assert "Blokkade opgeheven: Wachtwoord geblokkeerd" in page
        assert "Bram Smit" in page

    def test_names_nobody_of_elsewhere(self, signed_in, anja, chris, sanne, anna):
        for person in (chris, sanne, None):
            record("account:page:refused", by=factories.by(person), at=factories.a_moment_ago(), account=anna)
        page = text_of(signed_in(anja).get(account_address(anna)))

        assert "Chris" not in page
        assert "Sanne" not in page
        for told in ("iemand van een andere organisatie", "door Support", "iemand die niet was ingelogd"):
            assert told in page

    def test_marks_a_wrong_factor_and_not_one_that_was_not_looked_at(self, signed_in, anja, anna):
        shown = {"means": "one_time_code", "door": "inloggen", "code": "wrong_code"}
        for slug in ("account:factor:failed", "account:factor:refused"):
            record(slug, by=factories.by(anna), at=factories.a_moment_ago(), account=anna, parameters=shown)
        page = signed_in(anja).get(account_address(anna)).text

        marked = {
            said.split()[0]: classes for classes, said in re.findall(r'<li class="([^"]+)">\s*<p>([^<]+)</p>', page)
        }
        assert "--negative" in marked["Verkeerde"]
        assert "--negative" not in marked["Tweede"]

    def test_is_paged_newest_first(self, signed_in, anja, anna):
        for days in range(45):
            at = factories.a_moment_ago(days=days)
            record("account:sign_in:succeeded", by=PORTAL, at=at, account=anna, parameters={"note": f"dag {days}."})
        browser = signed_in(anja)

        first, second = (text_of(browser.get(account_address(anna), {"geschiedenis": page})) for page in (1, 2))
        assert "dag 0." in first
        assert "dag 19." in first
        assert "dag 20." not in first
        assert "dag 20." in second
        assert "Ouder" in first

    @pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999999", "51"])
    def test_a_page_that_is_not_there_is_the_newest(self, signed_in, anja, anna, asked):
        answer = signed_in(anja).get(account_address(anna), {"geschiedenis": asked})
        assert "Account aangemaakt" in text_of(answer)

    def test_hostile_text_is_inert(self, signed_in, anja, anna, blocked):
        signed_in(anja).post(
            lift_address(blocked), {"reason": "other", "note": "<img src=x onerror=alert(1)> {reason}"}
        )
        page = signed_in(anja).get(account_address(anna)).content.decode()

        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


@pytest.mark.parametrize("value", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_address_cannot_make_the_page_say_that_something_was_lifted(signed_in, anja, anna, blocked, value):
    browser = signed_in(anja)
    for public_id in (value, str(blocked.public_id)):
        page = browser.get(account_address(anna), {"opgeheven": public_id})
        assert page.status_code == 200
        assert "Blokkade opgeheven" not in text_of(page)


def test_nor_what_was_lifted_elsewhere(signed_in, anja, anna, noord):
    other = lifted(factories.block(factories.account(noord, "Karel Kok")), anja)

    page = signed_in(anja).get(account_address(anna), {"opgeheven": str(other.public_id)})
    assert "Blokkade opgeheven" not in text_of(page)
