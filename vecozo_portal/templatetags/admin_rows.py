"""Rows of the admin's lists, for screens too narrow for columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[SafeString], headers: Iterable[Mapping[str, object]]) -> list[SafeString]:
    """Django's finished cells of one row, each with the name of its column."""
    return [_labelled(cell, str(header["text"])) for cell, header in zip(cells, headers, strict=True)]


def _labelled(cell: SafeString, column: str) -> SafeString:
    attribute = format_html(' data-label="{}"', capfirst(column))
    # The cell is safe already, and so is the attribute.
    return mark_safe(cell.replace("<td", f"<td{attribute}", 1) if cell.startswith("<td") else cell)  # noqa: S308
