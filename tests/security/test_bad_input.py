"""Whatever anybody sends, the portal has an answer: never a 500, and nothing hashed for nothing."""

import pytest

from blocking.models import Attempt
from tests.factories import PASSWORD, PIN
from tests.security.hostile import HOSTILE
from tests.security.visitor import FORGOTTEN_PASSWORD, FORM, SIGN_IN, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

DOORS = [SIGN_IN, FORGOTTEN_PASSWORD]
NEW_PASSWORD = "heel nieuw en lang genoeg"
# --- over the wire, at the doors ----------------------------------------------------------------------------------


@pytest.fixture
def visitor(running_portal):
    visitor = Visitor(running_portal.base_url)
    visitor.open_door()
    return visitor


@pytest.fixture
def hashed(running_portal):
    def so_far():
        return running_portal.metric("portal_secret_verifications_total") + running_portal.metric(
            "portal_dummy_hashes_total"
        )

    return so_far


@pytest.fixture(autouse=True)
def _never_a_mistake_of_ours(request):
    """Nothing in this file may leave a traceback in the log of the really running portal."""
    portal = request.getfixturevalue("running_portal") if "running_portal" in request.fixturenames else None
    before = len(portal.log) if portal else 0
    yield
    if portal:
        assert "Internal Server Error" not in portal.log[before:]
        assert "Application callable raised" not in portal.log[before:]


def fields_of(door, account):
    secrets = {"password": PASSWORD} if door == SIGN_IN else {"pin": PIN, "new_password": NEW_PASSWORD}
    return {"user_number": account.user_number, **secrets}


def posted(visitor, door, body, content_type=FORM, **headers):
    return visitor.send("POST", door, body, {"Content-Type": content_type, "X-CSRFToken": visitor.token, **headers})


@pytest.mark.parametrize("door", DOORS)
def test_a_missing_field_is_named_and_nothing_is_hashed(visitor, hashed, anna, door):
    before = hashed()
    whole = fields_of(door, anna)
    for left_out in whole:
        for fields in (whole | {left_out: ""}, {name: value for name, value in whole.items() if name != left_out}):
            answer = visitor.post(door, fields)
            assert answer.status == 200
            assert "Fout: " in answer.body
    assert hashed() == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_in_any_field_gets_a_page(visitor, anna, door, kind):
    for name in fields_of(door, anna):
        answer = visitor.post(door, fields_of(door, anna) | {name: HOSTILE[kind]})
        assert answer.status in {200, 303} if name == "new_password" else answer.status == 200
        assert "<script>alert" not in answer.body
        assert "for-tests-only" not in answer.body


@pytest.mark.parametrize("door", DOORS)
def test_a_secret_of_absurd_length_is_refused_before_any_hash(visitor, hashed, anna, door):
    before = hashed()
    secret = "password" if door == SIGN_IN else "pin"
    assert visitor.post(door, fields_of(door, anna) | {secret: "x" * 200_000}).status == 200
    a_megabyte = f"user_number={anna.user_number}&{secret}={'x' * 1_000_000}"
    assert posted(visitor, door, a_megabyte).status in {400, 413}
    assert hashed() == before
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("door", DOORS)
def test_a_thousand_fields_are_refused_before_any_hash(visitor, hashed, anna, door):
    before = hashed()
    whole = "&".join(f"{name}={value}" for name, value in fields_of(door, anna).items())
    many = "&".join(f"field{number}=1" for number in range(1000))
    assert posted(visitor, door, f"{whole}&{many}").status in {400, 413}
    assert hashed() == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "FROBNICATE", "TRACE"])
def test_a_method_that_a_door_does_not_know_is_405(visitor, door, method):
    answer = visitor.send(method, door, headers={"X-CSRFToken": visitor.token})
    assert answer.status == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("token", ["-", "short", "x" * 64, "\u00ff" * 64])
def test_without_the_right_token_403_and_nothing_is_hashed(running_portal, hashed, anna, door, token):
    before = hashed()
    visitor = Visitor(running_portal.base_url)
    visitor.open_door()
    visitor.token = token
    assert visitor.post(door, fields_of(door, anna)).status == 403
    visitor.token, visitor.cookies = visitor.open_door().token, {}
    assert visitor.post(door, fields_of(door, anna)).status == 403
    assert hashed() == before


