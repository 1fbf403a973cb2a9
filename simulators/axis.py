"""What both plays of a document axis share: who is on it, mailboxes in a folder, how it misbehaves.

`simulators.vxp` speaks as the national axis does, `simulators.lgsp` as a province's platform in
front of it. Agencies that the axis plays answer by themselves: “Đã đến” at once, the rest when
somebody presses a button on its page.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import RLock
from uuid import uuid4

from motcua.lib.clock import local, now

from . import edxml

SYSTEM, SECRET = "H18", "chi-de-minh-hoa"
WARD = "H18.101"  # the ward of the demo that people look at first
PLAYED = {
    "G09": "Bộ Nội vụ",
    "G12": "Bộ Tài chính",
    "G22": "Văn phòng Chính phủ",
    "H17": "UBND thành phố Đà Nẵng",
}
FAULTS = {
    "": "Chạy bình thường",
    "down": "Tạm dừng phục vụ (503)",
    "slow": "Trả lời rất chậm",
    "open": "Làm xong nhưng không trả lời hết, không đóng kết nối",
    "error": "Trả lời 200 nhưng bên trong là lỗi",
    "nonsense": "Trả lời một trang không hiểu được",
    "secret": "Khóa bí mật hai bên không khớp",
    "doubled": "Giao mỗi gói tin hai lần",
    "order": "Giao ngược thứ tự: gói tin mới trước, cũ sau",
    "lost": "Nhận cập nhật trạng thái truyền rồi quên",
}
INITIAL, PROCESSING, DONE, FAIL = "initial", "processing", "done", "fail"
OK, BAD_FILE, BAD_SECRET, NO_RECEIVER, NO_SENDER, BROKEN, NO_FILE, BAD_EDXML = (
    *("0", "10", "15"),
    *("18", "19", "20", "21", "22"),
)
STATUS_WORDS = {
    "01": "Đã đến",
    "02": "Từ chối tiếp nhận",
    "03": "Đã tiếp nhận",
    "04": "Phân công",
    "05": "Đang xử lý",
    "06": "Hoàn thành",
    "13": "Lấy lại",
    "15": "Đồng ý cập nhật, lấy lại",
    "16": "Từ chối cập nhật, lấy lại",
}


class Failed(Exception):
    """What the axis answers with an error: its code and words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


@dataclass(slots=True)
class Held:
    """One message for one receiver: where from, where to, and what became of it on the way."""

    doc_id: str
    sent_id: str
    kind: str
    sender: str
    receiver: str
    title: str
    made_at: str
    changed_at: str
    status: str = INITIAL
    words: str = ""
    answers: list[str] = field(default_factory=list)


