"""The settings of a portal that was given its authority, as production is."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.authority.founding import found_authority


def issuing_settings(environment: str) -> dict[str, str]:
    key, chain = found_authority(environment, at=datetime.now(UTC))
    return {
        "PORTAL_ISSUING_KEY": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "PORTAL_ISSUING_CHAIN": "".join(each.public_bytes(Encoding.PEM).decode() for each in chain),
    }
