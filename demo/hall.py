"""People of the hall: one seconded officer, one stand-by, one absence to come, and a library."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from motcua.casework.dossiers import api as dossiers
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import Place, ReasonKind, WordsIn
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceIn, AbsenceKind, SecondmentIn
from motcua.lib.clock import local_day

from .cast import Cast, founder

LIBRARY = Path(__file__).parent / "reasons.yaml"
SECONDED, HALL = "H18.07.P2-03", "H18.01"
DESK_POST, READY = "H18.101-02", "H18.101.VP-03"
DESK_HEAD = "H18.101-01"
AWAY, HEAD_OF_AWAY = "H18.101.KT-02", "H18.101.KT-01"
_SINCE, _TERM, _WEEK = timedelta(days=90), timedelta(days=364), timedelta(days=7)


def set_hall(cast: Cast, at: datetime) -> bool:
    """Arrange the people of the hall, once; say whether it was done now."""
    day, by = local_day(at), replace(founder(), is_silent=True)
    if staffing.Secondment.objects.exists():
        return False
    hall = organisation.tree().unit_by_code(HALL)
    if hall is None:
        raise LookupError(HALL)
    staffing.second_officer(
        SecondmentIn(
            officer_id=_officer(cast, SECONDED),
            unit_id=hall.id,
            valid_from=day - _SINCE,
            valid_to=day - _SINCE + _TERM,
            decision_number="118/QĐ-SXD",
            decided_on=day - _SINCE - _WEEK,
        ),
        by=by,
        at=at,
    )
    post = organisation.find_post(DESK_POST)
    if post is None:
        raise LookupError(DESK_POST)
    staffing.name_stand_by(post.pk, _officer(cast, READY), by=cast.at_post(DESK_HEAD), at=at)
    first = day + _WEEK
    absence = AbsenceIn(
        _officer(cast, AWAY), AbsenceKind.LEAVE, first, first + _WEEK, "Nghỉ phép năm"
    )
    dossiers.sharing.note_absence(absence, by=cast.at_post(HEAD_OF_AWAY), at=at)
    return True


def _officer(cast: Cast, post_code: str) -> int:
    """Return who holds a post. Raises: LookupError."""
    for seat in cast.seats:
        if seat.post_code == post_code and seat.officer_id is not None:
            return seat.officer_id
    raise LookupError(post_code)


def fill_library(at: datetime) -> int:
    """Put the standard reasons into the province's library, once; return how many."""
    if reasons.StandardReason.objects.exists():
        return 0
    rows = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    for row in rows:
        place = Place(
            ReasonKind(row["kind"]),
            procedure_code=row.get("procedure", ""),
            paper_code=row.get("paper", ""),
        )
        words = WordsIn(row["title"], row["text"], row.get("basis", ""), local_day(at))
        reasons.add_reason(place, words, by=founder(), at=at)
    return len(rows)
