"""Counts for operations, summed over all processes at /metrics."""

from prometheus_client import Counter

secret_verifications = Counter(
    "portal_secret_verifications",
    "Secrets of accounts that were really compared, right or wrong.",
    ["secret"],
)
dummy_hashes = Counter(
    "portal_dummy_hashes",
    "Hashes computed for entries whose secret was not looked at, so that both take as long.",
)
hashing_refusals = Counter(
    "portal_hashing_refusals",
    "Entries answered 503 because no hashing place came free in time.",
)
source_refusals = Counter(
    "portal_source_refusals",
    "Entries answered 429 because their source had failed too often; no account was looked at.",
)
episodes = Counter("portal_episodes", "Attacks: many blocks seen as one.", ["kind"])
blocks_opened = Counter("portal_blocks_opened", "Blocks opened.", ["reason"])
blocks_lifted = Counter("portal_blocks_lifted", "Blocks lifted.", ["reason", "channel"])
