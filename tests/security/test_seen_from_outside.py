"""A production seen from outside, behind a proxy with https: every kind of answer, mistakes and refusals included.

What the edge itself is made of stands in tests/roof/test_edge.py; here each page that anybody can meet wears it.
"""

import re

import pytest

from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.roof.test_edge import PRODUCTION, PROXY, production
from tests.security.visitor import FORGOTTEN_PASSWORD, FORM, SIGN_IN, Visitor

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

__all__ = ["production"]

ORIGIN = PRODUCTION["PORTAL_PUBLIC_URL"]
POLICY = {
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
# Refused by what is announced, before it is sent.
TOO_MUCH = {"Content-Type": FORM, "Content-Length": str(1024 * 1024 + 1)}
KEPT_BY_NOBODY = {"page", "refused", "refused PIN", "sent away", "sent away from the admin", "let in"}


@pytest.fixture
def visitor(production, transactional_db):
    visitor = Visitor(production.base_url, always={**PROXY, "Origin": ORIGIN, "Referer": f"{ORIGIN}{SIGN_IN}"})
    visitor.open_door()
    return visitor


def every_kind_of_answer(visitor, anna):
    """By what it is: an answer of each status that a stranger can bring about."""
    whole = {"user_number": anna.user_number, "password": WRONG_PASSWORD}
    yield "page", 200, visitor.get(SIGN_IN)
    yield "help", 200, visitor.get("/hulp/geblokkeerd/")
    yield "refused", 200, visitor.post(SIGN_IN, whole)
    yield "refused PIN", 200, visitor.enter_pin(anna.user_number, "verkeerd")
    yield "sent away", 302, visitor.get("/mijn-account/")
    yield "sent away from the admin", 302, visitor.get("/beheer/")
    yield "odd", 400, visitor.get(f"{SIGN_IN}?q=%00")
    yield "without token", 403, visitor.send("POST", SIGN_IN, "user_number=1", {"Content-Type": FORM})
    yield "not found", 404, visitor.get("/bestaat-niet/")
    yield "another method", 405, visitor.send("DELETE", SIGN_IN, headers={"X-CSRFToken": visitor.token})
    yield "too large", 413, visitor.send("POST", SIGN_IN, "a=b", TOO_MUCH)
    yield "another code", 415, visitor.send("POST", SIGN_IN, "a=b", {"Content-Type": f"{FORM}; charset=utf-16"})
    yield "let in", 303, visitor.post(SIGN_IN, whole | {"password": PASSWORD})


def test_every_answer_wears_the_whole_edge_and_tells_nothing_of_us(visitor, anna):
    for kind, status, answer in every_kind_of_answer(visitor, anna):
        assert (kind, answer.status) == (kind, status)
        headers = answer.headers
        assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} == POLICY, kind
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", kind
        assert headers["X-Frame-Options"] == "DENY", kind
        assert headers["X-Content-Type-Options"] == "nosniff", kind
        assert headers["Referrer-Policy"] == "same-origin", kind
        assert "camera=()" in headers["Permissions-Policy"], kind
        assert kind not in KEPT_BY_NOBODY or "no-store" in headers["Cache-Control"], kind
        assert not re.search("granian|django|python|traceback", str(headers).lower()), kind
        assert "Traceback" not in answer.body, kind


def test_every_cookie_is_of_this_host_alone(visitor, anna):
    answers = [answer for _, _, answer in every_kind_of_answer(visitor, anna)]
    lines = [line for answer in answers for line in answer.headers.get_all("Set-Cookie") or []]
    assert lines
    for line in lines:
        attributes = {part.strip().lower() for part in line.split(";")[1:]}
        assert line.startswith("__Host-"), line
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes, line
        assert not any(part.startswith("domain") for part in attributes), line


def test_no_page_holds_anything_inline(visitor, anna):
    """What the policy would stop must not be there to begin with."""
    for kind, _, answer in every_kind_of_answer(visitor, anna):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", answer.body), kind
        assert not re.search(r"<script(?![^>]*\ssrc=)", answer.body), kind


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil.example"],
)
def test_nobody_is_sent_to_another_site(visitor, anna, wanted):
    asked = visitor.get(f"/mijn-account/?next={wanted}")
    assert asked.headers["Location"].startswith(SIGN_IN)
    answer = visitor.post(SIGN_IN, {"user_number": anna.user_number, "password": PASSWORD, "next": wanted})
    assert answer.status == 303
    assert re.match(r"/(?![/\\])", answer.headers["Location"])
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_a_form_of_another_site_counts_nothing(visitor, anna, door):
    visitor.always |= {"Origin": "https://evil.example"}
    secrets = {"password": WRONG_PASSWORD, "pin": "verkeerd", "new_password": WRONG_PASSWORD}
    assert visitor.post(door, {"user_number": anna.user_number, **secrets}).status == 403
    assert not anna.budgets.exists()
