"""Documents to sign as a site sends them, a key file, and an agent that runs."""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from agent.jobs import Jobs
from agent.keys import FileKeys
from agent.server import Agent, opened

SITE, PAIR, PIN = "https://mot-cua.example", "ABCDE-FGHJK", "mat-khau"
PDF = b"%PDF-1.7 " + b"noi dung " * 20
START, END = 60, 80


@dataclass(frozen=True)
class Holder:
    """A person's key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def digest(self) -> str:
        return sha256(self.certificate.public_bytes(Encoding.DER)).hexdigest()


@lru_cache(maxsize=4)
def make_holder(name: str = "Nguyễn Thị Hoa") -> Holder:
    """Return a key with a certificate, the same in one run."""
    key = rsa.generate_private_key(65537, 2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2030, 1, 1, tzinfo=UTC))
    )
    return Holder(key, builder.sign(key, hashes.SHA256()))


def make_file(folder: Path, holder: Holder) -> Path:
    """Return a PKCS#12 file that opens with the password of the tests."""
    locked = BestAvailableEncryption(PIN.encode())
    path = folder / "hoa.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"hoa", holder.key, holder.certificate, None, locked)
    )
    return path


def make_attributes(holder: Holder, pdf: bytes = PDF) -> bytes:
    """Return what is signed for a document."""
    digest = sha256(pdf[:START] + pdf[END:]).digest()
    named = tsp.SigningCertificateV2({"certs": [{"cert_hash": bytes.fromhex(holder.digest)}]})
    rows = [
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
        cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
    ]
    return bytes(cms.CMSAttributes(rows).dump())


def make_row(holder: Holder, **changes: Any) -> dict[str, Any]:
    """Return one document as a page sends it."""
    row = {
        "id": 7,
        "title": "Giấy xác nhận (H18-1)",
        "content": b64encode(PDF).decode(),
        "attributes": make_attributes(holder).hex(),
        "reserved": f"{START}-{END}",
    }
    return row | changes


@dataclass(frozen=True)
class Running:
    """An agent that runs, spoken with as a browser would."""

    agent: Agent

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Send one request; header names are written with underscores."""
        connection = HTTPConnection("127.0.0.1", self.agent.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, dict(answer.getheaders())

    def post(self, path: str, said: Any, **headers: str) -> tuple[int, Any]:
        """Send JSON as the paired site does."""
        given = {"Origin": SITE, "X_Motcua_Pair": PAIR} | headers
        status, content, _ = self.ask("POST", path, json.dumps(said).encode(), **given)
        return status, json.loads(content)

    def begin(self, holder: Holder) -> str:
        """Let the site ask for one signature; return the mark of the request."""
        _, said = self.post(
            "/v1/sign", {"certificate": holder.digest, "documents": [make_row(holder)]}
        )
        return str(said["job"])

    def say(self, job: str, pin: str, say: str = "yes", **headers: str) -> tuple[int, str]:
        """Answer as the person does on the agent's page."""
        token = self.agent.jobs.find(job).form_token
        own = {"Origin": f"http://{self.agent.host}"} | headers
        body = f"token={token}&pin={pin}&say={say}".encode()
        status, content, _ = self.ask("POST", f"/xac-nhan/{job}/", body, **own)
        return status, content.decode()


@contextmanager
def running(folder: Path, holder: Holder) -> Iterator[Running]:
    """Run an agent with a key file until the block ends."""
    agent = Agent(SITE, PAIR, Jobs(FileKeys(make_file(folder, holder))), 0)
    server = opened(agent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Running(agent)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
