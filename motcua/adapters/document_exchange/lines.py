"""What a line to an axis does, whatever the axis speaks, and what may be expected of it.

Shape: docs/reference/exchange.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any, Protocol
from urllib.parse import urlsplit

from motcua.lib.httpclient import AddressRefused, Answer, Bounds, NoAnswer, Stream, ask

DOCUMENT, STATUS = "edoc", "status"
OPEN, DONE, FAIL = frozenset({"", "initial", "processing"}), "done", "fail"
LARGEST = 300_000_000  # a message of 50 MB files, twice in base64, with much to spare


class Away(Exception):
    """The axis does not answer, or not with anything to be used; tried again later."""


class Broken(Away):
    """The axis hands out something that is no message."""


class Refused(Exception):
    """The axis will never take this."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a call may take: one of words, one that carries a message."""

    quick_s: float = 20.0
    long_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an axis is, who we are there, and what may be asked."""

    url: str
    system: str
    secret: str = field(repr=False)
    bounds: Bounds
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one receiver, its bytes in a file."""

    kind: str
    sender: str
    receiver: str
    content: IO[bytes]
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of the axis; `ref` is the axis' own number of the message."""

    ref: str
    kind: str
    sender: str
    receiver: str
    state: str
    words: str
    made_at: str


class AxisLine(Protocol):
    """A line to one axis. Every call raises Away or Refused."""

    def send(self, letter: Letter) -> str:
        """Hand a message over; return the axis' number of it."""

    def received(self) -> Sequence[Listed]:
        """Return what lies there for us, whatever we did with it."""

    def sent(self) -> Sequence[Listed]:
        """Return what we sent, with what the receiver did on the axis; `ref` as `send` gave it."""

    def fetch(self, ref: str, into: IO[bytes]) -> None:
        """Write one message into a file."""

    def mark(self, ref: str, state: str) -> None:
        """Tell the axis that a message was read, or never can be."""

    def agencies(self) -> Sequence[tuple[str, str]]:
        """Return code and name of the agencies on the axis."""


def host_of(address: str) -> str:
    """Return a host as bounds name it."""
    parts = urlsplit(address)
    is_usual = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    return f"{parts.hostname}" if is_usual else f"{parts.hostname}:{parts.port}"


def asked(
    place: Place,
    method: str,
    path: str,
    headers: Mapping[str, str],
    *,
    body: bytes | Stream | None = None,
    into: IO[bytes] | None = None,
) -> Answer:
    """Ask an axis and return an answer that HTTP calls good. Raises: Away, Refused."""
    is_long = into is not None or isinstance(body, Stream)
    patience = place.patience.long_s if is_long else place.patience.quick_s
    most = LARGEST if is_long else place.bounds.most_bytes
    bounds = replace(place.bounds, total_s=patience, most_bytes=most)
    url = f"{place.url.rstrip('/')}/{path}" if path else place.url
    try:
        answer = ask(method, url, bounds=bounds, body=body, headers=headers, into=into)
    except NoAnswer as error:
        raise Away(SILENT) from error
    except AddressRefused as error:
        raise Away(NOT_ALLOWED) from error
    if answer.status in (401, 403):
        raise Away(NOT_KNOWN)
    if answer.status != 200:  # noqa: PLR2004 -- of HTTP
        raise Away(f"{BUSY} (mã {answer.status}).")
    return answer


def judged(said: Any, code: str, words: str) -> Mapping[str, Any]:
    """Return an answer if it tells of success; `code` and `words` are its names for an error.

    HTTP's 200 says nothing: an axis puts its errors inside.

    Raises: Away, Refused.
    """
    if not isinstance(said, dict) or said.get(code) is None:
        raise Away(ODD)
    number = str(said[code])
    if number == "0":
        return said
    told = "".join(one for one in str(said.get(words, "")) if one.isprintable())[:200]
    message = f"{ERRORS.get(number, 'Trục liên thông báo lỗi')} (mã {number}: {told})."
    raise Refused(message) if number in FINAL else Away(message)


def text_of(row: Any, *names: str) -> str:
    """Return the first of these that a line has, as text. Raises: Away if the line is none."""
    if not isinstance(row, dict):
        raise Away(ODD)
    return next((str(row[one]) for one in names if row.get(one) is not None), "")


SILENT = "Trục liên thông không trả lời; hệ thống tự thử lại."
BUSY = "Trục liên thông đang tạm dừng phục vụ; hệ thống tự thử lại"
ODD = "Trục liên thông trả lời điều không hiểu được; hệ thống tự thử lại."
NOT_ALLOWED = "Địa chỉ trục liên thông khai báo không đúng; hãy báo quản trị."
NOT_KNOWN = "Trục liên thông không nhận tên hoặc khóa bí mật của hệ thống; hãy báo quản trị."
ERRORS = {
    "10": "Trục liên thông không nhận tệp này",
    "15": "Trục liên thông không nhận tên hoặc khóa bí mật của hệ thống; hãy báo quản trị",
    "18": "Cơ quan nhận chưa có trên trục liên thông",
    "19": "Cơ quan gửi chưa được đăng ký trên trục liên thông",
    "20": "Trục liên thông đang có lỗi; hệ thống tự thử lại",
    "21": "Trục liên thông không đọc được tệp",
    "22": "Trục liên thông cho là gói tin sai định dạng edXML",
    "23": "Cơ quan nhận đang bị khóa trên trục liên thông",
}
FINAL = frozenset({"10", "18", "19", "21", "22", "23"})
