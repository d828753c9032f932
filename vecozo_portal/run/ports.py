"""Where a run listens, on this machine only: the portal, the gate, and one above the gate the demo's service."""

from dataclasses import dataclass

from vecozo_portal.processes.ports import is_free
from vecozo_portal.run.failures import RunFailure


@dataclass(frozen=True)
class Ports:
    portal: int
    gate: int

    @property
    def demo_service(self) -> int:
        return self.gate + 1

    def see_that_they_are_free(self) -> None:
        """Raises `RunFailure` with the command that would do."""
        for option, port in {"PORT": self.portal, "GATE_PORT": self.gate}.items():
            if not is_free(port):
                raise _taken(port, option)
        if self.portal in (self.gate, self.demo_service):
            raise RunFailure(
                f"The portal cannot listen on port {self.portal}, where the gate or the demo's service listens. Choose"
                f" another one for those: make run PORT={self.portal} GATE_PORT={self.portal + 1}"
            )
        if not is_free(self.demo_service):
            raise _taken(self.demo_service, "GATE_PORT")


def _taken(port: int, option: str) -> RunFailure:
    return RunFailure(f"Port {port} is taken by another program. Choose another one: make run {option}={port + 1}")
