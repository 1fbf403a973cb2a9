"""A remote signing service that asks its user on the telephone, played: without legal value.

`python -m simulators.push_sign FOLDER` answers `v1/credentials/get_certificate`,
`v1/signatures/sign` and `v1/signatures/sign/{transaction}/status`, as public services do. Its keys
are files: `FOLDER/<number>/<serial>.pem` with `.crt` (certificate and chain); `phone` beside them
holds the telephone's number. `/dien-thoai/` plays the telephone. `POST /faults` lets it misbehave.
"""

import argparse
import json
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

CLIENT, SECRET = "motcua", "chi-de-minh-hoa"
SECONDS, MOST_BODY, MOST_PAPERS, SLOW_SECONDS = 300, 2_000_000, 50, 31
FAULTS = ("", "slow", "down", "nonsense", "silent", "refuse", "expired", "doubled", "few", "wrong")
WAITING, SIGNED, REFUSED, EXPIRED = "waiting", "signed", "refused", "expired"
_MESSAGES = {
    WAITING: (200, "sig_wait_for_user_confirm"),
    REFUSED: (4001, "sig_user_rejected"),
    EXPIRED: (4002, "sig_transaction_expired"),
}
Body = Mapping[str, Any]


class Failed(Exception):
    """What the service answers with an error: its status and message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(slots=True)
class Transaction:
    """One question to a user: which papers, signed by which key, until when, what was said."""

    user: str
    serial: str
    words: str
    papers: Mapping[str, bytes]
    until: float
    state: str = WAITING


@dataclass(slots=True)
class State:
    """What the service knows."""

    folder: Path
    transactions: dict[str, Transaction] = field(default_factory=dict)
    fault: str = ""
    lock: Lock = field(default_factory=Lock)

    def user(self, given: str) -> str:
        """Return the number of a user who is named by it, or by the telephone's."""
        for place in sorted(self.folder.glob("*/")):
            phone = place / "phone"
            if given == place.name or (phone.exists() and given == phone.read_text().strip()):
                return place.name
        raise Failed(401, "SP_CREDENTIAL_INVALID: unknown user")

    def serials(self, user: str) -> list[str]:
        return sorted(path.stem for path in (self.folder / user).glob("*.crt"))

    def chain(self, user: str, serial: str) -> list[str]:
        content = (self.folder / user / f"{serial}.crt").read_bytes()
        loaded = x509.load_pem_x509_certificates(content)
        return [b64encode(one.public_bytes(Encoding.DER)).decode() for one in loaded]

    def raw(self, user: str, serial: str, digest: bytes) -> bytes:
        content = (self.folder / user / f"{serial}.pem").read_bytes()
        key = load_pem_private_key(content, None)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))
        raise Failed(500, "unknown key")

    def waiting(self, user: str) -> Iterator[tuple[str, Transaction]]:
        """Yield what a telephone shows."""
        for code, one in self.transactions.items():
            if one.user == user and state_of(one) == WAITING:
                yield code, one


def state_of(one: Transaction) -> str:
    """Return how a transaction stands now."""
    return EXPIRED if one.state == WAITING and one.until < monotonic() else one.state


def tell_certificates(state: State, body: Body) -> Body:
    """Answer which certificates a user has."""
    user = state.user(str(body.get("user_id", "")))
    rows = []
    for serial in state.serials(user):
        own, *above = state.chain(state.user(user), serial)
        chain = dict(zip(("ca_cert", "root_cert"), above, strict=False))
        row = {"service_type": "MINHHOA", "serial_number": serial, "cert_data": own}
        rows.append({**row, "cert_id": serial, "chain_data": chain})
    return {"user_certificates": rows}


def begin(state: State, body: Body) -> Body:
    """Ask a user; the same transaction asked again asks nobody twice."""
    code, user = str(body.get("transaction_id", "")), state.user(str(body.get("user_id", "")))
    serial = str(body.get("serial_number") or next(iter(state.serials(user)), ""))
    if not code or serial not in state.serials(user):
        raise Failed(403, "CREDENTIAL_STATUS_INVALID")
    rows = body.get("sign_files")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_PAPERS:
        raise Failed(400, "BAD_REQUEST: sign_files")
    papers = {row["doc_id"]: bytes.fromhex(row["data_to_be_signed"]) for row in rows}
    if code not in state.transactions:
        words = str(body.get("transaction_desc", ""))
        made = Transaction(user, serial, words, papers, monotonic() + SECONDS)
        made.state = {"refuse": REFUSED, "expired": EXPIRED}.get(state.fault, WAITING)
        state.transactions[code] = made
    return {"transaction_id": code, "tran_code": f"MH-{len(state.transactions)}"}


def tell_status(state: State, code: str) -> tuple[int, str, Body]:
    """Answer what the user said until now."""
    one = state.transactions.get(code)
    if one is None:
        raise Failed(400, "BAD_REQUEST: unknown transaction")
    found = WAITING if state.fault == "silent" else state_of(one)
    if found != SIGNED:
        return (*_MESSAGES[found], {"transaction_id": code})
    rows = [
        {"doc_id": mark, "signature_value": _value(state, one, digest), "timestamp_signature": None}
        for mark, digest in one.papers.items()
    ]
    rows = rows[:-1] if state.fault == "few" else rows
    rows += rows if state.fault == "doubled" else []
    return 200, "SUCCESS", {"transaction_id": code, "signatures": rows}


def _value(state: State, one: Transaction, digest: bytes) -> str:
    signed = bytes(32) if state.fault == "wrong" else digest
    return b64encode(state.raw(one.user, one.serial, signed)).decode()


