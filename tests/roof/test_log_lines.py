"""What strangers send never becomes a line of the log by itself."""

from http.client import HTTPConnection
from urllib.parse import unquote

import pytest

from tests.portal_process import RunningPortal
from tests.security.visitor import FORM, SIGN_IN, Visitor
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process


def ask(portal: RunningPortal, path: str, host: str) -> int:
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse().status


@pytest.mark.parametrize("written", ["%0d%0a", "%C2%85", "%E2%80%AE", "%E2%80%A8"])
def test_nobody_writes_a_line_of_the_access_log(running_portal: RunningPortal, written: str) -> None:
    marker = "marker-" + written.replace("%", "")
    ask(running_portal, f"/{marker}-{written}FORGED", "localhost")
    assert wait_until(lambda: marker in running_portal.log, within=10)
    log = (running_portal.folder / "portal.log").read_bytes().decode()
    assert unquote(written) + "FORGED" not in log


def test_an_unknown_host_writes_nothing_but_the_line_of_its_request(running_portal: RunningPortal) -> None:
    assert ask(running_portal, "/marker-of-a-host/", "attacker.example") == 400
    assert wait_until(lambda: '"GET /marker-of-a-host/" 400' in running_portal.log, within=10)
    assert "Invalid HTTP_HOST" not in running_portal.log


FORGED = "%0A2026-01-01%2012:00:00,000%20INFO%20accounts:%20FORGED%1b[31m"
UNREADABLE = {
    "forged": f"multipart/form-data; boundary*=utf-8''{FORGED}",
    "not in ascii": f"multipart/form-data; boundary*=utf-8''%E2%80%A8{FORGED}%FF",
    "no boundary": "multipart/form-data",
    "long": f"multipart/form-data; boundary={'b' * 300}",
}


def written_of(portal: RunningPortal, kind: str, body: str) -> str:
    """What the log says of this request, once its line is there."""
    visitor, before = Visitor(portal.base_url), len(portal.log)
    headers = {"Content-Type": kind, "X-CSRFToken": visitor.open_door().token}
    assert visitor.send("POST", SIGN_IN, body, headers).status == 400
    assert wait_until(lambda: f'"POST {SIGN_IN}" 400' in portal.log[before:], within=10)
    return portal.log[before:]


@pytest.mark.parametrize("kind", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_cannot_be_read_writes_one_line_and_no_trace(running_portal: RunningPortal, kind: str) -> None:
    written = written_of(running_portal, kind, "--x")
    assert "Unable to parse request body" in written
    assert "Traceback" not in written
    assert "FORGED" not in written


def test_too_many_fields_write_one_line_and_no_trace(running_portal: RunningPortal) -> None:
    written = written_of(running_portal, FORM, "&".join(f"field{number}=1" for number in range(1000)))
    assert "TooManyFieldsSent" in written
    assert "Traceback" not in written
