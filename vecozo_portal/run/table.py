"""What a run says when it is ready: where to go, and who to be."""

from collections.abc import Mapping, Sequence

Person = Mapping[str, object]

ROLES = {"contact_person": "Contact person", "user": "User", "support": "Support"}
MOST_OF_A_ROLE = {"contact_person": 3, "user": 4, "support": 1}
COLUMNS = ("Who", "Organisation", "User number", "Password", "PIN", "Blocked")


def addresses(base_url: str, mail_page: str) -> str:
    lines = [
        ("Portal", f"{base_url}/"),
        ("Support's admin", f"{base_url}/beheer/"),
        ("Help", f"{base_url}/hulp/geblokkeerd/"),
    ]
    if mail_page:
        lines.append(("Sent mail", f"{base_url}{mail_page}"))
    return "\n".join(f"  {name:<16}  {address}" for name, address in lines)


def people(everybody: Sequence[Person]) -> str:
    """A few of each role; the demo's command prints all of them."""
    rows = [_row(person) for role in ROLES for person in _some(everybody, role)]
    return "\n".join(f"  {line}" for line in _aligned([COLUMNS, *rows]))


def _some(everybody: Sequence[Person], role: str) -> Sequence[Person]:
    """Free ones first: they are for trying five wrong passwords on; then some that are blocked already."""
    found = [person for person in everybody if person["role"] == role]
    found.sort(key=lambda person: bool(person.get("blocked")))
    most = MOST_OF_A_ROLE[role]
    return found if len(found) <= most else [*found[: most - 1], found[-1]]


def _row(person: Person) -> tuple[str, ...]:
    blocked = person.get("blocked") or ()
    reasons = ", ".join(str(reason) for reason in blocked) if isinstance(blocked, (list, tuple)) else ""
    shown = [person.get(key) or "-" for key in ("organisation", "user_number", "password", "pin")]
    return (ROLES[str(person["role"])], *map(str, shown), reasons or "-")


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
