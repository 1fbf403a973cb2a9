"""Runs `draw` and `read` in a process with little memory and little time: a bomb ends there."""

import json
import subprocess
import sys
from pathlib import Path

from motcua.foundation.files import api as files

SECONDS = 20
READING_SECONDS = 60
_DRAW, _READ = (Path(__file__).with_name(name) for name in ("draw.py", "read.py"))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REASONS = {
    3: "tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    4: "tệp bị hỏng. Hãy tạo lại tệp rồi gửi lại.",
    5: "tệp có kích thước trang hoặc số trang bất thường.",
}
_TOO_MUCH = "tệp quá phức tạp. Hãy in ra PDF hoặc chụp lại rồi gửi lại."


class ApartInspector:
    """Implements `files.Inspector`."""

    def inspect(self, path: Path, media_type: str) -> files.Inspection:
        if media_type == _WORD:  # nothing to draw: Word alone knows where its pages end
            read = json.loads(_said(_READ, path, media_type, SECONDS, "1"))
            return files.Inspection(0, b"", "".join(read))
        pages, words, preview = _said(_DRAW, path, media_type, SECONDS).split(b"\n", 2)
        return files.Inspection(int(pages), preview, json.loads(words))

    def read_text(self, path: Path, media_type: str) -> list[str]:
        pages: list[str] = json.loads(_said(_READ, path, media_type, READING_SECONDS))
        return pages


def _said(script: Path, path: Path, media_type: str, seconds: float, *more: str) -> bytes:
    """Return what the program wrote. Raises: files.Unreadable."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own script; the path is one we made
            [sys.executable, "-I", str(script), str(path), media_type, *more],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        raise files.Unreadable(_TOO_MUCH) from error
    if done.returncode:
        raise files.Unreadable(_REASONS.get(done.returncode, _TOO_MUCH))
    return done.stdout
