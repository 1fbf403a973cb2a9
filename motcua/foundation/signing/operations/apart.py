"""Let a process with limits read a document of others; pages are served without that engine."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

_READING = "motcua.foundation.signing.rules.reading"
_FITTING = "motcua.foundation.signing.rules.fitting"
_PASSWORD = b"Incorrect password"
_ROOT = Path(__file__).parents[4]
LONGEST_SECONDS = 30


def read_apart(order: Mapping[str, object], pdf: bytes) -> bytes:
    """Return the answer to an order (see `rules.reading`). Raises: DocumentUnfit.

    Costs: a process of its own, some 0.3 s.
    """
    answer = _run(_READING, json.dumps(order).encode() + b"\n" + pdf)
    if _PASSWORD in answer.stderr:
        message = (
            "Tệp PDF có mật khẩu nên không mở được. Hãy mở tệp, lưu hoặc in lại thành PDF không có"
            " mật khẩu rồi gửi lại."
        )
        raise DocumentUnfit(message, field="file")
    if answer.returncode or not answer.stdout:
        message = (
            "Tệp PDF bị hỏng hoặc không có trang đã chọn. Hãy mở tệp, in hoặc xuất lại thành tệp"
            " PDF mới rồi gửi lại."
        )
        raise DocumentUnfit(message, field="file")
    return answer.stdout


def fits_apart(pdf: bytes) -> str:
    """Return why fields cannot be put into a document, nothing if they can.

    Costs: a process of its own that loads the engine, some 1.5 s.
    """
    answer = _run(_FITTING, pdf)
    return answer.stdout.decode() if answer.returncode == 0 else NOT_STANDARD


def _run(program: str, given: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603 -- our own program, run by our own interpreter
            [sys.executable, "-E", "-s", "-B", "-m", program],
            input=given,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired as error:
        message = "Tệp PDF mở quá lâu, không đọc được. Hãy in lại thành PDF mới rồi gửi lại."
        raise DocumentUnfit(message, field="file") from error
