"""Forms filled in at random: every address, its own fields, for everybody, by any method. Never a 500.

Hypothesis chooses; what a form asks is read from the page, so a new field or page is tried without being named here.
"""

import re
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import PASSWORD, PIN
from tests.security.addresses import addresses
from tests.security.hostile import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

NAMED = re.compile(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"')
METHODS = ["get", "post", "post", "post", "put", "delete", "patch", "options"]
# A lone surrogate cannot be sent in UTF-8; what is long goes over the wire in test_bad_input.
TEXTS = [text for kind, text in HOSTILE.items() if kind not in {"long", "lone surrogate"}]
EVERYDAY = [
    "1",
    "0",
    "on",
    "other",
    "phone",
    "password",
    "pin",
    "2026-02-30",
    "192.0.2.0/24",
    "::/0",
    "a@b.c",
    PASSWORD,
    PIN,
]
BOUNDED = settings(
    max_examples=300,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def browsers(anja, anna, sanne):
    found = {"stranger": Client(raise_request_exception=False)}
    for name, person in {"contact person": anja, "user": anna, "Support": sanne}.items():
        found[name] = Client(raise_request_exception=False)
        found[name].force_login(person, "blocking.backends.GuardedBackend")
    return found


@contextmanager
def undone():
    """What one example did is gone before the next, so that nobody is blocked or signed out by then."""
    attempt: Any = transaction.atomic()
    attempt._from_testcase = True  # as pytest-django's own: an attempt may be taken inside it
    with attempt:
        yield
        transaction.set_rollback(True)


def fields_of(browsers, paths):
    """What the page at each address asks, whoever sees it."""
    asked = {}
    for path in paths:
        with undone():
            pages = [browser.get(path).content.decode(errors="replace") for browser in browsers.values()]
        asked[path] = sorted({name for page in pages for name in NAMED.findall(page)} | {"next", "q"})
    return asked


def values(things, number):
    known = [number, *[str(thing.pk) for thing in things], *[str(getattr(thing, "public_id", "")) for thing in things]]
    one = st.one_of(st.sampled_from(known + EVERYDAY), st.sampled_from(TEXTS), st.text(max_size=60))
    file = st.binary(max_size=200).map(lambda content: SimpleUploadedFile("verzoek\u202e.pem", content))
    return st.one_of(one, one, one, st.lists(one, max_size=3), file)


def test_no_form_falls_over_whatever_is_filled_in(things, browsers, anna):
    paths = [path for path in addresses(things) if "uitloggen" not in path and "logout" not in path]
    asked, chosen = fields_of(browsers, paths), values(things, anna.user_number)

    @BOUNDED
    @given(st.data())
    def fill_in(data):
        path = data.draw(st.sampled_from(paths), label="path")
        who = data.draw(st.sampled_from(sorted(browsers)), label="who")
        method = data.draw(st.sampled_from(METHODS), label="method")
        fields = data.draw(st.dictionaries(st.sampled_from(asked[path]), chosen, max_size=8), label="fields")
        with undone():
            assert sent(browsers[who], method, path, fields).status_code < 500

    fill_in()


def sent(browser, method, path, fields):
    if method == "post":
        return browser.post(path, fields)
    texts = {name: value for name, value in fields.items() if not isinstance(value, SimpleUploadedFile)}
    return browser.get(path, texts) if method == "get" else getattr(browser, method)(path)
