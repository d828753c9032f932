"""The gate's OpenAPI document, as the tests read it."""

from __future__ import annotations

from typing import Any, Final

import yaml

from vecozo_portal.environment import BASE_DIR

DOCUMENT: Final = BASE_DIR / "docs" / "gate.openapi.yaml"


def document() -> dict[str, Any]:
    return dict(yaml.safe_load(DOCUMENT.read_text()))
