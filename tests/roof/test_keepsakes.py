"""What the first start chose is kept; where it was damaged, that is told in one sentence."""

from pathlib import Path

import pytest

from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.surroundings import Keepsakes


def test_a_second_start_finds_what_the_first_chose(tmp_path: Path) -> None:
    assert Keepsakes.of(tmp_path) == Keepsakes.of(tmp_path)


@pytest.mark.parametrize("damaged", ["", '{"secret_key": "', "[]"])
def test_a_damaged_file_is_named(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "keepsakes.json"
    file.write_text(damaged)
    with pytest.raises(RunFailure, match=f"The file {file} is damaged"):
        Keepsakes.of(tmp_path)
    assert file.read_text() == damaged
