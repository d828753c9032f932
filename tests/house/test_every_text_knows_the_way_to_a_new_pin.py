"""Whoever has no right PIN reads how to get a new one, in every text about it: not by calling Support."""

import re
from pathlib import Path

import pytest

from accounts.choices import Secret
from blocking.admin.on_accounts import WAYS_OUT
from vecozo_portal.environment import BASE_DIR

TEMPLATES = BASE_DIR / "templates"
WAY = re.compile(r"forgotten-pin|/pincode-vergeten/|new-pin|een nieuwe pincode uit|Geef een nieuwe uit")
ABOUT_A_NEW_PIN = [
    "accounts/sign_in.html",
    "blocking/forgotten_password_refusal.html",
    "blocking/pin_form.html",
    "certificates/install_refusal.html",
    "certificates/messages/certificate_ends/body.html",
    "certificates/messages/certificate_ready/body.html",
    "desk/user_administration/staying.html",
    "desk/user_administration/void_secret.html",
    "emails/secret_voided/body.html",
    "emails/secret_voided/body.txt",
    "help/geblokkeerd.html",
]
OVER = re.compile(r"contact op(?: te nemen)? met Support over een nieuwe pincode")
# Where nobody of the organisation could read one.
STILL_SUPPORTS = {"pin_asked"}


@pytest.mark.parametrize("name", ABOUT_A_NEW_PIN)
def test_it_knows_the_way(name: str) -> None:
    assert WAY.search((TEMPLATES / name).read_text())


def test_support_reads_it_too() -> None:
    assert WAY.search(WAYS_OUT[Secret.PIN])


@pytest.mark.parametrize("path", sorted(Path(TEMPLATES).rglob("*.*")), ids=lambda path: path.name)
def test_nobody_is_sent_to_support_for_it(path: Path) -> None:
    assert path.parent.name in STILL_SUPPORTS or not OVER.search(path.read_text())
