"""A production as people meet it: through a proxy with https, signed in. The rest is in tests/roof/test_edge.py."""

import pytest

from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import SIGN_IN_FACTOR
from tests.roof.test_edge import PRODUCTION, PROXY
from tests.second_factors import code_for
from tests.security.visitor import SIGN_IN, Visitor

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(start_portal, settings):
    """With a secret key of its own; what the cast's second factors are sealed with stays a key to open them."""
    sealed_with = {"PORTAL_SEALING_KEYS": settings.SECRET_KEY}
    return start_portal(workers=1, threads=4, settings=PRODUCTION | sealed_with)


def visitor_of(portal):
    origin = PRODUCTION["PORTAL_PUBLIC_URL"]
    return Visitor(portal.base_url, always={**PROXY, "Origin": origin, "Referer": f"{origin}{SIGN_IN}"})


def attributes(answer, name):
    (line,) = [cookie for cookie in answer.headers.get_all("Set-Cookie") if cookie.startswith(f"{name}=")]
    return {part.strip().lower() for part in line.split(";")[1:]}


def test_a_session_travels_over_https_to_this_host_only_and_its_pages_are_kept_by_nobody(portal, anja):
    visitor = visitor_of(portal)
    refused = visitor.enter_password(anja.user_number, WRONG_PASSWORD)
    assert refused.status == 200
    assert "__Host-sessionid" not in refused.cookies

    half_way = visitor.enter_password(anja.user_number, PASSWORD)
    assert half_way.status == 303
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes(half_way, "__Host-sessionid")
    visitor.open_door(SIGN_IN_FACTOR)
    signed_in = visitor.post(SIGN_IN_FACTOR, {"token": code_for(anja)})
    assert signed_in.status == 303
    names = {"__Host-sessionid", "__Host-csrftoken", "__Host-known_browser"}
    for name in names:
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes(signed_in, name)
        assert not any(part.startswith("domain") for part in attributes(signed_in, name))
    assert set(signed_in.cookies) == names

    for path in ("/gebruikersbeheer/", "/berichtenbox/", "/mijn-account/", "/beheer/", "/bestaat-niet/"):
        page = visitor.get(path)
        assert "no-store" in page.headers["Cache-Control"], path
        assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in page.headers["Permissions-Policy"]


def test_a_form_sent_from_another_origin_or_without_https_counts_nothing(portal, anja):
    for changed in ({"Origin": "https://evil.example"}, {"Origin": "http://portaal.zorg.nl"}, {"Origin": "null"}):
        visitor = visitor_of(portal)
        visitor.open_door()
        visitor.always |= changed
        assert visitor.enter_password(anja.user_number, WRONG_PASSWORD).status == 403
    assert not anja.budgets.exists()
