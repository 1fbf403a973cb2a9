"""What waits for a head or leader to approve or sign: cards for a phone, signed many at once."""

from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Brief, OutcomeKind, SubState, WorkFilter, WorkRow
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.kit.words import stamp
from motcua.channels.office.acts.situation import APPROVING
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import WorkShown, work_shown
from motcua.channels.office.turns import told_of_turns
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.paging import decode

_CARDS = 20


class Card(NamedTuple):
    """One thing to approve or sign."""

    row: WorkShown
    verb: str
    who: str
    since: str
    summary: str
    return_href: str
    seq: str


@require_GET
@for_officers()
def sign(request: ActorRequest) -> HttpResponse:
    """Show what waits for the actor, the most urgent first. Costs: three statements."""
    at = now()
    actor = request.actor
    actor.require(Power.APPROVE_DOSSIERS)
    only = WorkFilter(kinds=tuple(str(kind) for kind in sorted(APPROVING)), unit_ids=actor.unit_ids)
    after = decode(request.GET.get("sau", ""))
    found = dossiers.worklist_for(actor, only=only, after=after, limit=_CARDS)
    rows = [row for row in found.rows if is_mine(row, actor)]
    briefs = dossiers.briefs_of([row.dossier_id for row in rows])
    context = {
        "cards": [card(row, briefs.get(row.dossier_id)) for row in work_shown(rows, at)],
        "next": place(request, found.next),
        "previous": place(request, found.previous),
        "many": reverse("office:many"),
        "turns": told_of_turns(actor),
    }
    return page(request, "sign", context, current="sign")


def is_mine(row: WorkRow, actor: Actor) -> bool:
    """Say whether the step waits for the actor; what is being signed waits for the clerk."""
    return row.assignee_id in (None, actor.id) and row.sub_state != SubState.SIGNING


def card(row: WorkShown, brief: Brief | None) -> Card:
    """Return the card of one step."""
    seq = row.key.partition(" ")[2]
    back = reverse("office:act", args=[row.code, "tra-lai"])
    return Card(
        row=row,
        verb="Ký" if row.kind == StepKind.DECISION else "Duyệt",
        who=f"{row.applicant} · {row.code}",
        since=f"chờ từ {stamp(row.since)}",
        summary=summary(row, brief),
        return_href=f"{back}?buoc={seq}",
        seq=seq,
    )


def summary(row: WorkShown, brief: Brief | None) -> str:
    """Return in one paragraph what is asked, what was found, and what is proposed."""
    if brief is None:
        return row.step
    said = [f"{row.step}."]
    if brief.summary:
        said.append(f"{brief.summary.rstrip('.')}.")
    if brief.outcome_kind == OutcomeKind.REFUSED:
        said.append(f"Đề xuất từ chối: {brief.outcome_reason.rstrip('.')}.")
    elif brief.outcome_name:
        said.append(f"Đề xuất chấp thuận, cấp {brief.outcome_name}.")
    else:
        said.append("Chưa có dự thảo kết quả; khi ký, kết quả được lập theo mẫu của thủ tục.")
    if brief.opinion:
        said.append(f"{brief.opinion_by}: {brief.opinion.rstrip('.')}.")
    elif brief.opinion_by:
        said.append(f"{brief.opinion_by} đã xử lý, không ghi ý kiến thêm.")
    return " ".join(said)
