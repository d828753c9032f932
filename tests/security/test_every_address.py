"""Every address, for everybody, with hostile texts: never a 500."""

import pytest
from django.test import Client

from tests.security.addresses import addresses
from tests.security.hostile import HOSTILE

# Hundreds of pages, some hundred times each: half a minute alone, minutes beside other work.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


def browser_of(person=None):
    browser = Client(raise_request_exception=False)
    if person:
        browser.force_login(person, "blocking.backends.GuardedBackend")
    return browser


def walks(things, contact_person, user, support):
    """Who goes where with which texts: everything for those who get in, a little for those who are sent away."""
    everywhere = [path for path in addresses(things) if path not in {"/uitloggen/", "/beheer/logout/"}]
    admin = [path for path in everywhere if path.startswith("/beheer/")]
    portal = [path for path in everywhere if not path.startswith("/beheer/")]
    few = [HOSTILE["nul"], HOSTILE["huge number"]]
    return [
        (browser_of(contact_person), portal, TEXTS),
        (browser_of(support), admin, [*few, HOSTILE["uuid"], HOSTILE["negative"]]),
        (browser_of(user), portal, few),
        (browser_of(), everywhere, few[:1]),
    ]


# What the tests' own client can write; the doors get the rest over the wire.
TEXTS = [text for kind, text in HOSTILE.items() if kind not in {"long", "lone surrogate"}]
ASKED = (
    "q",
    "page",
    "status",
    "reason",
    "next",
    "geschiedenis",
    "opgeheven",
    "o",
    "p",
    "e",
    "all",
    "open",
    "lift_channel",
    "account",
    "blokkade",
    "ingediend",
    "behandelaar",
    "lezer",
)
POSTED = (
    "block",
    "reason",
    "note",
    "channel",
    "caller",
    "caller_name",
    "quoted_agb_code",
    "quoted_user_number",
    "seen",
    "code",
    "check",
    "queries",
    "until",
    "to",
    "bericht",
    "next",
    "user_number",
    "password",
    "pin",
)


def test_no_address_falls_over_whatever_is_asked_of_it(things, anja, anna, sanne):
    fallen = {
        (path, text[:20])
        for browser, paths, texts in walks(things, anja, anna, sanne)
        for path in paths
        for text in ["", *texts]
        if browser.get(path, dict.fromkeys(ASKED, text)).status_code >= 500
    }
    assert fallen == set()


def test_no_address_falls_over_whatever_is_posted_to_it(things, anja, anna, sanne):
    fallen = {
        (path, text[:20])
        for browser, paths, texts in walks(things, anja, anna, sanne)
        for path in paths
        for text in texts
        if browser.post(path, dict.fromkeys(POSTED, text)).status_code >= 500
    }
    assert fallen == set()
