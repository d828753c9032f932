"""The scripts as commands: all of a command that does not change is packed once."""

from __future__ import annotations

from hashlib import sha1
from typing import Final

import hiredis

from gate.lua import script


def packed(*parts: bytes | str) -> bytes:
    """Parts of a command as they travel, without the count of parts that a command begins with."""
    command: bytes = hiredis.pack_command(parts)  # type: ignore[arg-type]  # its stub means a tuple of one
    return command.partition(b"\r\n")[2]


class Script:
    """A script with so many keys and arguments. One of its arguments is the run id, which only the node knows."""

    def __init__(self, name: str, *, keys: int, arguments: int) -> None:
        self.text = script(name)
        begin = b"*%d\r\n" % (3 + keys + arguments)
        digest = sha1(self.text.encode(), usedforsecurity=False).hexdigest()
        self.by_digest = begin + packed("EVALSHA", digest, str(keys))
        self.by_text = begin + packed("EVAL", self.text, str(keys))


MIDNIGHTS: Final = 4
DECIDE: Final = Script("decide", keys=5, arguments=6 + MIDNIGHTS)
PUT: Final = Script("put", keys=3, arguments=4)
