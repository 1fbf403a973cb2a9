"""Opens files in children with little memory and little time: a bomb ends there."""

import json
from pathlib import Path

from motcua.foundation.files import api as files
from motcua.lib.nursery import NoAnswer, Nursery

SECONDS = 20
READING_SECONDS = 60
MOST_PAGES, MOST_ANSWER = 3_000, 130_000_000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REASONS = {
    3: "tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    4: "tệp bị hỏng. Hãy tạo lại tệp rồi gửi lại.",
    5: "tệp có kích thước trang hoặc số trang bất thường.",
}
_TOO_MUCH = "tệp quá phức tạp. Hãy in ra PDF hoặc chụp lại rồi gửi lại."
nursery = Nursery("motcua.adapters.previews.child", most_answer=MOST_ANSWER)


class ApartInspector:
    """Implements `files.Inspector`."""

    def inspect(self, path: Path, media_type: str, *, is_drawn: bool = True) -> files.Inspection:
        if media_type == _WORD:  # nothing to draw: Word alone knows where its pages end
            read = json.loads(_said("read", path, media_type, SECONDS, most=1))
            return files.Inspection(0, b"", "".join(read))
        said = _said("draw" if is_drawn else "look", path, media_type, SECONDS)
        pages, words, preview = said.split(b"\n", 2)
        return files.Inspection(int(pages), preview, json.loads(words))

    def read_text(self, path: Path, media_type: str) -> list[str]:
        pages: list[str] = json.loads(_said("read", path, media_type, READING_SECONDS))
        return pages


def _said(
    what: str, path: Path, media_type: str, seconds: float, *, most: int = MOST_PAGES
) -> bytes:
    """Return what a child saw. Raises: files.Unreadable."""
    order = {
        "what": what,
        "path": str(path.absolute()),
        "media_type": media_type,
        "most": most,
        "seconds": seconds,
    }
    try:
        said = nursery.ask(json.dumps(order).encode() + b"\n", seconds=seconds)
    except NoAnswer as error:
        raise files.Unreadable(_TOO_MUCH) from error
    if not said or said[0]:
        raise files.Unreadable(_REASONS.get(said[0] if said else 0, _TOO_MUCH))
    return said[1:]
