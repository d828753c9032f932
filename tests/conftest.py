"""Fixtures for every test. The first lines come before anything that reads settings."""

import django

from tests import engines_for_tests

engines_for_tests.prepare()
# The cast of tests.people is made of models, which want their apps.
django.setup()

pytest_plugins = [
    "tests.people",
    "tests.fixtures_database",
    "tests.fixtures_portal",
    "tests.fixtures_browser",
    "tests.fixtures_signing_in",
    "tests.fixtures_gate",
]
