"""A session ends when nothing is done for a while, and after a while whatever is done; the server sees to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Session
from accounts.policy import SessionLimits, session_ends_at
from accounts.sessions import digest, session_limits
from accounts.tasks import clear_sessions
from tests.factories import PASSWORD
from tests.fixtures_signing_in import sign_in

pytestmark = pytest.mark.django_db

LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_it_ends_half_an_hour_after_what_was_seen_last():
    seen = MORNING + timedelta(hours=3)
    assert session_ends_at(signed_in_at=MORNING, last_seen_at=seen, limits=LIMITS) == seen + LIMITS.idle


def test_it_ends_twelve_hours_after_signing_in_whatever_is_done():
    seen = MORNING + timedelta(hours=11, minutes=50)
    assert session_ends_at(signed_in_at=MORNING, last_seen_at=seen, limits=LIMITS) == MORNING + LIMITS.absolute


def test_a_visitor_who_did_not_sign_in_is_forgotten_after_the_idle_limit():
    assert session_ends_at(signed_in_at=None, last_seen_at=MORNING, limits=LIMITS) == MORNING + LIMITS.idle


@pytest.fixture
def session(client, anja):
    sign_in(anja, client)
    return Session.objects.get(account=anja)


def time_goes_by(session, **ago):
    """Everything that the session knows of time lies so much further back."""
    back = timedelta(**ago)
    fields = {name: getattr(session, name) - back for name in ("signed_in_at", "last_seen_at", "expire_date")}
    Session.objects.filter(pk=session.pk).update(**fields)


def is_in(client, page="/mijn-account/"):
    return client.get(page).status_code == 200


def test_who_is_away_too_long_is_out_on_every_page(client, session):
    time_goes_by(session, minutes=30)
    for page in ("/mijn-account/", "/gebruikersbeheer/", "/berichtenbox/"):
        assert client.get(page)["Location"].startswith("/inloggen/")


def test_who_is_away_too_long_is_out_in_the_admin_too(client, sanne):
    client.force_login(sanne)
    assert is_in(client, "/beheer/")
    time_goes_by(Session.objects.get(account=sanne), minutes=30)
    for page in ("/beheer/", "/beheer/blocking/block/", "/mijn-account/"):
        assert client.get(page)["Location"].startswith("/inloggen/")


def test_who_goes_on_stays_in(client, session):
    for _ in range(4):
        time_goes_by(Session.objects.get(pk=session.pk), minutes=29)
        assert is_in(client)


def test_after_the_absolute_limit_one_is_out_however_busy_one_was(client, session):
    for _ in range(24):
        time_goes_by(Session.objects.get(pk=session.pk), minutes=29)
        assert is_in(client)
    time_goes_by(Session.objects.get(pk=session.pk), minutes=24)
    assert not is_in(client)


def test_who_is_out_does_not_come_back_by_asking_again(client, session):
    time_goes_by(session, minutes=31)
    assert not is_in(client)
    client.cookies["sessionid"] = "x" * 32
    assert not is_in(client)


def test_being_there_is_written_down_now_and_then_and_not_each_time(client, session):
    before = Session.objects.get(pk=session.pk).last_seen_at
    with CaptureQueriesContext(connection) as queries:
        for _ in range(5):
            assert is_in(client)
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
    time_goes_by(session, seconds=session_limits().seen_every.total_seconds())
    with CaptureQueriesContext(connection) as queries:
        for _ in range(5):
            assert is_in(client)
    assert len([query for query in queries if query["sql"].startswith("UPDATE")]) == 1
    assert Session.objects.get(pk=session.pk).last_seen_at > before


def test_a_new_key_does_not_make_the_day_longer(client, session):
    time_goes_by(session, minutes=25)
    began = Session.objects.get(pk=session.pk).signed_in_at
    assert began
    held = client.session
    held["begun"] |= {"at": began.isoformat()}
    held.cycle_key()
    held.save()
    renewed = Session.objects.get(account=session.account)
    assert renewed.pk != session.pk
    assert renewed.signed_in_at == began


def test_a_session_that_is_saved_again_is_the_same_one_in_the_list(client, session):
    held = client.session
    held["note"] = "something"
    held.save()
    assert Session.objects.get(account=session.account).public_id == session.public_id


def test_the_database_holds_no_key_that_opens_anything(client, session):
    key = client.cookies["sessionid"].value
    assert session.pk == digest(key)
    assert key not in str(list(Session.objects.values()))
    client.cookies["sessionid"] = session.pk
    assert not is_in(client)


def test_the_browser_forgets_its_key_when_it_closes(client, session):
    cookie = client.cookies["sessionid"]
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_sessions_that_are_over_are_swept_away(client, session):
    time_goes_by(session, minutes=31)
    clear_sessions()
    assert not Session.objects.exists()


def test_sessions_that_go_on_are_left(client, session):
    clear_sessions()
    assert is_in(client)


def test_a_session_knows_since_when_and_from_where(client, anna):
    browser = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows) Firefox/140", "REMOTE_ADDR": "192.0.2.77"}
    client.post("/inloggen/", {"user_number": anna.user_number, "password": PASSWORD}, **browser)
    session = Session.objects.get(account=anna)
    assert (session.source_address, session.user_agent) == ("192.0.2.77", browser["HTTP_USER_AGENT"])
    assert session.signed_in_at
    assert timezone.now() - session.signed_in_at < timedelta(minutes=1)
