"""What is said of settings that cannot be used."""

from collections.abc import Callable

from pydantic import ValidationError


def sentences(mistakes: ValidationError, variable: Callable[[str], str]) -> str:
    """All mistakes, one a line, and never with the value that was given."""
    lines = [
        f"  {variable(str(mistake['loc'][0]))}: "
        + ("is not set" if mistake["type"] == "missing" else mistake["msg"].removeprefix("Value error, "))
        for mistake in mistakes.errors(include_input=False, include_context=False)
    ]
    return "\n".join(["The settings cannot be used (docs/settings.md explains each):", *sorted(lines)])
