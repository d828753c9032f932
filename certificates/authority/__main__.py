"""`python -m certificates.authority <environment> <folder>`: a new authority, as the files that a deployment is given.

The key of the root is forgotten, as everywhere. Nothing that is there already is written over.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.authority.founding import found_authority
from certificates.environments import IN_DUTCH

KEY, CHAIN = "portal_issuing_key", "portal_issuing_chain"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m certificates.authority", description=__doc__.partition("\n")[0])
    parser.add_argument("environment", choices=sorted(IN_DUTCH))
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    key, chain = found_authority(chosen.environment, at=datetime.now(UTC))
    try:
        _write(chosen.folder / KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _write(chosen.folder / CHAIN, b"".join(each.public_bytes(Encoding.PEM) for each in chain))
    except OSError as unwritable:
        sys.exit(f"Not written: {unwritable}")


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner alone, and only where nothing is."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)


if __name__ == "__main__":
    main()
