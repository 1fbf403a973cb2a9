"""Signatures of requests, version 4 (AWS4-HMAC-SHA256)."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Keys:
    """Who asks: the key's name, its secret, and the region it is used in."""

    access: str
    secret: str
    region: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as far as it is signed; header names in lower case, `host` among them."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


def signed_headers(asked: Asked, payload_hash: str, keys: Keys, at: datetime) -> dict[str, str]:
    """Return the headers to send: those asked for, the hash, the moment, the signature."""
    moment = at.strftime("%Y%m%dT%H%M%SZ")
    headers = {**asked.headers, "x-amz-content-sha256": payload_hash, "x-amz-date": moment}
    names = ";".join(sorted(headers))
    scope = f"{moment[:8]}/{keys.region}/s3/aws4_request"
    digest = hashlib.sha256(_canonical(asked, headers, names, payload_hash).encode()).hexdigest()
    key = f"AWS4{keys.secret}".encode()
    for part in (moment[:8], keys.region, "s3", "aws4_request"):
        key = _mac(key, part)
    signature = _mac(key, f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}").hex()
    credential = f"Credential={keys.access}/{scope},SignedHeaders={names},Signature={signature}"
    return {**headers, "authorization": f"AWS4-HMAC-SHA256 {credential}"}


def query_string(query: Mapping[str, str]) -> str:
    """Return the query as it is both signed and sent."""
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in sorted(query.items())
    )


def _canonical(asked: Asked, headers: Mapping[str, str], names: str, payload_hash: str) -> str:
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    path = quote(asked.path, safe="/-_.~")
    query = query_string(asked.query)
    return f"{asked.method}\n{path}\n{query}\n{lines}\n{names}\n{payload_hash}"


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
