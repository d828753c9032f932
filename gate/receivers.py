"""What the gate does when it hears the ground floor's signal."""


def connect() -> None: ...
