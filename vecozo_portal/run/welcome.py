"""What a run says when it is ready: where to go, and who to be."""

from collections.abc import Iterator
from dataclasses import dataclass

from vecozo_portal.run.ports import Ports


@dataclass(frozen=True)
class Whereabouts:
    """Where everything listens.

    `mail_page`: its path, nothing where mail is really sent. `codes_page`: the same of the demo's one-time codes.
    """

    ports: Ports
    mail_page: str
    codes_page: str
    with_demo: bool

    def __iter__(self) -> Iterator[tuple[str, str]]:
        portal = f"http://localhost:{self.ports.portal}"
        yield "Portal", f"{portal}/"
        yield "Support's admin", f"{portal}/beheer/"
        yield "Help", f"{portal}/hulp/geblokkeerd/"
        if self.mail_page:
            yield "Sent mail", f"{portal}{self.mail_page}"
        if self.codes_page:
            yield "One-time codes", f"{portal}{self.codes_page}  (contact persons and Support sign in with one)"
        yield "Gate", f"http://127.0.0.1:{self.ports.gate}/v1/decisions/<service>"
        if self.with_demo:
            service = f"http://127.0.0.1:{self.ports.demo_service}/cov/"
            yield "Service behind it", f"{service}  (`make demo-queries` queries it)"


def welcome(places: Whereabouts, people: str) -> str:
    """`people`: the table of demo people, nothing where there are none."""
    addresses = "\n".join(f"  {name:<17}  {address}" for name, address in places)
    parts = ["The portal is running.", addresses]
    if people:
        parts += [people, "As first loaded; everybody: .venv/bin/python manage.py demo_people"]
    return "\n\n".join(parts)
