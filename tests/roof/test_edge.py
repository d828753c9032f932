"""What a really started server shows the outside, with production's settings behind a proxy."""

import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.issuing import issuing_settings
from tests.portal_process import RunningPortal, new_portal
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

PRODUCTION = {
    "PORTAL_ENVIRONMENT": "production",
    "PORTAL_SOURCE_LIMIT": "1000/minute",
    "PORTAL_SOURCE_NUMBERS_LIMIT": "1000/minute",
    "PORTAL_DEMO": "0",
    "PORTAL_SECRET_KEY": "k8Qz-5fTw_2mVbYc9XrLsPdN3hJgA7eRuK4oMiE6tWqZxCvB1n",
    "PORTAL_PUBLIC_URL": "https://portaal.zorg.nl",
    "PORTAL_TRUSTED_PROXIES": "127.0.0.1",
    "PORTAL_MAIL_DIR": "",
    "PORTAL_MAIL_FROM": "Portaal <noreply@portaal.zorg.nl>",
    "PORTAL_SUPPORT_EMAIL": "support@portaal.zorg.nl",
    "PORTAL_SUPPORT_PHONE": "030 123 45 67",
    "PORTAL_ARGON2_MEMORY_KIB": "47104",
    "PORTAL_METRICS_TOKEN": "a-token-for-prometheus",
    **issuing_settings("production"),
}
PROXY = {"Host": "portaal.zorg.nl", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


@pytest.fixture(scope="module")
def production(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    _static_files: None,
) -> Iterator[RunningPortal]:
    with django_db_blocker.unblock():
        portal = new_portal(tmp_path_factory.mktemp("production"), workers=2, threads=2, settings=PRODUCTION)
    portal.start()
    yield portal
    portal.stop()


def asked(
    portal: RunningPortal, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=30)
    connection.request(method, path, body=body, headers=PROXY | {n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read().decode(errors="replace")


@pytest.mark.parametrize("path", ["/inloggen/", "/hulp/geblokkeerd/", "/bestaat-niet/", "/healthz"])
def test_every_answer_carries_the_headers_of_the_edge(production: RunningPortal, path: str) -> None:
    headers = asked(production, path)[0].headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_cookies_are_bound_to_the_host_and_to_https(production: RunningPortal) -> None:
    cookie = asked(production, "/inloggen/")[0].headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_form_with_a_token_of_ones_own_is_refused_without_a_trace(production: RunningPortal) -> None:
    answer, page = asked(production, "/inloggen/", "POST", b"user_number=1&password=2")
    assert answer.status == 403
    assert "Traceback" not in page


def test_static_files_have_hashed_names_and_are_kept_for_long(production: RunningPortal) -> None:
    _, page = asked(production, "/inloggen/")
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert styles
    for address in styles:
        answer, _ = asked(production, address)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"\.[0-9a-f]{12}\.css$", address)


def test_pages_that_depend_on_who_one_is_are_kept_by_nobody(production: RunningPortal) -> None:
    answer, _ = asked(production, "/mijn-account/", Cookie="__Host-sessionid=0123456789abcdef0123456789abcdef")
    assert "no-store" in answer.headers["Cache-Control"]


def test_metrics_want_the_token_when_asked_through_a_proxy(production: RunningPortal) -> None:
    assert asked(production, "/metrics")[0].status == 403
    assert asked(production, "/metrics", Authorization="Bearer another")[0].status == 403
    answer, page = asked(production, "/metrics", Authorization="Bearer a-token-for-prometheus")
    assert answer.status == 200
    assert "portal_request_seconds_bucket" in page


def test_a_large_body_is_refused_unread(production: RunningPortal) -> None:
    answer, page = asked(production, "/inloggen/", "POST", b"x" * (1024 * 1024 + 1))
    assert answer.status == 413
    assert "te veel gegevens" in page
    assert "hoogstens 1,0\N{NO-BREAK SPACE}MB" in page
    assert 'href="/inloggen/">Terug naar het formulier</a>' in page
    assert "Bel of mail Support" in page


@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"field%d=1" % number for number in range(501)),
        b"password=" + b"x" * (256 * 1024),
    ],
    ids=["many fields", "one long field"],
)
def test_more_than_a_form_of_ours_ever_holds_is_refused(production: RunningPortal, body: bytes) -> None:
    kind = "application/x-www-form-urlencoded"
    assert asked(production, "/inloggen/", "POST", body, Content_Type=kind)[0].status in {400, 403}


def test_an_unknown_host_is_refused(production: RunningPortal) -> None:
    assert asked(production, "/inloggen/", Host="attacker.example")[0].status == 400


def test_security_txt_says_where_to_report(production: RunningPortal) -> None:
    answer, text = asked(production, "/.well-known/security.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:support@portaal.zorg.nl" in text
    assert "Canonical: https://portaal.zorg.nl/.well-known/security.txt" in text


def test_no_answer_names_the_software(production: RunningPortal) -> None:
    headers = str(asked(production, "/inloggen/")[0].headers).lower()
    assert "granian" not in headers
    assert "django" not in headers


def test_the_access_log_leaves_out_what_was_searched_for(production: RunningPortal) -> None:
    asked(production, "/gebruikersbeheer/?q=marker-of-a-search")
    assert wait_until(lambda: '"GET /gebruikersbeheer/"' in production.log, within=10)
    assert "marker-of-a-search" not in production.log


def test_the_demo_on_plain_http_uses_plain_cookies(running_portal: RunningPortal) -> None:
    connection = HTTPConnection("127.0.0.1", running_portal.port, timeout=30)
    connection.request("GET", "/inloggen/")
    answer = connection.getresponse()
    assert answer.headers["Set-Cookie"].startswith("csrftoken=")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] is None


def test_an_unsafe_production_does_not_start(tmp_path: Path, production: RunningPortal) -> None:
    env = production.env | {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "short"}
    command = [sys.executable, "-m", "vecozo_portal.serve", "--port", "1"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "PORTAL_DEMO is on" in done.stderr
    assert "PORTAL_SECRET_KEY is weak" in done.stderr
    assert "Traceback" not in done.stderr
