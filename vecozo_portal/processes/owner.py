"""Who the engines run as: PostgreSQL refuses root, so root's engines run as `nobody`; anybody else's as themselves.

No folder that already stood is ever opened to others.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Owner:
    """A user to become before an engine starts; `uid` is None for who we already are."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_engines(cls) -> Self:
        if os.geteuid() != 0:
            return cls()
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    def give(self, path: Path, mode: int) -> None:
        """Makes a path of ours theirs, readable as `mode` says."""
        path.chmod(mode)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def own_folder(self, path: Path) -> None:
        path.mkdir(exist_ok=True)
        self.give(path, 0o700)

    def can_reach(self, folder: Path) -> bool:
        """Whether every folder on the way may be walked through by others; a plain reading of the mode bits."""
        return self.uid is None or all(_walkable(parent) for parent in folder.resolve().parents)


def _walkable(folder: Path) -> bool:
    return bool(stat.S_IMODE(folder.stat().st_mode) & stat.S_IXOTH)
