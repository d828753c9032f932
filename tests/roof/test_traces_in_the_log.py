"""An exception quotes what was sent; in the log it still writes no line of its own. Pure."""

import logging

import pytest

from vecozo_portal.logs import MARGIN, OneLineFormatter

FORGED = "2026-11-25 12:00:00,000 INFO accounts: FORGED"
LINE = OneLineFormatter("{levelname} {name}: {message}", style="{")


def written_of(quoted: str) -> str:
    """What the log says of an exception that quotes this; it was never raised, so the trace has no frames."""
    error = ValueError(quoted)
    record = logging.makeLogRecord({"msg": "It failed", "exc_info": (ValueError, error, None)})
    return LINE.format(record)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_no_line_of_a_trace_begins_as_one_of_ours(breaks: str) -> None:
    first, *trace = written_of(f"Invalid boundary: {breaks}{FORGED}").splitlines()
    assert first.endswith("It failed")
    assert trace
    assert all(line.startswith(MARGIN) for line in trace)
    assert FORGED in "".join(trace)


@pytest.mark.parametrize("active", ["\x00", "\x1b", "\u202e", "\u200b", "\ud800"], ids=ascii)
def test_what_acts_is_made_visible_in_a_trace(active: str) -> None:
    written = written_of(f"voor{active}na")
    assert active not in written
    assert active.encode("unicode_escape").decode() in written


def test_a_trace_that_somebody_else_wrote_down_is_inert_as_well() -> None:
    record = logging.makeLogRecord({"msg": "It failed", "exc_text": f"one\n{FORGED}", "stack_info": f"two\n{FORGED}"})
    assert [line.startswith(MARGIN) for line in LINE.format(record).splitlines()] == [False, True, True, True, True]


def test_a_message_with_lines_of_its_own_stays_one_line() -> None:
    assert len(LINE.format(logging.makeLogRecord({"msg": f"voor\n{FORGED}"})).splitlines()) == 1