def say(state: State, given: Mapping[str, str]) -> None:
    """Take what a user said on the telephone; what was said stays said."""
    one = state.transactions.get(given.get("code", ""))
    if one is not None and state_of(one) == WAITING and one.user == given.get("user"):
        one.state = SIGNED if given.get("say") == "yes" else REFUSED


def telephone(state: State, given: str) -> str:
    """Return the page that plays the telephone of a user."""
    try:
        user = state.user(given) if given else ""
    except Failed:
        user = ""
    if not user:
        told = "" if not given else "<p role='alert'>Không có thuê bao này.</p>"
        return _page(
            f"{told}<form><label>Số định danh, số điện thoại <input name='so' inputmode='numeric'"
            " autocomplete='off'></label><button>Mở điện thoại</button></form>"
        )
    asked = "".join(_question(user, code, one) for code, one in state.waiting(user))
    nothing = "<p>Chưa có yêu cầu ký nào.</p>"
    again = f"<p><a href='/dien-thoai/?{urlencode({'so': user})}'>Xem lại</a></p>"
    return _page(
        f"<p>Thuê bao …{escape(user[-3:])}</p>{asked or nothing}{again}", refreshes=not asked
    )


def _question(user: str, code: str, one: Transaction) -> str:
    return (
        "<form method='post' class='ask'>"
        f"<input type='hidden' name='code' value='{escape(code)}'>"
        f"<input type='hidden' name='user' value='{escape(user)}'>"
        f"<h2>{escape(one.words) or 'Yêu cầu ký'}</h2>"
        f"<p>{len(one.papers)} giấy tờ: {escape(', '.join(one.papers))}</p>"
        "<button name='say' value='yes'>Đồng ý ký</button> "
        "<button name='say' value='no' class='no'>Không đồng ý</button></form>"
    )


def _page(body: str, *, refreshes: bool = False) -> str:
    again = "<meta http-equiv='refresh' content='3'>" if refreshes else ""
    return (
        f"<!doctype html><html lang='vi'><meta name='viewport' content='width=device-width'>{again}"
        "<title>Điện thoại minh họa</title><style>body{font:18px/1.5 sans-serif;max-width:22rem;"
        "margin:1rem auto;padding:1rem;border:2px solid #333;border-radius:1rem}input,button{font:"
        "inherit;padding:.5rem;width:100%;margin:.3rem 0;box-sizing:border-box}.ask{border-top:1px "
        "solid #999}</style><h1>Điện thoại minh họa</h1><p>Ứng dụng ký số minh họa – không có giá "
        f"trị pháp lý.</p>{body}</html>"
    )


METHODS: Mapping[str, Callable[[State, Body], Body]] = {
    "/v1/credentials/get_certificate": tell_certificates,
    "/v1/signatures/sign": begin,
}


def answered(state: State, path: str, body: Body) -> tuple[int, str, Body]:
    """Return what one method answers: status, message, data. Raises: Failed."""
    if (body.get("sp_id"), body.get("sp_password")) != (CLIENT, SECRET):
        raise Failed(401, "SP_CREDENTIAL_INVALID")
    if path.startswith("/v1/signatures/sign/") and path.endswith("/status"):
        return tell_status(state, path.split("/")[-2])
    if path not in METHODS:
        raise Failed(404, "NOT_FOUND")
    return 200, "SUCCESS", METHODS[path](state, body)


class Handler(BaseHTTPRequestHandler):
    """Reads a request, lets one function answer it, with the fault that is on."""

    protocol_version = "HTTP/1.1"
    state: State

    def do_GET(self) -> None:
        """Show the telephone."""
        parts = urlsplit(self.path)
        self.show(telephone(self.state, dict(parse_qsl(parts.query)).get("so", "").strip()))

    def do_POST(self) -> None:
        """Answer one method, hear the telephone, or take a fault."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BODY))
        path = urlsplit(self.path).path
        if path == "/faults":
            self.state.fault = body.decode() if body.decode() in FAULTS else ""
            self.tell(200, "SUCCESS", {"fault": self.state.fault})
        elif path.startswith("/dien-thoai/"):
            self.hear(dict(parse_qsl(body.decode())))
        elif not self.is_faulty():
            with self.state.lock:
                self.answer(path, body)

    def hear(self, given: Mapping[str, str]) -> None:
        """Take what the user said, and show the telephone again."""
        say(self.state, given)
        self.send_response(303)
        self.send_header("Location", f"/dien-thoai/?{urlencode({'so': given.get('user', '')})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def is_faulty(self) -> bool:
        """Do what the fault says; say whether that was the answer."""
        fault = self.state.fault
        if fault == "slow":
            sleep(SLOW_SECONDS)
        elif fault == "down":
            self.tell(503, "SERVER_INTERNAL_ERROR", {}, http=503)
        elif fault == "nonsense":
            self.show("<h1>Bảo trì</h1>")
        return fault in ("slow", "down", "nonsense")

    def answer(self, path: str, content: bytes) -> None:
        """Answer, or say what went wrong."""
        try:
            self.tell(*answered(self.state, path, json.loads(content)))
        except Failed as error:
            self.tell(error.status, error.message, {})
        except (ValueError, KeyError, TypeError, AttributeError):
            self.tell(400, "BAD_REQUEST", {})

    def tell(self, status: int, message: str, data: Body, *, http: int = 200) -> None:
        """Answer in JSON, as such services do: their own status inside."""
        said = {"status_code": status, "message": message, "data": data}
        self.write(http, "application/json", json.dumps(said).encode())

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
        """Stay quiet: addresses hold numbers of people."""


def tell_secret(path: Path, code: str) -> None:
    """Write our secret at the service as an operator would."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({code: {"client_secret": SECRET}}))


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Dịch vụ ký số trên điện thoại minh họa.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    Handler.state = State(options.folder)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    if not options.port:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
