"""`make race` says what it counted, and fails when that is not five."""

import os
import subprocess
import sys

import pytest

from vecozo_portal.environment import BASE_DIR

pytestmark = [pytest.mark.race, pytest.mark.process, pytest.mark.timeout(300)]


def race(*more, **settings):
    command = [sys.executable, "-m", "bench.race", "--rounds", "1", "--guesses", "20", "--cheap", *more]
    env = {**os.environ, **settings}
    return subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False)


def test_it_prints_a_line_for_a_door_and_ends_well():
    done = race("--only", "all doors, mixed")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all doors, mixed 1: password" in done.stdout
    assert "pin 5" in done.stdout
    assert "All 1 rounds right: nobody got in who may not." in done.stdout


def test_it_fails_where_six_are_verified():
    done = race("--only", "sign in", PORTAL_FAILURE_LIMIT="6")
    assert done.returncode == 1
    assert "password verified 6 times" in done.stdout
    assert "1 of 1 rounds missed" in done.stdout
