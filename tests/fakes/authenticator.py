"""A device that makes and shows passkeys: WebAuthn level 3, without a screen or a finger."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

#: Flags of the authenticator data: somebody is there, it is they, a credential comes along.
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40

Json = dict[str, Any]


@dataclass
class Authenticator:
    """One passkey on one device. ``verifies``: the device knows its person by finger or PIN."""

    origin: str
    domain: str = "localhost"
    verifies: bool = True
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: Json) -> Json:
        """The answer to a page that wishes for a passkey."""
        about = self._about(ATTESTED) + bytes(16) + len(self.credential_id).to_bytes(2, "big")
        about += self.credential_id + cbor2.dumps(self._public_key())
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about})
        said = self._said("webauthn.create", options)
        return self._answer({"clientDataJSON": said, "attestationObject": attested})

    def show(self, options: Json) -> Json:
        """The answer to a page that asks for a passkey."""
        self.count += 1
        about, said = self._about(), self._said("webauthn.get", options)
        signed = about + hashlib.sha256(said).digest()
        signature = self._key.sign(signed, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": about, "signature": signature}
        return self._answer(parts)

    def _about(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        domain = hashlib.sha256(self.domain.encode()).digest()
        return domain + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind: str, options: Json) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _public_key(self) -> dict[int, Any]:
        """COSE: EC2 on P-256 for ES256."""
        point = self._key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}

    def _answer(self, parts: dict[str, bytes]) -> Json:
        own = bytes_to_base64url(self.credential_id)
        response = {name: bytes_to_base64url(value) for name, value in parts.items()}
        return {
            "id": own,
            "rawId": own,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": response,
        }


def parse_challenge(options: Json) -> bytes:
    """The challenge in a page's wish."""
    return base64url_to_bytes(options["challenge"])
