"""The signatures of a paper somebody handed in, as an officer sees them beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.foundation.signing import api as signing
from motcua.lib.text import whole_number

from .signatures import VerdictShown, verdict_shown

MOST_TURNS = 15
WAITING = "dang-kiem-tra/"
_AWAITED = VerdictShown(_("Đang kiểm tra"), "neutral")
_NOT_YET = VerdictShown(_("Chưa kiểm tra xong; xin tải lại trang sau"), "soon")


@dataclass(frozen=True, slots=True)
class SignaturesSeen:
    """What stands beside a paper; `again` is where to ask once more, if the answer is awaited.

    `href` is the page with everything there is to say.
    """

    shown: VerdictShown
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
        shown = verdict_shown(look.report.verdict.indication)
        return SignaturesSeen(shown, look.report, look.examined_at, "", href)
    is_patient = turn < MOST_TURNS
    again = f"{href}{WAITING}?lan={turn + 1}" if is_patient else ""
    return SignaturesSeen(_AWAITED if is_patient else _NOT_YET, None, None, again, href)


def signatures_part(
    request: HttpRequest, file_id: int | None, href: str, *, at: datetime
) -> HttpResponse:
    """Return the part of a page that says what is known by now; who may see was decided before."""
    turn = min(whole_number(request.GET.get("lan", "")) or 0, MOST_TURNS)
    seen = signatures_seen(signing.looks_at([file_id], at=at), file_id, href, turn=turn)
    return render(request, "kit/paper_signatures.html", {"seen": seen})
