"""The signatures of a paper somebody handed in, as an officer sees them beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication
from motcua.lib.text import whole_number

MOST_TURNS = 15
WAITING = "dang-kiem-tra/"
WORDS = {
    Indication.PASSED: (_("Chữ ký số hợp lệ"), "ok"),
    Indication.INDETERMINATE: (_("Chữ ký số chưa kết luận được"), "soon"),
    Indication.FAILED: (_("Chữ ký số không hợp lệ"), "late"),
    Indication.UNSIGNED: (_("Không có chữ ký số"), "neutral"),
}
_AWAITED = (_("Đang kiểm tra chữ ký số"), "neutral")
_NOT_YET = (_("Chưa kiểm tra xong chữ ký số; xin tải lại trang sau"), "soon")


@dataclass(frozen=True, slots=True)
class SignaturesSeen:
    """What stands beside a paper; `again` is where to ask once more, if the answer is awaited.

    `href` is the page with everything there is to say.
    """

    word: str
    tone: str
    report: signing.Report | None
    examined_at: datetime | None
    again: str
    href: str


def signatures_seen(
    looks: Mapping[int, signing.Looked], file_id: int | None, href: str, *, turn: int = 0
) -> SignaturesSeen | None:
    """Return what is to be said of one file's signatures; nothing for one that bears none."""
    look = looks.get(file_id) if file_id is not None else None
    if look is None:
        return None
    if look.report is not None:
        word, tone = WORDS[look.report.verdict.indication]
        return SignaturesSeen(str(word), tone, look.report, look.examined_at, "", href)
    is_patient = turn < MOST_TURNS
    word, tone = _AWAITED if is_patient else _NOT_YET
    again = f"{href}{WAITING}?lan={turn + 1}" if is_patient else ""
    return SignaturesSeen(str(word), tone, None, None, again, href)


def signatures_part(
    request: HttpRequest, file_id: int | None, href: str, *, at: datetime
) -> HttpResponse:
    """Return the part of a page that says what is known by now; who may see was decided before."""
    asked = request.GET.get("lan", "")
    turn = min(whole_number(asked) or 0, MOST_TURNS)
    looks = signing.looks_at([file_id], at=at)
    seen = signatures_seen(looks, file_id, href, turn=turn)
    return render(request, "kit/paper_signatures.html", {"seen": seen})
