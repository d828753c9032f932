"""The portal's own source, read as syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.security.addresses import APPS
from vecozo_portal.environment import BASE_DIR


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Each file of ours, by its path in the project."""
    for app in APPS:
        for path in sorted((BASE_DIR / app).rglob("*.py")):
            yield path.relative_to(BASE_DIR), ast.parse(path.read_text())


def names_called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def modules_imported(tree: ast.AST) -> Iterator[str]:
    """What a file imports, and what that might be a module of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def texts_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def module_at(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")
