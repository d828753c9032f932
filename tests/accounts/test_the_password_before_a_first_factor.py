"""On a session that somebody left open, nobody links a first second factor: the password is asked anew."""

import pytest
from django.utils import timezone

from accounts.choices import MandateRank, Means
from accounts.models import AuditEvent, OneTimeCodeDevice
from tests import factories
from tests.factories import PASSWORD, a_moment_ago
from tests.fixtures_signing_in import SIGN_IN, showed, sign_in
from tests.second_factors import with_app

pytestmark = pytest.mark.django_db

LINK = "/mijn-account/tweede-factor/"


@pytest.fixture
def left_open(anna):
    """Anna signed in long ago, and walked away."""
    browser = sign_in(anna)
    showed(browser, Means.PASSWORD, at=a_moment_ago(hours=1))
    return browser


def test_the_page_shows_no_key(left_open):
    page = left_open.get(LINK)
    assert page.status_code == 200
    assert "Log eerst opnieuw in" in page.text
    assert "Scan deze code" not in page.text
    assert "key_to_link" not in left_open.session


def test_looking_signs_nobody_out(left_open):
    left_open.get(LINK)
    assert left_open.get("/mijn-account/").status_code == 200


def test_a_press_signs_out_and_leads_back_by_the_sign_in_door(left_open, anna):
    answer = left_open.post(LINK, {"token": "123456"})
    assert (answer.status_code, answer["Location"]) == (303, f"{SIGN_IN}?next={LINK}")
    assert left_open.get("/mijn-account/").status_code == 302
    assert AuditEvent.objects.filter(slug="account:sign_out:succeeded", account=anna).count() == 1
    assert not OneTimeCodeDevice.objects.exists()
    assert "Log opnieuw in. Daarna koppelt u uw tweede factor." in left_open.get(answer["Location"]).text
    fields = {"user_number": anna.user_number, "password": PASSWORD, "next": LINK}
    assert left_open.post(answer["Location"], fields)["Location"] == LINK
    assert "Scan deze code" in left_open.get(LINK).text


def test_who_gave_the_password_just_now_is_not_asked(anna):
    browser = sign_in(anna)
    showed(browser, Means.PASSWORD, at=timezone.now())
    assert "Scan deze code" in browser.get(LINK).text


def test_who_must_link_one_is_asked_as_well(left_open, anna):
    factories.mandate(anna, MandateRank.FIRST)
    assert "Log eerst opnieuw in" in left_open.get(LINK).text


def test_who_has_a_factor_shows_that_instead(left_open, anna):
    with_app(anna)
    assert left_open.get(LINK)["Location"].startswith("/bevestigen/")
