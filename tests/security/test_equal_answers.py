"""Nothing at a door tells who exists or is blocked: words, status, headers, cookies, statements and hashes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import AccountKind, AccountState, Secret
from accounts.models import Account
from blocking import metrics
from blocking.choices import BlockReason, BlockScope
from blocking.models import Tally
from tests import factories
from tests.blocking.browsers import enter, kept_by, with_cookie
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN
from tests.security.visitor import FORGOTTEN_PASSWORD, SIGN_IN, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

INSTALLING, ACTIVATING = "/certificaat-installeren/", "/activeren/"
FORGOTTEN_PIN = "/pincode-vergeten/"
NEW_PASSPHRASE = "een-wachtwoord-voor-het-bestand"
NEW_PASSWORD = "heel nieuw en lang genoeg"
# Every door of strangers, with what is typed beside the number.
PUBLIC_DOORS = {
    SIGN_IN: {"password": WRONG_PASSWORD},
    FORGOTTEN_PASSWORD: {"pin": WRONG_PIN, "new_password": NEW_PASSWORD},
    INSTALLING: {"pin": WRONG_PIN, "passphrase": NEW_PASSPHRASE},
    ACTIVATING: {"pin": WRONG_PIN, "new_password": NEW_PASSWORD},
    FORGOTTEN_PIN: {},
}
FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


def blocked_by(reason, **fields):
    def make(noord):
        account = factories.account(noord)
        factories.block(account, reason, **fields)
        return account.user_number

    return make


def in_state(state):
    return lambda noord: factories.account(noord, state=state).user_number


def void(noord):
    account = factories.account(noord)
    for secret in Secret:
        Tally.objects.create(account=account, secret=secret, taken=100, wrong=100, voided_at=timezone.now())
    return account.user_number


def without_secrets(noord):
    return factories.account(noord, password=None, pin=None).user_number


def system(noord):
    return factories.account(noord, kind=AccountKind.SYSTEM, email="").user_number


def without_organisation(noord):
    return factories.account(None, "Sanne Support").user_number


def with_secrets_that_are_no_hash(noord):
    account = factories.account(noord)
    Account.objects.filter(pk=account.pk).update(password="van een ander systeem", pin="van een ander systeem")
    return account.user_number


# Who stands before the door, and whether even the right secret is refused there.
REFUSED_ANYWAY: dict[str, Callable[..., str]] = {
    "unknown": lambda _: "99999999999999",
    "malformed": lambda _: "geen nummer 14",
    "full-width digits": lambda noord: factories.account(noord).user_number.translate(FULL_WIDTH),
    "block by support": blocked_by(BlockReason.SUPPORT),
    "block of the pin": blocked_by(BlockReason.PIN),
    "void": void,
    "without secrets": without_secrets,
    "no hash": with_secrets_that_are_no_hash,
    "system account": system,
    **{f"state {state}": in_state(state) for state in AccountState if state != AccountState.ACTIVE},
}


@dataclass(frozen=True)
class Seen:
    """All that a stranger can see, and the work that the portal did for it."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    statements: tuple[str, ...]
    hashes: float


def hashes_so_far():
    compared = sum(metrics.secret_verifications.labels(secret=secret.value)._value.get() for secret in Secret)
    return compared + metrics.dummy_hashes._value.get()


def kind_of(statement):
    """BEGIN, SELECT, COMMIT, or that something was written; what and where is nobody's business outside."""
    word = statement.split(maxsplit=1)[0].rstrip(";").upper()
    return "WRITE" if word in {"INSERT", "UPDATE", "DELETE", "WITH"} else word


def entered(door, user_number, *, right=False, browser=None):
    """One entry by somebody with a fresh browser, or with that one, watched from inside."""
    if door == SIGN_IN:
        secrets = {"password": PASSWORD if right else WRONG_PASSWORD}
    else:
        chosen = {"passphrase": NEW_PASSPHRASE} if door == INSTALLING else {"new_password": NEW_PASSWORD}
        secrets = {"pin": PIN if right else WRONG_PIN} | chosen
    client, before = browser or Client(), hashes_so_far()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(door, {"user_number": user_number, **secrets})
    return Seen(
        status=answer.status_code,
        body=neutral(answer.content.decode(), user_number),
        headers=headers_of(answer.items()),
        cookies=tuple(sorted(answer.cookies)),
        statements=tuple(kind_of(query["sql"]) for query in queries.captured_queries),
        hashes=hashes_so_far() - before,
    )


def neutral(body, user_number):
    """Without the token, and with what was typed made the same."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", body)
    return body.replace(user_number, "9" * 14)


def headers_of(pairs):
    """Without moments, without the length, which the body itself tells, and without the cookies' values."""
    apart = {"expires", "date", "content-length", "set-cookie"}
    return tuple(sorted((name.lower(), value) for name, value in pairs if name.lower() not in apart))


