"""A link in a mail is worth something to who reads the log before its owner presses it: it is not in any line."""

from uuid import uuid4

import pytest

from accounts.links import EMAIL_CHANGE, token_of
from blocking import not_me_link
from blocking.doors import OTHERWISE_WATCHED
from tests.portal_process import RunningPortal
from tests.security.visitor import Visitor
from vecozo_portal.logs import inert
from vecozo_portal.processes.waiting import wait_until

PURPOSES = {
    "/dit-was-ik-niet/<str:token>/": not_me_link.PURPOSE,
    "/mijn-account/e-mailadres/bevestigen/<str:token>/": EMAIL_CHANGE,
}


def test_every_address_with_a_token_is_looked_at_here() -> None:
    assert set(PURPOSES) == {address for address in OTHERWISE_WATCHED if "<str:" in address}


@pytest.mark.process
@pytest.mark.parametrize("address", PURPOSES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_line_of_the_log_holds_the_token(running_portal: RunningPortal, address: str, method: str) -> None:
    whose = str(uuid4())
    token = token_of(whose, PURPOSES[address])
    for written in (token, token.replace(":", "%3A"), token.upper()):
        Visitor(running_portal.base_url).send(method, address.replace("<str:token>", written))
    assert wait_until(lambda: running_portal.log.lower().count(whose) >= 3, within=10)
    signature = token.split(":")[1]
    assert signature.lower() not in running_portal.log.lower()


def test_what_is_no_token_stays() -> None:
    for line in ("GET /berichtenbox/0f0e0d0c-0b0a-4908-8706-050403020100/", "12:00:00,123 INFO", "a:b"):
        assert inert(line) == line
