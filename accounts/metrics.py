"""Counts for operations, summed over all processes at /metrics."""

from prometheus_client import Counter

factor_verifications = Counter(
    "portal_factor_verifications",
    "Second factors that were really looked at, by what it was and how it ended.",
    ["means", "outcome"],
)
factor_refusals = Counter(
    "portal_factor_refusals",
    "Second factors that were not looked at, because a wrong one came too shortly before.",
    ["means"],
)
