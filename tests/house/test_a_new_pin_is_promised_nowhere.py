"""No text promises a new PIN: this version gives none, so all of them lead to Support, in the same words."""

import re
from pathlib import Path

import pytest

from accounts.choices import Secret
from blocking.admin_accounts import WAYS_OUT
from vecozo_portal.environment import BASE_DIR

TEMPLATES = BASE_DIR / "templates"
ASKING = re.compile(r"contact op(?: te nemen)? met Support over een nieuwe pincode")
ABOUT_A_NEW_PIN = [
    "blocking/forgotten_password_refusal.html",
    "desk/user_administration/staying.html",
    "desk/user_administration/void_secret.html",
    "emails/secret_voided/body.html",
    "emails/secret_voided/body.txt",
    "help/geblokkeerd.html",
]
PROMISES = ("om een nieuwe.", "zorgt voor een nieuwe", "komt altijd binnen", "Neem daarvoor contact op met uw")


@pytest.mark.parametrize("name", ABOUT_A_NEW_PIN)
def test_it_leads_to_support_in_the_same_words(name: str) -> None:
    assert ASKING.search((TEMPLATES / name).read_text())


def test_support_reads_the_same() -> None:
    assert ASKING.search(WAYS_OUT[Secret.PIN])


@pytest.mark.parametrize("path", sorted(Path(TEMPLATES).rglob("*.*")), ids=lambda path: path.name)
def test_no_page_and_no_mail_promises_one(path: Path) -> None:
    assert not [promise for promise in PROMISES if promise in path.read_text()]
