"""What a leader may write on a document, checked without a database.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.documents.choices import ScopeRole
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

LONGEST = 2000
PARTS = (ScopeRole.LEAD, ScopeRole.TOGETHER, ScopeRole.KNOW)


@dataclass(frozen=True, slots=True)
class LineIn:
    """One unit or person named in a directive: its part, what is asked of it, by when."""

    part: ScopeRole
    unit_id: int
    account_id: int | None = None
    name: str = ""
    words: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DirectiveIn:
    """A leader's words, to whom, and by when all of it; secret words only those named read."""

    words: str
    lines: Sequence[LineIn] = ()
    due_at: datetime | None = None
    is_secret: bool = False

    def of(self, part: ScopeRole) -> list[LineIn]:
        """Return the lines with this part."""
        return [line for line in self.lines if line.part == part]


def check_directive(directive: DirectiveIn, at: datetime) -> None:
    """Raises: BadInput that names the field."""
    if not tidy(directive.words) and not directive.lines:
        raise BadInput("Hãy ghi ý kiến hoặc chọn nơi xử lý.", field="words")
    if len(directive.words) > LONGEST:
        raise BadInput(f"Ý kiến dài nhất {LONGEST} ký tự.", field="words")
    if directive.of(ScopeRole.TOGETHER) and not directive.of(ScopeRole.LEAD):
        raise BadInput("Có nơi phối hợp thì phải có nơi chủ trì.", field="lead")
    if any(line.part not in PARTS for line in directive.lines):
        raise BadInput("Mỗi nơi chỉ chủ trì, phối hợp hoặc để biết.", field="lead")
    places = [(line.unit_id, line.account_id) for line in directive.lines]
    if len(places) != len(set(places)):
        raise BadInput("Một nơi chỉ có một vai trò trong một ý kiến.", field="lead")
    for moment in (directive.due_at, *(line.due_at for line in directive.lines)):
        if moment is not None and moment <= at:
            raise BadInput("Hạn xử lý phải ở sau lúc này.", field="due")
