"""One's own page says what stands in the way, who helps, and leads to everything that is one's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blocking.choices import BlockReason
from certificates.models import Certificate
from tests import factories
from tests.desk.conftest import text_of
from tests.factories import WRONG_PASSWORD
from tests.my_account.changing_email import ELSEWHERE, ask

pytestmark = pytest.mark.django_db

PAGE = "/mijn-account/"


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


def test_it_leads_to_everything_that_is_ones_own(screen):
    page = screen.get(PAGE).text
    for place in ("e-mailadres/", "wachtwoord/", "sessies/", "gegevens/"):
        assert f'href="{PAGE}{place}"' in page


def test_every_place_is_marked_in_the_menu(screen):
    for place in ("", "e-mailadres/", "wachtwoord/", "sessies/", "gegevens/"):
        assert 'href="/mijn-account/" aria-current=' in screen.get(f"{PAGE}{place}").text


def test_who_is_fine_reads_so(screen):
    assert "Actief" in text_of(screen.get(PAGE))


def test_who_is_blocked_while_signed_in_reads_by_what_and_who_lifts_it(screen, anna, anja):
    factories.block(anna)
    page = text_of(screen.get(PAGE))
    assert "Wachtwoord geblokkeerd" in page
    assert f"Vraag de contactpersoon van uw organisatie om de blokkade op te heffen: {anja.name}" in page


def test_of_a_quota_support_is_asked(screen, anna, anja, a_service):
    factories.block(anna, BlockReason.QUOTA, service=a_service)
    page = text_of(screen.get(PAGE))
    assert a_service.name in page
    assert "Vraag Support om de blokkade op te heffen" in page


def test_a_new_address_that_waits_is_told(screen):
    ask(screen)
    assert f"Wordt {ELSEWHERE} zodra u de link in die mailbox opent." in text_of(screen.get(PAGE))


def test_in_how_many_places_one_is_signed_in_is_told(screen, browser_of, anna):
    assert "Alleen hier" in text_of(screen.get(PAGE))
    browser_of(anna)
    assert "Op 2 plaatsen" in text_of(screen.get(PAGE))


def test_ones_certificates_are_told_and_whether_they_work(screen, anna):
    assert "Mijn certificaten" not in text_of(screen.get(PAGE))
    at = timezone.now()
    Certificate.objects.create(
        account=anna,
        fingerprint="b" * 64,
        subject="CN=Anna de Boer",
        issuer="CN=Demo",
        serial="18",
        valid_from=at - timedelta(days=1),
        valid_until=at + timedelta(days=90),
        registered_at=at,
    )
    told = text_of(screen.get(PAGE)).replace("Boer:", "Boer :")
    assert "Anna de Boer : geldig. Werkt tot" in told


def test_it_costs_the_same_whatever_happened(screen, anna, query_counter):
    with query_counter() as before:
        screen.get(PAGE)
    for _ in range(4):
        ask(screen, password=WRONG_PASSWORD)
    with query_counter() as after:
        assert screen.get(PAGE).status_code == 200
    assert len(after) == len(before)
