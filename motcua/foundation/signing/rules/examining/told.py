"""The words in which verdicts and moments are told, on paper and on the screen of a terminal."""

from collections.abc import Mapping
from datetime import datetime

from motcua.lib.clock import local

from .report import Indication, Verdict

WORDS: Mapping[Indication, str] = {
    Indication.PASSED: "Hợp lệ",
    Indication.INDETERMINATE: "Chưa kết luận được",
    Indication.FAILED: "Không hợp lệ",
    Indication.UNSIGNED: "Không có chữ ký số",
}


def verdict_line(found: Verdict) -> str:
    """Return a verdict in plain words, and in those of the standard."""
    if found.indication == Indication.UNSIGNED:
        return WORDS[found.indication]
    return f"{WORDS[found.indication]} ({found.indication} {found.sub}".rstrip() + ")"


def clock(at: datetime | None) -> str:
    """Return a moment to the second on the clocks of Hà Nội."""
    return f"{local(at):%H:%M:%S %d/%m/%Y}" if at else "không rõ"
