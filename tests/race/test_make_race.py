"""`make race` says what it counted, and fails when that is not five."""

import os
import subprocess
import sys

import pytest

from vecozo_portal.environment import BASE_DIR

pytestmark = [pytest.mark.race, pytest.mark.process, pytest.mark.timeout(300)]


def race(**settings):
    command = [sys.executable, "-m", "bench.race", "--repeats", "1", "--guesses", "20", "--cheap"]
    env = {**os.environ, **settings}
    return subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False)


def test_it_prints_a_line_for_each_door_and_ends_well():
    done = race()
    assert done.returncode == 0, done.stdout + done.stderr
    for row in ("sign in             1", "forgotten password  1", "both, mixed         1"):
        assert row in done.stdout
    assert "All 3 rounds right" in done.stdout


def test_it_fails_where_six_are_verified():
    done = race(PORTAL_FAILURE_LIMIT="6")
    assert done.returncode == 1
    assert "password verified 6 times" in done.stdout
    assert "3 of 3 rounds missed" in done.stdout