@pytest.mark.parametrize("door", DOORS)
def test_from_another_site_403(visitor, anna, door):
    whole = "&".join(f"{name}={value}" for name, value in fields_of(door, anna).items())
    assert posted(visitor, door, whole, Origin="https://evil.example").status == 403
    assert posted(visitor, door, whole, Origin="null").status == 403


CODES = ["hex", "rot13", "undefined", "idna", "punycode", "utf-7", "utf-16", "latin-1", "utf8", "nonsense"]


@pytest.mark.parametrize("code", CODES)
def test_another_code_than_utf8_is_415_and_nothing_is_read(visitor, hashed, anna, code):
    before = hashed()
    body = f"user_number={anna.user_number}&password=x"
    for kind in (FORM, "multipart/form-data; boundary=b", "text/plain"):
        in_code = f"{kind}; charset={code}"
        assert posted(visitor, SIGN_IN, body, in_code).status == 415
        assert visitor.send("GET", f"{SIGN_IN}?next=%ff", headers={"Content-Type": in_code}).status == 415
    assert hashed() == before
    for written_oddly in (f"{FORM}; charset*={code}''utf-8", f"{FORM}; x*={code}''y", f"{FORM}; charset*0*={code}''a"):
        assert posted(visitor, SIGN_IN, body, written_oddly).status in {200, 415}


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "", "multipart/form-data; boundary=b", "x", ";;;=", "a/b; *"]
)
def test_another_kind_of_body_is_read_as_nothing(visitor, hashed, kind):
    before = hashed()
    for body in ('{"user_number": "1"}', "--b\r\nbroken", b"\xff\xfe\x00"):
        assert posted(visitor, SIGN_IN, body, kind).status in {200, 400, 415}
    assert hashed() == before


def test_what_says_that_it_is_utf8_is_read(visitor, anna):
    body = f"user_number={anna.user_number}&password=x"
    for kind in (f"{FORM}; charset=UTF-8", f'{FORM};charset="utf-8"'):
        assert posted(visitor, SIGN_IN, body, kind).status == 200
    assert Attempt.objects.count() == 2


COOKIES = [
    'sessionid="aaaaaaaaaaaaaaaa\\000aaaaaaaaaaaaaaaa"',
    "sessionid=" + "a" * 8000,
    "sessionid=\u00ff\u00fe" + "a" * 30,
    "sessionid=../../../../etc/passwd; messages=x",
    'csrftoken="\\000\\001"; sessionid=',
    "=; ;;;==; a",
]


@pytest.mark.parametrize("cookie", COOKIES)
def test_cookies_that_we_cannot_have_given_are_as_none(visitor, cookie):
    for path, status in ((SIGN_IN, 200), ("/mijn-account/", 302), ("/berichtenbox/", 302), ("/", 302)):
        assert visitor.send("GET", path, headers={"Cookie": cookie.encode("latin-1")}).status == status


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "\u00ff\u0001\u202e" * 200},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:99999"},
        {"Accept-Language": "\u00ff" * 500, "Accept": ";q=,", "Range": "bytes=x-y", "If-Modified-Since": "gisteren"},
        {"HX-Request": "true", "HX-Current-URL": "http://[::1", "HX-Target": "\u00ff"},
        {"X-Forwarded-For": "'; DROP TABLE x", "X-Forwarded-Proto": "gopher", "Forwarded": ";;="},
        {"Referer": "http://[", "Origin": "http://[::1"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_headers_get_a_page_or_a_400(visitor, anna, headers):
    encoded = {name: value.encode("latin-1", "replace") for name, value in headers.items()}
    body = f"user_number={anna.user_number}&password=x"
    for path in (SIGN_IN, "/", "/bestaat-niet/"):
        assert visitor.send("GET", path, headers=encoded).status in {200, 302, 400, 404}
    assert posted(visitor, SIGN_IN, body, **encoded).status in {200, 400, 403}


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff%fe/", "/static/%00", "/static/../../etc/passwd", "/" + "a" * 30_000, "//x", "/;"]
)
def test_odd_paths_are_not_found(visitor, path):
    assert visitor.get(path).status in {400, 404, 414, 431}


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "http://[", "/a\r\nb: c", "x" * 5000]
)
def test_after_signing_in_one_lands_in_the_portal(visitor, anna, wanted):
    answer = visitor.post(SIGN_IN, fields_of(SIGN_IN, anna) | {"next": wanted})
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/")
    assert "evil" not in answer.headers["Location"]
