"""What is meant to wear the portal out is refused before any hash, and others sign in all the while."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import PASSWORD
from tests.security.visitor import FORM, SIGN_IN, Visitor
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PLACES = 2
AT_ONCE = 24
PATIENCE_SECONDS = 60


@pytest.fixture
def portal(start_portal):
    """As it comes: with a source throttle, and few hashing places."""
    settings = {"PORTAL_SOURCE_LIMIT": "20/minute", "PORTAL_HASHING_PLACES": str(PLACES), "PORTAL_ENTRIES_AT_ONCE": "6"}
    return start_portal(
        workers=1, threads=8, settings=settings | {"PORTAL_ENVIRONMENT": "test", "PORTAL_TRUSTED_PROXIES": "127.0.0.1"}
    )


def visitor_from(portal, address):
    visitor = Visitor(portal.base_url, always={"X-Forwarded-For": address})
    visitor.open_door()
    return visitor


def hashed(portal):
    return portal.metric("portal_dummy_hashes_total") + portal.metric("portal_secret_verifications_total")


def signs_in(portal, person):
    """Pressing again while it is busy, as people do."""
    visitor = visitor_from(portal, "198.51.100.7")
    statuses: list[int] = []

    def is_answered():
        statuses.append(visitor.enter_password(person.user_number, PASSWORD).status)
        return statuses[-1] != 503

    return wait_until(is_answered, PATIENCE_SECONDS) and statuses[-1] == 303


def test_thousands_of_sign_ins_for_nobody_cost_a_few_hashes_and_stop_nobody_else(portal, anna):
    """Ten thousand in a field are `make bench`'s; what stops the first hundred stops them all."""
    attacker = visitor_from(portal, "203.0.113.9")
    before = hashed(portal)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sent = [pool.submit(attacker.enter_password, f"{number:014d}", "verkeerd") for number in range(200)]
        assert signs_in(portal, anna)
        answers = [each.result() for each in sent]
    assert {answer.status for answer in answers} <= {200, 429, 503}
    assert all(answer.headers["Retry-After"] for answer in answers if answer.status != 200)
    words = {429: "te vaak iets verkeerds ingevuld", 503: "Het is op dit moment erg druk"}
    assert all(words[answer.status] in answer.body for answer in answers if answer.status != 200)
    # Twenty, and what was under way at once when the twentieth was counted; one more is the other's own.
    assert hashed(portal) - before <= 20 + 8 + 1
    assert attacker.enter_password("9" * 14, "verkeerd").status == 429
    assert signs_in(portal, anna)


TOO_MUCH = {
    "a megabyte as password": (400, "Dit verzoek begrijpen wij niet"),
    "ten megabytes as a file": (413, "U stuurt te veel gegevens tegelijk"),
    "a thousand fields": (400, "Dit verzoek begrijpen wij niet"),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_is_too_much_is_refused_before_any_hash(portal, anna, kind):
    before, attacker = hashed(portal), visitor_from(portal, "203.0.113.9")
    if kind == "a megabyte as password":
        body, content = f"user_number={anna.user_number}&password={'x' * 1_000_000}", FORM
    elif kind == "ten megabytes as a file":
        body, content = "x", "multipart/form-data; boundary=b"
    else:
        body, content = "&".join(f"field{number}=1" for number in range(1000)), FORM
    announced = {"Content-Length": str(10 * 1024 * 1024)} if "file" in kind else {}
    headers = {"Content-Type": content, "X-CSRFToken": attacker.token} | announced
    answer, (status, said) = attacker.send("POST", SIGN_IN, body, headers), TOO_MUCH[kind]
    assert answer.status == status
    assert said in answer.body
    assert hashed(portal) == before
    assert signs_in(portal, anna)
