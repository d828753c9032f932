"""Files that hold what others may not read."""

import os
from pathlib import Path


def write_secretly(path: Path, text: str) -> None:
    """Readable by us alone from the first moment, and whole or not there."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
        file.write(text)
    draft.rename(path)
