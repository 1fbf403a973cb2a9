"""The page of a play of an axis: what to enter where, faults, messages, and playing a ministry."""

from dataclasses import dataclass, replace
from html import escape
from typing import Self

from . import edxml
from .axis import FAULTS, PLAYED, STATUS_WORDS, WARD, Axis, Held

MOST_SHOWN = 60
ON_THE_WAY = {
    "initial": "chờ lấy",
    "processing": "đang lấy",
    "done": "đã lấy xong",
    "fail": "không đọc được",
}
ANSWERS = ("03", "02", "05", "06", "15", "16")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a play says of itself."""

    title: str
    way: str
    path: str = ""
    address: str = ""

    def at(self, root: str) -> Self:
        """Return the same with its address."""
        return replace(self, address=f"{root}{self.path}")


def page(axis: Axis, shown: Shown, words: str) -> str:
    """Return the page of a play."""
    listed = list(reversed(axis.rows.values()))[:MOST_SHOWN]
    told = f'<p role="status" class="told">{escape(words)}</p>' if words else ""
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(shown.title)} – mô phỏng</title><style>{STYLE}</style>"
        f"<h1>{escape(shown.title)}</h1>"
        "<p class='mark'>Bản mô phỏng để chạy thử – không có giá trị pháp lý.</p>"
        f"{told}{_entering(axis, shown)}{_composing()}{_faults(axis)}{_messages(listed)}</html>"
    )


def _entering(axis: Axis, shown: Shown) -> str:
    return (
        "<section><h2>Khai báo trong motcua</h2><dl>"
        f"<dt>Cách kết nối</dt><dd>{escape(shown.way)}</dd>"
        f"<dt>Địa chỉ</dt><dd><code>{escape(shown.address)}</code></dd>"
        f"<dt>Tên của ta ở đó</dt><dd><code>{escape(axis.system)}</code></dd>"
        "<dt>Khóa bí mật</dt><dd>đặt trong tệp bí mật của máy chủ, giá trị minh họa "
        f"<code>{escape(axis.secret)}</code></dd></dl></section>"
    )


def _faults(axis: Axis) -> str:
    choices = "".join(
        f"<label><input type='radio' name='fault' value='{name}'"
        f"{' checked' if name == axis.fault else ''}> {escape(words)}</label>"
        for name, words in FAULTS.items()
    )
    return (
        "<section><h2>Trục đang</h2><form method='post' action='/loi'>"
        f"<fieldset><legend>Cách trả lời</legend>{choices}</fieldset>"
        "<button>Đặt</button></form></section>"
    )


def _composing() -> str:
    senders = "".join(
        f"<option value='{code}'>{escape(name)} ({code})</option>" for code, name in PLAYED.items()
    )
    return (
        "<section><h2>Đóng vai cơ quan khác gửi văn bản tới</h2>"
        "<form method='post' action='/gui'>"
        f"<label>Nơi gửi <select name='sender'>{senders}</select></label>"
        f"<label>Mã nơi nhận <input name='receiver' value='{WARD}' required></label>"
        "<label>Trích yếu <input name='subject' maxlength='200' "
        "value='V/v báo cáo kết quả chuyển đổi số quý IV'></label>"
        "<label class='tick'><input type='checkbox' name='urgent'> Khẩn</label>"
        "<button>Gửi văn bản</button></form></section>"
    )


def _messages(rows: list[Held]) -> str:
    if not rows:
        return "<section><h2>Gói tin</h2><p>Chưa có gói tin nào.</p></section>"
    return f"<section><h2>Gói tin</h2>{''.join(_message(one) for one in rows)}</section>"


def _message(row: Held) -> str:
    kind = "Văn bản" if row.kind == edxml.DOCUMENT else "Trạng thái"
    sender, receiver = (PLAYED.get(one, one) for one in (row.sender, row.receiver))
    state = ON_THE_WAY.get(row.status, row.status) + (f": {row.words}" if row.words else "")
    said = ", ".join(f"{one} {STATUS_WORDS[one].lower()}" for one in row.answers)
    return (
        f"<article><h3>{kind}: {escape(row.title)}</h3>"
        f"<p>{escape(sender)} → {escape(receiver)} · {escape(row.made_at)} · {escape(state)}</p>"
        + (f"<p>Đã trả lời: {escape(said)}</p>" if said else "")
        + (_answering(row) if row.kind == edxml.DOCUMENT and row.receiver in PLAYED else "")
        + "</article>"
    )


def _answering(row: Held) -> str:
    choices = "".join(
        f"<option value='{one}'>{one} {STATUS_WORDS[one]}</option>" for one in ANSWERS
    )
    return (
        "<form method='post' action='/tra-loi'>"
        f"<input type='hidden' name='doc' value='{escape(row.doc_id)}'>"
        f"<label>Nơi nhận trả lời <select name='code'>{choices}</select></label>"
        "<label>Lý do, nội dung <input name='reason' maxlength='300'></label>"
        "<button>Trả lời</button></form>"
    )


STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;"
    "color:#1b1b1b}h1{margin-bottom:0}.mark{color:#9a0000;margin-top:0}section{border-top:1px "
    "solid #999;padding:.5rem 0}dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem}"
    "dd{margin:0;overflow-wrap:anywhere}label{display:block;margin:.3rem 0}input:not([type=radio],"
    "[type=checkbox]),select{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}button{"
    "font:inherit;padding:.5rem 1rem;min-height:44px}article{border:1px solid #bbb;padding:.5rem "
    "1rem;margin:.5rem 0}article form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}article"
    " form label{flex:1 1 12rem}h3{margin:.2rem 0;font-size:1rem}.told{background:#e7f3e7;padding:"
    ".5rem 1rem}"
)
