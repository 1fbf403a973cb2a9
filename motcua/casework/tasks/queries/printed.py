"""The monthly report as a paper."""

from datetime import datetime

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .figures import Figures, Grouping, Side, Span, report, total_of

_SIDES = {
    Side.RECEIVED: "Nhiệm vụ đơn vị được giao",
    Side.GIVEN: "Nhiệm vụ đơn vị đã giao",
}
_BY = {
    Grouping.AGENCY: "cơ quan thực hiện",
    Grouping.UNIT: "đơn vị thực hiện",
    Grouping.PERSON: "người thực hiện",
}


def report_pdf(actor: Actor, span: Span, side: Side, grouping: Grouping, *, at: datetime) -> bytes:
    """Return the figures the actor may read as PDF. Raises: BadInput without a post."""
    if not actor.unit_ids:
        raise BadInput("Ông/bà chưa giữ vị trí nào để lập báo cáo.")
    unit_id = actor.unit_ids[0]
    unit = organisation.tree().unit(unit_id)
    is_root = unit.parent_id is None
    lines = report(actor, span, side, grouping, at=at)
    paper = papers.TaskReport(
        letterhead=papers.letterhead_of_unit(unit_id, at),
        unit_name=organisation.tree().agency(unit.agency_id).name if is_root else unit.name,
        side=_SIDES[side],
        by=_BY[grouping],
        from_day=span.first,
        to_day=span.last,
        seen_at=at,
        rows=tuple(_tally(line) for line in lines),
        total=_tally(total_of(lines)),
        author_name=actor.name,
        signer=papers.Signer(title=actor.title or "Thủ trưởng đơn vị", name=actor.name),
    )
    return papers.render_paper(paper)


def _tally(line: Figures) -> papers.TaskTally:
    return papers.TaskTally(
        name=line.name,
        total=line.total,
        carried=line.carried,
        given=line.given,
        done=line.done,
        on_time=line.on_time,
        extended=line.extended,
        late=line.late,
        stopped=line.stopped,
        running=line.running,
        overdue=line.overdue,
    )
