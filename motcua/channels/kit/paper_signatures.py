"""The signatures of a paper somebody handed in, as an officer sees them beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.foundation.signing import api as signing
from motcua.lib.text import whole_number

from .owners import OwnerShown, Whose, owner_of
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
    owners: tuple[OwnerShown, ...] = ()


def signatures_seen(
    looks: Mapping[int, signing.Looked],
    file_id: int | None,
    href: str,
    *,
    turn: int = 0,
    whose: Whose | None = None,
) -> SignaturesSeen | None:
    """Return what is to be said of one file's signatures; nothing for one that bears none.

    With `whose` it also says of each whether its certificate is that of somebody in the dossier.
    """
    look = looks.get(file_id) if file_id is not None else None
    if look is None:
        return None
    if look.report is not None:
        shown = verdict_shown(look.report.verdict.indication)
        rows = look.report.signatures if whose else ()
        holders = whose() if whose and rows else ()
        owners = tuple(owner_of(one, holders) for one in rows)
        return SignaturesSeen(shown, look.report, look.examined_at, "", href, owners)
    is_patient = turn < MOST_TURNS
    again = f"{href}{WAITING}?lan={turn + 1}" if is_patient else ""
    return SignaturesSeen(_AWAITED if is_patient else _NOT_YET, None, None, again, href)


def signatures_part(
    request: HttpRequest,
    file_id: int | None,
    href: str,
    *,
    at: datetime,
    whose: Whose | None = None,
) -> HttpResponse:
    """Return the part of a page that says what is known by now; who may see was decided before."""
    turn = min(whole_number(request.GET.get("lan", "")) or 0, MOST_TURNS)
    looks = signing.looks_at([file_id], at=at)
    seen = signatures_seen(looks, file_id, href, turn=turn, whose=whose)
    return render(request, "kit/paper_signatures.html", {"seen": seen})
