"""A remote signing service by the Cloud Signature Consortium's API, played as a process.

Versions 1.0.4 (`/csc/v1`) and 2 (`/csc/v2`), OAuth2 with PKCE (`/oauth2`), and faults: told on
`/faults` to be slow, down, to answer nonsense, or to sign with too few signatures. Keys lie in a
folder: `<credential>.pem` beside `<credential>.crt` (the certificate, then its chain).
"""

import argparse
import json
import sys
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

PIN, OTP = "246810", "135790"
CLIENT, SECRET = "motcua", "chi-de-minh-hoa"
GRANT_SECONDS, MOST_AT_ONCE, MOST_WRONG = 300, 50, 3
MOST_BODY = 2_000_000
SLOW_SECONDS = 31
RSA_OID, ELLIPTIC_OID = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
Body = Mapping[str, Any]


class Refused(Exception):
    """What the service answers with an error: status, code, words."""

    def __init__(self, code: str, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.words, self.status = code, words, status


@dataclass(frozen=True, slots=True)
class Grant:
    """One permission (SAD): for which credential, which hashes, until when."""

    credential: str
    hashes: frozenset[bytes]
    until: float


@dataclass(slots=True)
class State:
    """What the service knows: keys, permissions, codes, wrong PINs, faults."""

    folder: Path
    consent: str = "pin"
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    fault: str = ""
    lock: Lock = field(default_factory=Lock)

    def credentials(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.crt"))

    def certificates(self, credential: str) -> list[x509.Certificate]:
        path = self.folder / f"{credential}.crt"
        if credential not in self.credentials():
            raise Refused("invalid_request", "Invalid parameter credentialID")
        return x509.load_pem_x509_certificates(path.read_bytes())

    def consent_for(self, credential: str) -> str:
        """Return how a credential is consented to; a file beside it says that of its own page."""
        has_page = (self.folder / f"{credential}.own_page").exists()
        return "own_page" if has_page else self.consent

    def raw(self, credential: str, digest: bytes) -> bytes:
        key = load_pem_private_key((self.folder / f"{credential}.pem").read_bytes(), None)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))
        raise Refused("server_error", "unknown key", 500)


def list_credentials(state: State, body: Body, _version: int) -> Body:
    user = str(body.get("userID", ""))
    return {"credentialIDs": [one for one in state.credentials() if one.startswith(user)]}


