"""The store as everything but the gate itself reaches it: redis-py, one server or a cluster, and never for long."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.conf import settings
from redis import Redis, RedisCluster
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisClusterException, RedisError
from redis.retry import Retry

TIMEOUT_SECONDS: Final = 0.5
# A slot that moved is looked up anew; a failover that takes longer is for the next call.
CLUSTER_TRIES: Final = 3
# What a client raises when the store is away, or answers that it cannot now.
STORE_AWAY: Final = (RedisError, RedisClusterException)

Store = Redis | RedisCluster


def connect(url: str, *, timeout: float = TIMEOUT_SECONDS) -> Store:
    """A client for this address; a cluster is recognised by its answer. Raises one of STORE_AWAY while it is away.

    A connection that the store closed is made anew at once; a store that is silent is not asked twice.
    """
    # What somebody wrote there that is no text must not hide what stands beside it.
    reading: dict[str, Any] = {"decode_responses": True, "encoding_errors": "replace"}
    options = reading | {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    once_more = Retry(NoBackoff(), 1, supported_errors=(NotConnected,))
    single = Redis.from_url(url, retry=once_more, **options)
    if single.info("cluster").get("cluster_enabled"):
        single.close()
        return RedisCluster.from_url(url, retry=Retry(NoBackoff(), CLUSTER_TRIES), **options)
    return single


@cache
def gate_store() -> Store:
    """This process's client for the gate's store."""
    return connect(settings.PORTAL_GATE_REDIS_URL)