class Axis:
    """The mailboxes, kept in a folder so that a new start finds them."""

    def __init__(self, folder: Path, *, system: str = SYSTEM, secret: str = SECRET) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder, self.system, self.secret = folder, system, secret
        self.fault = ""
        self.lock = RLock()
        self.rows = self._kept()

    def send(self, kind: str, sender: str, receivers: list[str], content: bytes) -> str:
        """Take a message; return the sender's number of it. Raises: Failed."""
        told = edxml.read(content)
        if told is None or told.kind != kind:
            raise Failed(BAD_EDXML, "Tệp không đúng định dạng edXML")
        if not self.is_ours(sender) or told.sender != sender:
            raise Failed(NO_SENDER, f"Đơn vị gửi {sender} chưa đăng ký")
        wanted = receivers or list(told.receivers)
        for one in wanted or [""]:
            if not self.knows(one):
                raise Failed(NO_RECEIVER, f"Đơn vị nhận {one} chưa có trên trục")
        sent_id = f"{uuid4()}"
        with self.lock:
            for one in wanted:
                row = self._put(kind, sent_id, (sender, one), told.title, content)
                if one in PLAYED:
                    self._take_in(row, told)
            self._keep()
        return sent_id

    def received(self, kind: str) -> list[Held]:
        """Return what lies in the boxes of the system, in the order the fault of the day wants."""
        with self.lock:
            rows = [one for one in self.rows.values() if self.is_ours(one.receiver)]
        if self.fault == "order":
            rows.reverse()
        return [one for one in rows if not kind or one.kind == kind]

    def sent(self, kind: str) -> list[Held]:
        """Return what the system sent, with what became of it."""
        with self.lock:
            rows = [one for one in self.rows.values() if self.is_ours(one.sender)]
        return [one for one in rows if not kind or one.kind == kind]

    def fetch(self, doc_id: str) -> bytes:
        """Return a message. Raises: Failed."""
        row = self.rows.get(doc_id)
        if row is None or not self.is_ours(row.receiver):
            raise Failed(NO_FILE, "Không có văn bản này")
        return (self.folder / f"{row.doc_id}.edxml").read_bytes()

    def mark(self, doc_id: str, status: str, words: str = "") -> None:
        """Keep how far a receiver is with it. Raises: Failed."""
        row = self.rows.get(doc_id)
        if row is None or not self.is_ours(row.receiver):
            raise Failed(NO_FILE, "Không có văn bản này")
        if status.lower() not in (INITIAL, PROCESSING, DONE, FAIL):
            raise Failed(BROKEN, f"Không có trạng thái {status}")
        if self.fault == "lost":
            return
        with self.lock:
            row.status, row.words, row.changed_at = status.lower(), words, _moment()
            self._keep()

    def compose(self, sender: str, receiver: str, subject: str, *, urgent: bool = False) -> str:
        """Let a played agency send a new document to one of the system; return its number."""
        if sender not in PLAYED or not self.is_ours(receiver):
            raise Failed(NO_RECEIVER, f"Không gửi được từ {sender} tới {receiver}")
        number = f"{100 + sum(one.sender == sender for one in self.rows.values())}"
        paper = edxml.Paper(number, subject, local(now()).date(), is_urgent=urgent)
        content = edxml.document((sender, PLAYED[sender]), receiver, paper, at=now())
        return self.deliver(edxml.DOCUMENT, sender, receiver, content)

    def answer(self, doc_id: str, code: str, reason: str = "") -> None:
        """Let a played agency say what became of a document it got. Raises: Failed."""
        row = self.rows.get(doc_id)
        told = edxml.read((self.folder / f"{doc_id}.edxml").read_bytes()) if row else None
        if row is None or told is None or row.receiver not in PLAYED or code not in STATUS_WORDS:
            raise Failed(NO_FILE, "Không có văn bản này")
        words = reason or STATUS_WORDS[code]
        who = (row.receiver, PLAYED[row.receiver])
        content = edxml.status(who, told, code, words, at=now())
        with self.lock:
            row.answers.append(code)
        self.deliver(edxml.STATUS, row.receiver, row.sender, content)

    def deliver(self, kind: str, sender: str, receiver: str, content: bytes) -> str:
        """Put a message into a box, twice if that is the fault of the day; return its number."""
        told = edxml.read(content)
        with self.lock:
            pair, title = (sender, receiver), told.title if told else "?"
            row = self._put(kind, f"{uuid4()}", pair, title, content)
            if self.fault == "doubled":
                self._put(kind, f"{uuid4()}", pair, title, content)
            self._keep()
        return row.doc_id

    def is_ours(self, code: str) -> bool:
        """Say whether an agency belongs to the system that is connected."""
        return f"{code}.".startswith(f"{self.system}.")

    def knows(self, code: str) -> bool:
        return code in PLAYED or self.is_ours(code)

    def agencies(self) -> Iterator[Mapping[str, str]]:
        """Yield who is on the axis, as its list tells them."""
        for code, name in (*PLAYED.items(), (self.system, "Hệ thống đang kết nối")):
            yield {"id": code, "pid": "", "code": code, "name": name, "mail": ""}

    def _put(
        self, kind: str, sent_id: str, pair: tuple[str, str], title: str, content: bytes
    ) -> Held:
        doc_id, at = f"{uuid4()}", _moment()
        (self.folder / f"{doc_id}.edxml").write_bytes(content)
        self.rows[doc_id] = row = Held(doc_id, sent_id, kind, *pair, title, at, at)
        return row

    def _take_in(self, row: Held, told: edxml.Told) -> None:
        """Let a played agency take what came for it, and say that it came."""
        row.status = DONE
        if told.kind == edxml.DOCUMENT:
            row.answers.append("01")
            who = (row.receiver, PLAYED[row.receiver])
            content = edxml.status(who, told, "01", STATUS_WORDS["01"], at=now())
            self.deliver(edxml.STATUS, row.receiver, row.sender, content)

    def _kept(self) -> dict[str, Held]:
        path = self.folder / "boxes.json"
        rows = json.loads(path.read_text()) if path.exists() else []
        return {one["doc_id"]: Held(**one) for one in rows}

    def _keep(self) -> None:
        rows = [asdict(one) for one in self.rows.values()]
        (self.folder / "boxes.json").write_text(json.dumps(rows))


def _moment() -> str:
    return f"{local(now()):%d/%m/%Y %H:%M:%S}"
