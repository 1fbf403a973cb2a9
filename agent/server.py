"""The agent's server on loopback: it answers one paired site, and its own page to the person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from .documents import NotWhatItSays, read_documents
from .jobs import Job, Jobs, Over
from .keys import PinRefused
from .pages import STYLE, ask_page, done_page

HOST = "127.0.0.1"
MOST_BYTES, MOST_FORM = 64_000_000, 4_000
_CONFIRM = "/xac-nhan/"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with none, a browser would not say where a form is from
    "Cache-Control": "no-store",
}


@dataclass(slots=True)
class Agent:
    """What the server knows: the one site it serves, the pairing code, the request that is on."""

    site: str
    pair: str = field(repr=False)
    jobs: Jobs
    port: int
    used_at: float = field(default_factory=monotonic)

    @property
    def host(self) -> str:
        """Return how the agent is reached."""
        return f"{HOST}:{self.port}"


class Handler(BaseHTTPRequestHandler):
    """Reads a request, looks at where it comes from, lets one function answer it."""

    protocol_version = "HTTP/1.1"
    agent: Agent

    def do_OPTIONS(self) -> None:
        """Let the browser know that the paired site, and no other, may ask."""
        if not (self.is_for_us() and self.is_from_site()):
            self.send(HTTPStatus.FORBIDDEN, "text/plain", b"")
            return
        allowed = {
            "Access-Control-Allow-Headers": "content-type, x-motcua-pair",
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Max-Age": "600",
        }
        self.send(HTTPStatus.NO_CONTENT, "text/plain", b"", allowed)

    def do_GET(self) -> None:
        """Show the agent's own pages; nothing changes."""
        if not self.is_for_us():
            self.tell(HTTPStatus.FORBIDDEN, {"error": "Địa chỉ không đúng."})
        elif self.path == "/style.css":
            self.send(HTTPStatus.OK, "text/css", STYLE.encode())
        elif self.path.startswith(_CONFIRM):
            self.show_confirm()
        else:
            self.show(HTTPStatus.NOT_FOUND, done_page("Máy ký", "Máy ký đang chạy trên máy này."))

    def do_POST(self) -> None:
        """Take a request of the site, or the answer of the person."""
        body = self.body()
        if not self.is_for_us() or body is None:
            self.tell(HTTPStatus.FORBIDDEN, {"error": "Yêu cầu bị từ chối."})
        elif self.path.startswith(_CONFIRM):
            self.take_answer(body)
        elif not self.is_from_site():
            self.tell(HTTPStatus.FORBIDDEN, {"error": "Máy ký không phục vụ trang này."})
        elif not self.is_paired():
            words = "Mã ghép đôi không đúng; hãy chép lại mã trong cửa sổ của máy ký."
            self.tell(HTTPStatus.FORBIDDEN, {"error": words})
        else:
            self.answer_site(body)

    def is_for_us(self) -> bool:
        """Say whether the request names us: a foreign name that leads here does not."""
        return self.headers.get("Host", "") == self.agent.host

    def is_from_site(self) -> bool:
        """Say whether the paired site's page asks."""
        return self.headers.get("Origin", "") == self.agent.site

    def is_paired(self) -> bool:
        """Say whether the page knows the pairing code."""
        given = self.headers.get("X-Motcua-Pair", "")
        return compare_digest(given.encode(), self.agent.pair.encode())

    def body(self) -> bytes | None:
        """Return the body, or nothing if it is too large or has no length."""
        said = self.headers.get("Content-Length", "")
        most = MOST_FORM if self.path.startswith(_CONFIRM) else MOST_BYTES
        if not said.isdecimal() or int(said) > most:
            self.close_connection = True
            return None
        return self.rfile.read(int(said))

    def answer_site(self, body: bytes) -> None:
        """Begin to sign, or tell how far it is."""
        self.agent.used_at = monotonic()
        try:
            asked = json.loads(body)
            if self.path == "/v1/sign":
                certificate = str(asked["certificate"])
                documents = read_documents(asked["documents"], certificate)
                job = self.agent.jobs.begin(certificate, documents)
                self.tell(HTTPStatus.OK, {"job": job.id, "page": f"{_CONFIRM}{job.id}/"})
            elif self.path == "/v1/result":
                self.tell(HTTPStatus.OK, self.agent.jobs.find(str(asked["job"])).told())
            else:
                self.tell(HTTPStatus.NOT_FOUND, {"error": "Không có việc này."})
        except (NotWhatItSays, Over) as error:
            self.tell(HTTPStatus.BAD_REQUEST, {"error": str(error)})
        except (ValueError, KeyError, TypeError, RecursionError):
            self.tell(HTTPStatus.BAD_REQUEST, {"error": "Yêu cầu ký không đọc được."})

    def show_confirm(self) -> None:
        """Show what is asked, or one of its documents."""
        name, _, file = self.path.removeprefix(_CONFIRM).partition("/")
        try:
            job = self.agent.jobs.find(name)
        except Over as error:
            self.show(HTTPStatus.NOT_FOUND, done_page("Không còn yêu cầu ký", str(error)))
            return
        place = file.removesuffix(".pdf")
        if not file:
            self.show_job(job)
        elif place.isdecimal() and int(place) < len(job.documents):
            self.send(HTTPStatus.OK, "application/pdf", job.documents[int(place)].content)
        else:
            self.show(HTTPStatus.NOT_FOUND, done_page("Không có văn bản này", ""))

    def show_job(self, job: Job, wrong: str = "") -> None:
        """Show a request, or how it ended."""
        if job.is_open:
            self.show(HTTPStatus.OK, ask_page(job, self.agent.site, wrong))
        elif job.signatures:
            words = f"Đã ký {len(job.signatures)} văn bản; trang làm việc tự nhận chữ ký."
            self.show(HTTPStatus.OK, done_page("Đã ký", words))
        else:
            self.show(HTTPStatus.OK, done_page("Không ký", job.refused))

    def take_answer(self, body: bytes) -> None:
        """Sign or not, as the person says on our own page."""
        given = {
            name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()
        }
        try:
            job = self.agent.jobs.find(self.path.removeprefix(_CONFIRM).rstrip("/"))
        except Over as error:
            self.show(HTTPStatus.NOT_FOUND, done_page("Không còn yêu cầu ký", str(error)))
            return
        is_ours = self.headers.get("Origin", "") == f"http://{self.agent.host}"
        if not is_ours or not compare_digest(given.get("token", ""), job.form_token):
            self.show(HTTPStatus.FORBIDDEN, done_page("Bị từ chối", "Yêu cầu không từ trang này."))
            return
        self.show_job(job, answered(self.agent.jobs, job, given))

    def tell(self, status: int, said: Mapping[str, Any]) -> None:
        """Answer the site in JSON."""
        self.send(status, "application/json", json.dumps(said).encode())

    def show(self, status: int, page: str) -> None:
        """Answer with a page of ours."""
        self.send(status, "text/html; charset=utf-8", page.encode())

    def send(
        self, status: int, kind: str, content: bytes, more: Mapping[str, str] | None = None
    ) -> None:
        """Send an answer whole; only the paired site may read it from a page."""
        self.send_response(status)
        headers = {**_HEADERS, **(more or {}), "Content-Type": kind}
        if self.is_from_site() and self.is_for_us():
            headers["Access-Control-Allow-Origin"] = self.agent.site
            headers["Vary"] = "Origin"
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: addresses hold marks that open a request."""


def answered(jobs: Jobs, job: Job, given: Mapping[str, str]) -> str:
    """Do what the person said; return what was wrong with the PIN."""
    if given.get("say") != "yes":
        jobs.refuse(job)
        return ""
    try:
        jobs.sign(job, given.get("pin", ""))
    except PinRefused as error:
        return str(error)
    except Over:
        return ""
    return ""


def opened(agent: Agent) -> ThreadingHTTPServer:
    """Return the server on loopback, port 0 for any. Raises: OSError if the port is taken."""
    handler = type("PairedHandler", (Handler,), {"agent": agent})
    server = ThreadingHTTPServer((HOST, agent.port), handler)
    agent.port = server.server_address[1]
    return server
