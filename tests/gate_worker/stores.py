"""The gate's store as the tests hold it: redis-py's own types do not know that this client answers in text."""

from typing import Any

Store = Any
