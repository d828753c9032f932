"""The store as everything but the gate itself reaches it: redis-py, one server or a cluster, and never for long."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.conf import settings
from redis import Redis, RedisCluster
from redis.backoff import NoBackoff
from redis.retry import Retry

TIMEOUT_SECONDS: Final = 0.5

Store = Redis | RedisCluster


def connect(url: str, *, timeout: float = TIMEOUT_SECONDS) -> Store:
    """A client for this address; a cluster is recognised by its answer. Raises redis.RedisError while it is away."""
    single = Redis.from_url(
        url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0), decode_responses=True
    )
    if single.info("cluster").get("cluster_enabled"):
        single.close()
        return RedisCluster.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout, decode_responses=True)
    return single


@cache
def gate_store() -> Store:
    """This process's client for the gate's store."""
    return connect(settings.PORTAL_GATE_REDIS_URL)
