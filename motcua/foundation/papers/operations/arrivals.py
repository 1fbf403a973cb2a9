"""Put the mark of arrival on a copy of an incoming document."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from motcua.foundation.papers.errors import PdfRefused
from motcua.foundation.papers.rules.arrivals import ArrivalStamp
from motcua.foundation.papers.rules.wording import printable

from .stamps import pressed
from .typesetting import fonts_dir, letters

_LONGEST_SECONDS = 60
# Not imported: what it needs to read PDF is large, and only the program itself needs it.
_OVERLAYING = Path(__file__).with_name("overlaying.py")
_PASSWORD, _ODD = 3, 5
_WHY = {
    _PASSWORD: "Tệp PDF có mật khẩu; hãy xin bên gửi tệp không khóa.",
    _ODD: "Trang đầu của tệp PDF quá nhỏ hoặc quá lớn để đóng dấu “ĐẾN”.",
}
_BROKEN = "Không đóng được dấu “ĐẾN”: tệp không phải là PDF đọc được hoặc đã hỏng."


def stamp_arrival(pdf: bytes, stamp: ArrivalStamp) -> bytes:
    """Return a copy for reading with “ĐẾN” on its first page, where the page is empty.

    The copy begins with the bytes it was handed, unchanged; whoever keeps it keeps the original
    beside it, for only that is what the sender signed.

    Raises: PdfRefused if it is no PDF, has a password, is damaged, or has an odd page.
    Costs: some 0.3 s in a process of its own with limits: the file is a stranger's.
    Source: docs/law/registry-books.md
    """
    clean = partial(printable, letters=letters(fonts_dir()))
    values: dict[str, object] = {
        "agency": clean(stamp.agency),
        "number": f"{stamp.number:02}",
        "day": f"{stamp.arrived_on:%d/%m/%Y}",
        "to": clean(stamp.to),
        "file_code": clean(stamp.file_code),
    }
    copy = _laid_over(pdf, pressed("stamp_arrival", values))
    if not copy.startswith(pdf):
        raise PdfRefused(_BROKEN)
    return copy


def _laid_over(pdf: bytes, mark: bytes) -> bytes:
    try:
        answer = subprocess.run(  # noqa: S603 -- our own file, run by our own interpreter
            [sys.executable, "-I", str(_OVERLAYING)],
            input=f"{len(mark)}\n".encode() + mark + pdf,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfRefused(_BROKEN) from error
    if answer.returncode:
        raise PdfRefused(_WHY.get(answer.returncode, _BROKEN))
    return answer.stdout