@pytest.fixture
def warm(noord):
    """The first entry of a process computes its dummy and fills caches; from then on all are alike."""
    for door in (SIGN_IN, FORGOTTEN_PASSWORD, INSTALLING):
        entered(door, "99999999999999")


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
@pytest.mark.parametrize("who", REFUSED_ANYWAY)
def test_who_is_refused_anyway_looks_like_a_wrong_entry(warm, noord, door, who):
    wrong = entered(door, factories.account(noord).user_number)
    assert (wrong.status, wrong.hashes) == (200, 1)
    user_number = REFUSED_ANYWAY[who](noord)
    assert entered(door, user_number) == wrong
    assert entered(door, user_number, right=True) == wrong


@pytest.mark.parametrize("who", [who for who in REFUSED_ANYWAY if who != "system account"])
def test_where_certificates_are_installed_everybody_looks_alike_too(warm, noord, who):
    """A system account is served there: its wrong PIN looks like anybody's."""
    wrong = entered(INSTALLING, factories.account(noord).user_number)
    assert (wrong.status, wrong.hashes) == (200, 1)
    user_number = REFUSED_ANYWAY[who](noord)
    assert entered(INSTALLING, user_number) == wrong
    assert entered(INSTALLING, user_number, right=True) == wrong


def test_the_wrong_pin_of_software_looks_like_anybodys_where_it_is_served(warm, noord):
    wrong = entered(INSTALLING, factories.account(noord).user_number)
    assert entered(INSTALLING, system(noord)) == wrong


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.QUOTA])
def test_who_may_not_sign_in_looks_like_a_wrong_password(warm, noord, a_service, reason):
    service = {"service": a_service} if reason == BlockReason.QUOTA else {}
    user_number = blocked_by(reason, **service)(noord)
    wrong = entered(SIGN_IN, factories.account(noord).user_number)
    assert entered(SIGN_IN, user_number) == wrong
    assert entered(SIGN_IN, user_number, right=True) == wrong


def test_behind_a_block_of_strangers_one_looks_like_anybody(warm, noord):
    """The usual case: strangers shut out strangers, and the rightful user goes on elsewhere."""
    account = factories.account(noord)
    factories.block(account, scope=BlockScope.STRANGERS)
    wrong = entered(SIGN_IN, factories.account(noord).user_number)
    assert entered(SIGN_IN, account.user_number) == wrong
    assert entered(SIGN_IN, account.user_number, right=True) == wrong


@pytest.mark.parametrize("who", REFUSED_ANYWAY)
def test_on_a_browser_that_somebody_else_is_known_on_nobody_learns_more(warm, noord, anna, who):
    """A colleague's: their own cookie tells nothing about other numbers. Seen from outside, the work left aside."""
    known = Client()
    assert enter(anna, PASSWORD, known)
    wrong = entered(SIGN_IN, factories.account(noord).user_number, browser=with_cookie(kept_by(known)))
    user_number = REFUSED_ANYWAY[who](noord)
    for right in (False, True):
        seen = entered(SIGN_IN, user_number, right=right, browser=with_cookie(kept_by(known)))
        assert replace(seen, statements=()) == replace(wrong, statements=())


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_every_wrong_entry_up_to_the_fourth_looks_like_the_first(warm, noord, door):
    account = factories.account(noord)
    assert len({entered(door, account.user_number) for _ in range(4)}) == 1


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_while_five_are_being_verified_a_sixth_looks_like_a_wrong_entry(warm, noord, door):
    account = factories.account(noord)
    wrong = entered(door, account.user_number)
    secret = Secret.PASSWORD if door == SIGN_IN else Secret.PIN
    account.budgets.filter(secret=secret).update(taken=5)
    assert entered(door, account.user_number, right=True) == wrong


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_the_fifth_wrong_entry_looks_like_the_others_from_outside(warm, noord, anja, door):
    """Opening the block is more work, once; the words are the same."""
    account = factories.account(noord)
    seen = [entered(door, account.user_number) for _ in range(6)]
    assert {(one.status, one.body, one.headers, one.cookies, one.hashes) for one in seen} == {
        (seen[0].status, seen[0].body, seen[0].headers, seen[0].cookies, 1)
    }


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_support_people_look_like_everybody(warm, noord, door):
    assert entered(door, without_organisation(noord)) == entered(door, factories.account(noord).user_number)


@pytest.mark.process
def test_from_outside_too_all_answers_are_alike(running_portal, noord):
    """The same over the wire: what granian adds, and the real static names, included."""
    numbers = [make(noord) for make in REFUSED_ANYWAY.values()] + [factories.account(noord).user_number]
    by_strangers = factories.account(noord)
    factories.block(by_strangers, scope=BlockScope.STRANGERS)

    def seen(number, door):
        visitor = Visitor(running_portal.base_url)
        visitor.open_door()
        answer = visitor.post(door, {"user_number": number} | PUBLIC_DOORS[door])
        cookies = tuple(sorted(answer.cookies))
        length = len(answer.body.encode()) - answer.body.count(number) * len(number.encode())
        return (answer.status, neutral(answer.body, number), headers_of(answer.headers.items()), cookies, length)

    for door in PUBLIC_DOORS:
        assert len({seen(number, door) for number in [*numbers, by_strangers.user_number]}) == 1, door
