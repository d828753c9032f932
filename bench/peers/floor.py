"""The web floor: a bare 204."""

from typing import Any


class Floor:
    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        protocol.response_empty(204, [])


application = Floor()
