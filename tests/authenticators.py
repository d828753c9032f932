"""A passkey made of software: it answers what a page asks, as a browser hands the answer on."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, ATTESTED = 0x01, 0x40


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Authenticator:
    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0

    def makes(self, options: str) -> str:
        """The answer to being asked for a new key."""
        asked = json.loads(options)
        shown = self._shown(asked["rp"]["id"], ATTESTED) + self._attested()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": shown})
        response = {"clientDataJSON": self._client("webauthn.create", asked), "attestationObject": text_of(attestation)}
        return self._answer(response)

    def signs(self, options: str) -> str:
        """The answer to being asked to sign."""
        asked = json.loads(options)
        self.count += 1
        shown, client = self._shown(asked["rpId"]), self._client("webauthn.get", asked)
        told = json.dumps(self._told("webauthn.get", asked)).encode()
        signature = self.key.sign(shown + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": client, "authenticatorData": text_of(shown), "signature": text_of(signature)}
        )

    def _shown(self, relying_party: str, flags: int = 0) -> bytes:
        counted = bytes([PRESENT | flags]) + self.count.to_bytes(4, "big")
        return hashlib.sha256(relying_party.encode()).digest() + counted

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public

    def _told(self, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
        return {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}

    def _client(self, kind: str, asked: dict[str, Any]) -> str:
        return text_of(json.dumps(self._told(kind, asked)).encode())

    def _answer(self, response: dict[str, str]) -> str:
        name = text_of(self.credential_id)
        answer = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(answer)
