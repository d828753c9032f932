"""Fields of the environment that are about certificates; `environment` reads them with the others."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings


class CertificateSettings(BaseSettings):
    client_cert_format: Literal["rfc9440", "nginx", "traefik"] = Field(
        default="rfc9440",
        description="How the named proxies write a client certificate in `Client-Cert`: as RFC 9440 says, as nginx's"
        " `$ssl_client_escaped_cert`, or as Traefik's `X-Forwarded-Tls-Client-Cert`.",
    )
    certificate_sign_in: Literal["off", "second_factor", "first_factor"] = Field(
        default="off",
        description="Whether the certificate that a named proxy passes on counts when somebody signs in, always beside"
        " the password: `second_factor` where the second factor is asked, `first_factor` also at once, shown together"
        " with the password. The proxy must write the header itself, and drop what its client sent.",
    )
    uzi_authorities: Path | None = Field(
        default=None,
        description="A file with the certificates of the authorities that issue UZI cards, as PEM: then a card that is"
        " linked to an account counts as that account's own certificate. Empty: no cards. Whether a card was revoked,"
        " the proxy must look at: the portal reads no list of the UZI register.",
    )
    issuing_key: str = Field(
        default="",
        repr=False,
        description="Signs certificates, as PEM. Empty: outside production one is made, in `PORTAL_STATE_DIR`.",
    )
    issuing_chain: str = Field(
        default="", description="Its certificate and those above it, as PEM, the issuing one first."
    )
