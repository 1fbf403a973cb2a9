"""Explain a difference: by another person than who counted it, with a reason, never silently.

Source: docs/law/money.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.cashbook.choices import AccountKind, WayOut
from motcua.casework.cashbook.errors import DrawerMoved
from motcua.casework.cashbook.models import Difference, detail_of_unit
from motcua.casework.cashbook.permissions import check_keeper
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.casework.cashbook.rules.words import signed
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .drawers import lock_desk
from .posting import book

EXPLAINED = "cashbook.explained"
_ONLY_SHORT = {WayOut.REPAID, WayOut.OWED}


@dataclass(frozen=True, slots=True)
class ExplanationIn:
    """What becomes of a difference, and why; `document` where somebody decided it."""

    way_out: WayOut
    words: str
    document: str = ""


@work.story
def explain_difference(
    difference_id: int, asked: ExplanationIn, *, by: Actor, at: datetime
) -> Difference:
    """Take a difference out of SUSPENSE to where it belongs.

    Raises: DrawerMoved, BadInput, NotAllowed.
    """
    rows = Difference.objects.select_for_update()
    found = rows.filter(pk=difference_id, explained_at__isnull=True).first()
    if found is None:
        raise DrawerMoved("Khoản chênh lệch này đã được xử lý.")
    check_keeper(found.agency_id, by)
    if found.counted_by_id == by.id:
        raise NotAllowed("Người đếm tiền không tự giải trình; cần người thứ hai.")
    _check(found, asked)
    lock_desk(found.unit_id)
    place = detail_of_unit(found.unit_id)
    waits = Leg(AccountKind.SUSPENSE, found.agency_id, found.amount_vnd, place)
    goes = _goes(found, asked)
    words = f"Giải trình {signed(found.amount_vnd)}: {asked.way_out.label}. {_words(asked)}"
    entry = EntryIn(EXPLAINED, f"{found.pk}", local_day(at), words, (waits, goes))
    found.explained_entry = book(entry, [(waits, None), (goes, None)], by=by, at=at)
    found.way_out, found.explanation = asked.way_out, _words(asked)
    found.explained_by_name, found.explained_at = by.name, at
    found.save()
    detail = {"vnd": found.amount_vnd, "way_out": found.way_out}
    audit.record("cashbook.explain", f"difference:{found.pk}", by=by, at=at, detail=detail)
    return found


def _words(asked: ExplanationIn) -> str:
    document = f" (văn bản {asked.document.strip()})" if asked.document.strip() else ""
    return (asked.words.strip() + document)[:500]


def _check(found: Difference, asked: ExplanationIn) -> None:
    if not asked.words.strip():
        raise BadInput("Hãy ghi nội dung giải trình.", field="words")
    if asked.way_out in _ONLY_SHORT and found.amount_vnd > 0:
        raise BadInput("Khoản thừa không thể do người thu nộp bù; chọn cách khác.", field="way_out")
    if asked.way_out == WayOut.GIVE_BACK and found.amount_vnd < 0:
        raise BadInput("Khoản thiếu không thể trả lại người nộp; chọn cách khác.", field="way_out")
    if asked.way_out == WayOut.DECIDED and not asked.document.strip():
        raise BadInput("Hãy ghi số, ngày quyết định xử lý.", field="document")


def _goes(found: Difference, asked: ExplanationIn) -> Leg:
    """Return where it goes: into the safe, to who owes it, to be given back, or as decided."""
    vnd = -found.amount_vnd
    if asked.way_out == WayOut.REPAID:
        return Leg(AccountKind.DRAWER, found.agency_id, vnd, detail_of_unit(found.unit_id))
    if asked.way_out == WayOut.OWED:
        owing = f"cashier:{found.counted_by_id}"
        return Leg(AccountKind.RECEIVABLE, found.agency_id, vnd, owing)
    if asked.way_out == WayOut.GIVE_BACK:
        return Leg(AccountKind.OVERPAID, found.agency_id, vnd, "difference")
    return Leg(AccountKind.OTHER, found.agency_id, vnd, "difference")
