from collections.abc import Callable

import pytest

from blocking import metrics


@pytest.fixture
def counted() -> Callable[[str], float]:
    """How many secrets of this kind this process has really compared so far."""
    return lambda secret: metrics.secret_verifications.labels(secret=secret)._value.get()