def tell_credential(state: State, body: Body, version: int) -> Body:
    credential = str(body.get("credentialID", ""))
    chain = state.certificates(credential)
    encoded = [b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
    is_rsa = isinstance(chain[0].public_key(), rsa.RSAPublicKey)
    said: dict[str, Any] = {
        "key": {"status": "enabled", "algo": [RSA_OID if is_rsa else ELLIPTIC_OID], "len": 2048},
        "cert": {"status": "valid", "certificates": encoded},
        "SCAL": "2",
        "multisign": MOST_AT_ONCE,
    }
    consent = state.consent_for(credential)
    mode = "oauth2code" if consent == "own_page" else "explicit"
    has_otp = consent == "pin_and_otp"
    if version == 1:
        otp = {"presence": "true" if has_otp else "false"}
        return {**said, "authMode": mode, "PIN": {"presence": "true"}, "OTP": otp}
    objects = [{"type": "Password", "id": "PIN"}, *([{"type": "Password", "id": "OTP"}] * has_otp)]
    return {**said, "auth": {"mode": mode, "objects": objects}}


def authorise(state: State, body: Body, version: int) -> Body:
    credential = str(body.get("credentialID", ""))
    state.certificates(credential)
    given = {one["id"]: one["value"] for one in body.get("authData", ())}
    pin, otp = (body.get(name, given.get(name, "")) for name in ("PIN", "OTP"))
    check_secrets(state, credential, pin, otp)
    wanted = hashes_of(body, version)
    if body.get("numSignatures") != len(wanted):
        raise Refused("invalid_request", "Invalid parameter numSignatures")
    return {"SAD": grant(state, credential, wanted), "expiresIn": GRANT_SECONDS}


def check_secrets(state: State, credential: str, pin: str, otp: str) -> None:
    if state.wrong.get(credential, 0) >= MOST_WRONG:
        raise Refused("locked", "Credential is locked")
    if pin != PIN:
        state.wrong[credential] = state.wrong.get(credential, 0) + 1
        raise Refused("invalid_pin", "The PIN is invalid")
    state.wrong.pop(credential, None)
    if state.consent == "pin_and_otp" and otp != OTP:
        raise Refused("invalid_otp", "The OTP is invalid")


def hashes_of(body: Body, version: int) -> list[bytes]:
    found = body.get("hash" if version == 1 else "hashes")
    if not isinstance(found, list) or not found:
        raise Refused("invalid_request", "Missing hash parameter")
    return [b64decode(one, validate=True) for one in found]


def grant(state: State, credential: str, wanted: list[bytes]) -> str:
    token = token_urlsafe(24)
    until = monotonic() + GRANT_SECONDS
    state.grants[token] = Grant(credential, frozenset(wanted), until)
    return token


def sign_hashes(state: State, body: Body, version: int) -> Body:
    held = state.grants.get(str(body.get("SAD", "")))
    if held is None or held.until < monotonic() or held.credential != body.get("credentialID"):
        raise Refused("invalid_request", "Invalid parameter SAD")
    wanted = hashes_of(body, version)
    if not held.hashes.issuperset(wanted) or len(wanted) > MOST_AT_ONCE:
        raise Refused("invalid_request", "Hash is not authorized by the SAD")
    if body.get("signAlgo") not in (RSA_OID, ELLIPTIC_OID):
        raise Refused("invalid_request", "Invalid parameter signAlgo")
    made = [b64encode(state.raw(held.credential, one)).decode() for one in wanted]
    if state.fault == "few":
        made.pop()
    return {"signatures": made}


def send_otp(state: State, body: Body, _version: int) -> Body:
    state.certificates(str(body.get("credentialID", "")))
    return {}


METHODS: Mapping[str, Callable[[State, Body, int], Body]] = {
    "credentials/list": list_credentials,
    "credentials/info": tell_credential,
    "credentials/authorize": authorise,
    "credentials/sendOTP": send_otp,
    "signatures/signHash": sign_hashes,
}


def token(state: State, given: Mapping[str, str]) -> Body:
    """Return who the client is to the service, or what a person consented to."""
    if (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
        raise Refused("invalid_client", "Unknown client", 401)
    if given.get("grant_type") == "client_credentials":
        made = token_urlsafe(24)
        state.tokens.add(made)
        return {"access_token": made, "token_type": "Bearer", "expires_in": 3600}
    asked = state.codes.pop(given.get("code", ""), None)
    verifier = sha256(given.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(verifier).rstrip(b"=").decode()
    fits = asked is not None and asked["code_challenge"] == challenge
    if asked is None or not fits or asked["redirect_uri"] != given.get("redirect_uri"):
        raise Refused("invalid_grant", "The code is invalid")
    wanted = (asked.get("hash") or asked.get("hashes", "")).split(",")
    decoded = [urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in wanted]
    sad = grant(state, asked["credentialID"], decoded)
    return {"access_token": sad, "token_type": "SAD", "expires_in": GRANT_SECONDS}


def consent_page(query: Mapping[str, str], words: str = "") -> str:
    """Return the page on which the person consents."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in query.items()
    )
    count, name = (escape(query.get(one, "?")) for one in ("numSignatures", "credentialID"))
    return (
        '<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width">'
        "<title>Dịch vụ ký số minh họa</title><h1>Dịch vụ ký số minh họa</h1>"
        f"<p>Cho phép ký {count} văn bản bằng chứng thư {name}?</p>"
        f'<p role="alert">{escape(words)}</p><form method="post">{hidden}'
        f"<p>Mã PIN minh họa: {PIN}</p>"
        '<label>Mã PIN <input name="pin" type="password" autocomplete="off"></label> '
        '<button name="say" value="yes">Cho phép</button> '
        '<button name="say" value="no">Không cho phép</button></form></html>'
    )


def consent(state: State, given: Mapping[str, str]) -> tuple[str, str]:
    """Return where the person goes next, or else what the page says."""
    back = {"state": given.get("state", "")}
    if given.get("say") != "yes":
        return f"{given['redirect_uri']}?{urlencode({**back, 'error': 'access_denied'})}", ""
    try:
        check_secrets(state, given.get("credentialID", ""), given.get("pin", ""), OTP)
    except Refused as error:
        return "", error.words
    code = token_urlsafe(24)
    state.codes[code] = dict(given)
    return f"{given['redirect_uri']}?{urlencode({**back, 'code': code})}", ""


class Handler(BaseHTTPRequestHandler):
    """Reads a request, lets one function answer it, with the fault that is on."""

    protocol_version = "HTTP/1.1"
    state: State

    def do_GET(self) -> None:
        """Show the page of consent."""
        parts = urlsplit(self.path)
        if parts.path != "/oauth2/authorize":
            self.tell(404, {"error": "not_found"})
            return
        self.show(consent_page(dict(parse_qsl(parts.query))))

    def do_POST(self) -> None:
        """Answer one method, or take a fault."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BODY))
        path = urlsplit(self.path).path
        if path == "/faults":
            self.state.fault = body.decode()
            self.tell(200, {"fault": self.state.fault})
        elif not self.is_faulty():
            with self.state.lock:
                self.answer(path, body)

    def is_faulty(self) -> bool:
        """Do what the fault says; say whether that was the answer."""
        fault = self.state.fault
        if fault == "slow":
            sleep(SLOW_SECONDS)
        elif fault == "down":
            self.tell(503, {"error": "temporarily_unavailable"})
        elif fault == "nonsense":
            self.show("<h1>Bảo trì</h1>")
        return fault in ("slow", "down", "nonsense")

    def answer(self, path: str, body: bytes) -> None:
        """Answer, or say what is refused."""
        try:
            if path == "/oauth2/authorize":
                self.lead_on(dict(parse_qsl(body.decode())))
            elif path == "/oauth2/token":
                given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                self.tell(200, token(self.state, given))
            else:
                self.tell(200, self.method(path, body))
        except Refused as error:
            self.tell(error.status, {"error": error.code, "error_description": error.words})
        except (ValueError, KeyError, TypeError):
            self.tell(400, {"error": "invalid_request", "error_description": "Malformed request"})

    def method(self, path: str, body: bytes) -> Body:
        """Return the answer of one method of the API. Raises: Refused."""
        _, _, version, name = [*path.split("/", 3), "", "", ""][:4]
        if name not in METHODS or version not in ("v1", "v2"):
            raise Refused("not_found", "No such method", 404)
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.state.tokens:
            raise Refused("invalid_token", "The access token is invalid", 401)
        return METHODS[name](self.state, json.loads(body), int(version[1]))

    def lead_on(self, given: Mapping[str, str]) -> None:
        """Send the person back with an answer, or ask again."""
        where, words = consent(self.state, given)
        if words:
            asked = {name: value for name, value in given.items() if name not in ("pin", "say")}
            self.show(consent_page(asked, words))
            return
        self.send_response(303)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def tell(self, status: int, said: Body) -> None:
        """Answer in JSON."""
        self.write(status, "application/json", json.dumps(said).encode())

    def show(self, page: str) -> None:
        """Answer with a page."""
        self.write(200, "text/html; charset=utf-8", page.encode())

    def write(self, status: int, kind: str, content: bytes) -> None:
        """Send an answer whole."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay quiet: addresses hold codes."""


def tell_settings(path: Path, port: int) -> None:
    """Write where the service is, as an operator would: one entry for each version."""
    base = f"http://127.0.0.1:{port}"
    own = {"client_id": CLIENT, "client_secret": SECRET, "oauth_url": f"{base}/oauth2"}
    rows = {f"v{one}": {"url": f"{base}/csc/v{one}", "version": one, **own} for one in (1, 2)}
    path.touch(mode=0o600)
    path.write_text(json.dumps(rows))


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Dịch vụ ký số từ xa minh họa (CSC v1, v2).")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--consent", choices=("pin", "pin_and_otp", "own_page"), default="pin")
    parser.add_argument(
        "--tell", type=Path, help="file in which the product looks for its services"
    )
    options = parser.parse_args()
    Handler.state = State(options.folder, options.consent)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    if options.tell:
        tell_settings(options.tell, server.server_address[1])
    else:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
