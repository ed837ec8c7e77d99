"""The harmless page that quick exit leads to, played by a server on this machine.

The browser is told that the site's address lies here, so that a real redirect to a real other
origin is followed and nobody's server is asked.
"""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WORDS = "somewhere else"
_DAY = timedelta(days=1)


class Elsewhere:
    """Answers every address with a few words, and notes where visitors say they come from."""

    def __init__(self, folder: Path, host: str) -> None:
        self.host = host
        self.referrers: list[str | None] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_save_certificate(folder, host))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def browser_flags(self) -> list[str]:
        """What makes Chromium look for the host here."""
        port = self._server.server_address[1]
        return [
            f"--host-resolver-rules=MAP {self.host}:443 127.0.0.1:{port}",
            "--ignore-certificate-errors",
        ]

    def stop(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        referrers = self.referrers

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/":
                    referrers.append(self.headers.get("Referer"))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(f"<title>Weather</title><p>{WORDS}</p>".encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def _save_certificate(folder: Path, host: str) -> Path:
    """A certificate that lasts a day, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "elsewhere.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path.write_bytes(
        certificate.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    )
    return path
