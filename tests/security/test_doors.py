"""Every place where a secret is typed stands in the register, and the one guard stands behind it."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError
from django.test import Client

from accounts.choices import Secret
from accounts.models import Account
from blocking.choices import Door
from blocking.doors import DOORS, factor_doors
from blocking.models import Attempt
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD
from tests.fixtures_signing_in import SIGN_IN_FACTOR
from tests.security.addresses import APPS, addresses
from tests.security.secret_fields import SECRET_FIELDS
from tests.security.sources import names_called, sources
from tests.security.visitor import FORGOTTEN_PASSWORD, SIGN_IN
from vecozo_portal.environment import BASE_DIR

pytestmark = pytest.mark.django_db

CHANGE_PASSWORD = "/mijn-account/wachtwoord/"


class Fields(HTMLParser):
    """The forms of a page: where each goes, and which secrets it asks for."""

    def __init__(self, page, address):
        super().__init__()
        self.address, self.action, self.found = address, address, set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action = given.get("action") or self.address
        if tag == "input" and (given.get("type") == "password" or given.get("name") in SECRET_FIELDS):
            self.found.add((self.action, given.get("name")))


@pytest.fixture
def things(anna, message):
    return [anna, factories.block(anna), message]


def browser_of(person=None):
    browser = Client()
    if person:
        browser.force_login(person, "blocking.backends.GuardedBackend")
    return browser


def test_secrets_are_asked_for_at_the_doors_in_the_register_and_nowhere_else(things, anja, anna, sanne):
    everywhere = [path for path in addresses(things) if "logout" not in path and "uitloggen" not in path]
    portal = [path for path in everywhere if not path.startswith("/beheer/")]
    walks = [(browser_of(), everywhere), (browser_of(sanne), everywhere), (browser_of(anna), portal)]
    asked_for = set()
    half_way = browser_of()
    half_way.post(SIGN_IN, {"user_number": anja.user_number, "password": PASSWORD})
    for browser, paths in [*walks, (browser_of(anja), portal), (half_way, [SIGN_IN_FACTOR])]:
        for path in paths:
            asked_for |= Fields(browser.get(path).content.decode(), path).found
    registered = {(rule.address, rule.secret.value) for rule in DOORS.values()}
    factors = {(address, "token") for address in factor_doors()}
    # These are compared with nothing: they become the new value, or close a file.
    new = {(FORGOTTEN_PASSWORD, "new_password"), (CHANGE_PASSWORD, "new_password")}
    new |= {(DOORS[Door.INSTALLING].address, "passphrase"), (DOORS[Door.ACTIVATING].address, "new_password")}
    assert asked_for == registered | factors | new


COMPARING = {
    "verify_token",
    "match_token",
    "check_password",
    "acheck_password",
    "verify_password",
    "averify_password",
    "verify",
    "authenticate",
}
MAY_COMPARE = {
    # The comparison itself, and who calls it with an attempt in hand.
    ("blocking/services/hashing.py", "check_password"),
    ("blocking/services/guard.py", "verify"),
    # The sign-in page asks Django, Django asks the guarded backend.
    ("accounts/views/sign_in.py", "authenticate"),
    # A second factor: django-otp compares, under the device's lock, and the codes' own device looks them up.
    ("accounts/services/showing_factors.py", "verify_token"),
    ("accounts/policy/factors.py", "verify"),
}


def test_secrets_are_compared_in_one_place_that_only_the_guard_calls():
    compared = {(str(path), name) for path, tree in sources() for name in names_called(tree) if name in COMPARING}
    assert compared == MAY_COMPARE


def test_only_forms_and_doors_read_secret_fields():
    """A view that takes `request.POST["pin"]` by hand would be a door that no page shows."""
    by_hand = re.compile(rf"(POST|GET|headers|META|COOKIES|body)\b.*[\"']({'|'.join(sorted(SECRET_FIELDS))})[\"']")
    lines = [
        f"{file}: {line.strip()}"
        for app in APPS
        for file in sorted((BASE_DIR / app).rglob("*.py"))
        for line in file.read_text().splitlines()
        if by_hand.search(line)
    ]
    assert lines == []


def test_there_is_one_backend_and_it_is_guarded():
    assert settings.AUTHENTICATION_BACKENDS == ["blocking.backends.GuardedBackend"]


@pytest.mark.parametrize("path", ["/beheer/", "/beheer/login/", "/beheer/password_change/", "/beheer/blocking/block/"])
def test_the_admin_has_no_door_of_its_own(path):
    for method in ("get", "post"):
        fields = {"username": "1", "password": PASSWORD, "user_number": "1"}
        answer = getattr(Client(), method)(path, fields, follow=True)
        assert answer.redirect_chain[-1][0].startswith(SIGN_IN)
        assert "this_is_the_login_form" not in answer.content.decode()


def test_the_admins_login_page_counts_nothing_and_lets_nobody_in(sanne):
    browser = Client()
    for field in ("username", "user_number"):
        browser.post("/beheer/login/", {field: sanne.user_number, "password": PASSWORD, "next": "/beheer/"})
    assert browser.get("/beheer/").status_code == 302
    assert not Attempt.objects.exists()


def test_support_changes_nothing_in_the_admin_but_by_its_buttons(things, sanne):
    """No stock form that adds, changes or deletes: not groups, not anything that an app brings along."""
    browser = browser_of(sanne)
    for path in addresses(things):
        if re.search(r"/(add|delete)/$", path) and path.startswith("/beheer/"):
            assert browser.get(path).status_code in {403, 404}, path
            assert browser.post(path).status_code in {403, 404}, path


def variants(number):
    """Spellings of one user number: those that lead to the account and those that lead to nobody."""
    full_width = number.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    arabic_indic = number.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)})
    return [
        number,
        f" {number}",
        f"{number} ",
        f"{number[:4]} {number[4:8]} {number[8:]}",
        " ".join(number),
        f"\t{number}\r\n",
        f"\u00a0{number}\u3000",
        f"{number[:7]}\u00a0{number[7:]}",
        f"{number}\u200b",
        f"\ufeff{number}",
        f"+{number}",
        f"0{number}",
        f"{number}.0",
        f"{number}\x00",
        number.replace("0", "O"),
        full_width,
        arabic_indic,
    ]


@pytest.mark.parametrize("door", [SIGN_IN, FORGOTTEN_PASSWORD])
def test_five_in_all_however_the_number_is_spelled(anna, counted, door):
    secret = DOORS[Door.SIGN_IN if door == SIGN_IN else Door.FORGOTTEN_PASSWORD].secret
    before = counted(secret.value)
    for typed in variants(anna.user_number) * 3:
        fields = {"user_number": typed, "password": WRONG_PASSWORD, "pin": "verkeerd", "new_password": "x" * 20}
        assert Client().post(door, fields).status_code == 200
    assert counted(secret.value) - before == 5
    assert anna.blocks.get().reason == secret


def test_no_account_has_a_number_that_only_looks_like_another(anna):
    """A full-width twin would have a count of its own; the database refuses it."""
    twin = anna.user_number.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    with pytest.raises(IntegrityError):
        Account.objects.filter(pk=anna.pk).update(user_number=twin)


def test_an_entry_by_several_fields_at_once_counts_once(anna, counted):
    """Of repeated fields one is read; a list of secrets is no way to try many with one attempt."""
    before = counted("password")
    fields = {"user_number": [anna.user_number] * 3, "password": [WRONG_PASSWORD, PASSWORD, WRONG_PASSWORD]}
    assert Client().post(SIGN_IN, fields).status_code == 200
    assert counted("password") - before == 1


def test_the_stored_hashes_are_argon2id_and_never_the_secret(anna):
    for secret in (anna.password, anna.pin):
        assert secret.startswith("argon2$argon2id$")
    assert check_password(PASSWORD, anna.password)
    assert {rule.secret for rule in DOORS.values()} == set(Secret)
