"""An allowed answer tells each window's policy and what is left of it, as lists of structured fields."""

from __future__ import annotations

from gate.api.limits import allowed_headers


def told(*answer: bytes | int) -> dict[str, str]:
    return dict(allowed_headers([b"ok", *answer]))


def test_each_window_is_a_policy_with_its_name() -> None:
    headers = told(b"day=100 hour=50 minute=5", 99, 3600, 49, 60, 4, 1)
    assert headers == {
        "cache-control": "no-store",
        "ratelimit-policy": '"day";q=100;w=86400, "hour";q=50;w=3600, "minute";q=5;w=60',
        "ratelimit": '"day";r=99;t=3600, "hour";r=49;t=60, "minute";r=4;t=1',
    }


def test_without_a_quota_nothing_is_told_of_one() -> None:
    assert told(b"") == {"cache-control": "no-store"}
