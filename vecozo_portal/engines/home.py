"""Where the engines live: in the state folder, unless their owner cannot come there.

A clone in root's home, say, is closed to `nobody`, and we open no folder that is not ours. The engines then get a home
of their own elsewhere, and the state folder keeps a link to it.
"""

import tempfile
from pathlib import Path

from vecozo_portal.processes.owner import Owner

ELSEWHERE = Path("/var/lib")


def engine_home(state_dir: Path, owner: Owner) -> Path:
    """`<state>/engines`, itself or what it links to."""
    home = state_dir / "engines"
    if home.exists():
        return home.resolve()
    home.unlink(missing_ok=True)
    if owner.can_reach(home):
        home.mkdir()
    else:
        home.symlink_to(tempfile.mkdtemp(prefix="vecozo-portal-", dir=ELSEWHERE))
    home.chmod(0o711)
    return home.resolve()
