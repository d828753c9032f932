"""What a run says when it is ready: where to go, and who to be."""


def welcome(base_url: str, *, mail_page: str, people: str) -> str:
    """`people`: the table of demo people, nothing where there are none."""
    parts = ["The portal is running.", _addresses(base_url, mail_page)]
    if people:
        parts += [people, "As first loaded; everybody: .venv/bin/python manage.py demo_people"]
    return "\n\n".join(parts)


def _addresses(base_url: str, mail_page: str) -> str:
    lines = [
        ("Portal", f"{base_url}/"),
        ("Support's admin", f"{base_url}/beheer/"),
        ("Help", f"{base_url}/hulp/geblokkeerd/"),
    ]
    if mail_page:
        lines.append(("Sent mail", f"{base_url}{mail_page}"))
    return "\n".join(f"  {name:<16}  {address}" for name, address in lines)
