"""Let a process with limits read a document of others; pages are served without that engine."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from motcua.foundation.signing.errors import DocumentUnfit

_PROGRAM = "motcua.foundation.signing.rules.reading"
_ROOT = Path(__file__).parents[4]
LONGEST_SECONDS = 30


def read_apart(order: Mapping[str, object], pdf: bytes) -> bytes:
    """Return the answer to an order (see `rules.reading`). Raises: DocumentUnfit.

    Costs: a process of its own, some 0.3 s.
    """
    try:
        answer = subprocess.run(  # noqa: S603 -- our own program, run by our own interpreter
            [sys.executable, "-E", "-s", "-B", "-m", _PROGRAM],
            input=json.dumps(order).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentUnfit("Tệp PDF mở quá lâu, không đọc được.", field="file") from error
    if answer.returncode or not answer.stdout:
        raise DocumentUnfit("Tệp PDF bị hỏng hoặc không có trang đã chọn.", field="file")
    return answer.stdout
