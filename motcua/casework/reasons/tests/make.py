"""Reasons and their keepers for tests."""

from datetime import date, datetime
from typing import Any

from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import Place, ReasonKind, StandardReason, WordsIn
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
DAY = date(2026, 3, 2)
KEEPER = Actor(id=910, name="Lường Văn Sát", province_powers=frozenset({Power.KEEP_REASONS}))


def make_reason(
    title: str = "Thiếu tờ khai",
    text: str = "Hồ sơ {ma_ho_so} còn thiếu: {giay_to}.",
    *,
    by: Actor = KEEPER,
    kind: ReasonKind = ReasonKind.SUPPLEMENT,
    **place: Any,
) -> StandardReason:
    """Return a reason of the province's library, in force since the first day of the year."""
    words = WordsIn(title, text, "Điều 5", date(2026, 1, 1))
    return reasons.add_reason(Place(kind, **place), words, by=by, at=MONDAY)
