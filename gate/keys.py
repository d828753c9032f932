"""Names of what lies in the store. All keys of an account share a hash tag, so they lie in one slot of a cluster.

There are BUCKETS tags and no more, so that a worker knows every stream and journal there can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

BUCKETS: Final = 64
GROUP: Final = "portal"


def bucket_of(user_number: str) -> int:
    return crc32(user_number.encode()) % BUCKETS


@dataclass(frozen=True, slots=True)
class Bucket:
    """One of the BUCKETS parts of the store, with what its accounts share."""

    number: int

    @property
    def tag(self) -> str:
        return f"{{gate-{self.number:02d}}}"

    @property
    def stream(self) -> str:
        """Crossings and forecasts that wait to be worked up."""
        return f"{self.tag}:events"

    @property
    def journal(self) -> str:
        """Counts that were not journalled yet."""
        return f"{self.tag}:journal"

    @property
    def draining(self) -> str:
        """A batch of counts on its way to the journal."""
        return f"{self.tag}:draining"


ALL_BUCKETS: Final = tuple(Bucket(number) for number in range(BUCKETS))


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """The keys that a decision about one account touches."""

    account: str
    meters: str
    marks: str
    stream: str
    journal: str

    @classmethod
    def of(cls, user_number: str) -> AccountKeys:
        bucket = ALL_BUCKETS[bucket_of(user_number)]
        return cls(
            account=f"{bucket.tag}:account:{user_number}",
            meters=f"{bucket.tag}:meters:{user_number}",
            marks=f"{bucket.tag}:marks:{user_number}",
            stream=bucket.stream,
            journal=bucket.journal,
        )

    @property
    def for_decision(self) -> tuple[str, str, str, str, str]:
        return self.account, self.meters, self.marks, self.stream, self.journal

    @property
    def for_projection(self) -> tuple[str, str, str]:
        return self.account, self.meters, self.marks
