"""What strangers send never becomes a line of the log by itself."""

from http.client import HTTPConnection
from urllib.parse import unquote

import pytest

from tests.portal_process import RunningPortal
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
