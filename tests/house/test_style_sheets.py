"""The style sheets hold what is used, and no more than somebody can keep in mind (docs/adr/0015)."""

import re
from pathlib import Path

import pytest

from vecozo_portal.environment import BASE_DIR

MOST_LINES = 1000
SHEETS = sorted((BASE_DIR / "vecozo_portal/static/portal/css").glob("*.css"))
# Whose last part is put together where it is drawn: `vp-chart__bar--{{ bar.kind }}`, `vp-badge--` and a kind.
_DRAWN = re.compile("--[a-z-]+$")


def users_of_classes() -> str:
    templates = (BASE_DIR / "templates").rglob("*.html")
    scripts = (BASE_DIR / "vecozo_portal/static/portal/js").rglob("*.js")
    code = (BASE_DIR / "accounts").rglob("*.py")
    return "\n".join(path.read_text() for paths in (templates, scripts, code) for path in paths)


def test_they_stay_below_a_thousand_lines() -> None:
    assert sum(len(sheet.read_text().splitlines()) for sheet in SHEETS) < MOST_LINES


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_is_used_somewhere(sheet: Path) -> None:
    used = users_of_classes()
    classes = set(re.findall(r"\.(vp-[a-z0-9_-]+)", sheet.read_text()))
    assert not [name for name in classes if name not in used and f"{_DRAWN.sub('', name)}--{{{{" not in used]


def test_no_sheet_but_the_tokens_names_a_colour_of_its_own() -> None:
    colours = re.compile(r"#[0-9a-f]{3,8}\b(?=[; ])")
    assert not [sheet.name for sheet in SHEETS if sheet.name != "tokens.css" and colours.search(sheet.read_text())]
