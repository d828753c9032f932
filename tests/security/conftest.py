from tests.blocking.conftest import counted

__all__ = ["counted"]
