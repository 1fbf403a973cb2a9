"""The slip of an incoming document, with what was directed on it as its reader may know it.

Source: docs/law/registry-books.md
"""

from motcua.casework.documents.choices import Act, ScopeRole, State
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.rules.names import in_words
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .directives import DirectiveShown, directives_for
from .further import due_of
from .letterheads import letterhead_of
from .one import WholeDocument

_HIDDEN = "(Ý kiến chỉ gửi người có tên)"


def routing_slip(reader: Actor, whole: WholeDocument) -> papers.RoutingSlip:
    """Return the slip of a registered document. Raises: DocumentError without a number."""
    document = whole.document
    if document.ordinal is None or not document.source:
        raise DocumentError("Văn bản đến có số rồi mới có phiếu giải quyết.")
    day = local_day(document.registered_at or document.sort_at)
    issued = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    words = f"{document.kind_name} {in_words(document.number, document.notation)}".strip()
    shown = list(reversed(directives_for(reader, whole)))
    root = organisation.tree().agency(document.agency_id).root_unit_id
    asked = {move.seq: move.unit_id for move in whole.moves if move.act == Act.DIRECT}
    by_agency = [one for one in shown if asked.get(one.directive.seq // 1000) == root]
    due = due_of(document)
    return papers.RoutingSlip(
        letterhead=letterhead_of(document.agency_id, day),
        named=f"{words}{issued} của {document.issuer_name}",
        about=document.subject,
        arrival_number=str(document.ordinal),
        arrived_on=day,
        due_on=local_day(due) if due else None,
        of_agency=tuple(_opinion(one) for one in by_agency),
        of_unit=tuple(_opinion(one) for one in shown if one not in by_agency),
        proposals=_proposals(whole),
    )


def _opinion(one: DirectiveShown) -> papers.RoutingOpinion:
    directive = one.directive
    title = f", {directive.by_title}" if directive.by_title else ""
    return papers.RoutingOpinion(
        by=f"{directive.by_name}{title}",
        given_on=local_day(directive.at),
        words=_HIDDEN if one.is_hidden else one.words,
        lines=tuple(
            papers.RoutingLine(
                part=str(ScopeRole(line.part).label),
                name=line.name,
                due_on=local_day(line.due_at) if line.due_at else None,
                words=line.words,
            )
            for line in one.lines
        ),
    )


def _proposals(whole: WholeDocument) -> tuple[papers.RoutingOpinion, ...]:
    """Return what those who dealt with the document said at its end."""
    return tuple(
        papers.RoutingOpinion(by=move.by_name, given_on=local_day(move.at), words=move.note)
        for move in whole.moves
        if move.act == Act.FINISH and move.state == State.DONE and move.by_id
    )
