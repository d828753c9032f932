"""What `make help` lists exists."""

import re
from importlib.util import find_spec

import pytest

from vecozo_portal.environment import BASE_DIR

MAKEFILE = (BASE_DIR / "Makefile").read_text()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([a-z_.]+)", MAKEFILE))))
def test_what_a_target_starts_can_be_started(module: str) -> None:
    found = find_spec(module)
    assert found is not None
    is_a_package = found.submodule_search_locations is not None
    assert not is_a_package or find_spec(f"{module}.__main__") is not None
