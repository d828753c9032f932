"""What README.md and its neighbours promise is there."""

import re
from pathlib import Path

import pytest

from vecozo_portal.environment import BASE_DIR

DOCUMENTS = [BASE_DIR / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
README = DOCUMENTS[0].read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_two_commands_stand_in_the_readme() -> None:
    assert "\nmake run " in README
    assert "\nmake test " in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_make_command_that_is_named_exists(document: Path) -> None:
    named = re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_within_the_repository_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (BASE_DIR / link).exists()] == []


def test_the_screenshot_is_small() -> None:
    assert all(image.stat().st_size < 150_000 for image in (BASE_DIR / "docs" / "images").iterdir())


def test_the_licence_is_whole() -> None:
    licence = (BASE_DIR / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
    assert "‘Compatible Licences’ according to Article 5 EUPL" in licence
