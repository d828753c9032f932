"""What a strict content security policy and mail readers ask of every template."""

import re
from pathlib import Path

import pytest

from vecozo_portal.environment import BASE_DIR

# Pages only: a mail has no policy, and its readers want styles inline.
TEMPLATES = sorted(path for path in (BASE_DIR / "templates").rglob("*.html") if "emails" not in path.parts)
MAILS = sorted(folder for folder in (BASE_DIR / "templates" / "emails").glob("*") if folder.is_dir())
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=|<style\b|javascript:|<script(?![^>]*\ssrc=)|hx-on|hx-vals=.js:", re.IGNORECASE
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(BASE_DIR / "templates")))
def test_nothing_is_inline(template: Path) -> None:
    assert INLINE.findall(template.read_text()) == []


def test_every_mail_has_three_parts() -> None:
    for folder in MAILS:
        assert {path.name for path in folder.iterdir()} >= {"subject.txt", "body.txt", "body.html"}, folder.name
