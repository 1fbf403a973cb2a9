"""How a unit's work is shared: who gets what is new, and who takes over from a colleague."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import AssignmentWay, RuleIn
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.people import Candidate, candidates
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

BY_HAND = ""


class Part(NamedTuple):
    """One officer's part in the automatic assignment."""

    officer: Candidate
    takes_part: bool
    area: str
    is_away: bool


@require_GET
@for_officers("office:unit")
def sharing(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show how new work is assigned, and who has how much. Costs: six queries."""
    request.actor.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    at = now()
    parts, way = parts_of(unit_id, at)
    context = {
        "unit": organisation.tree().unit(unit_id),
        "parts": parts,
        "way": way,
        "ways": [
            (BY_HAND, "Không tự giao: cán bộ tự nhận, hoặc trưởng đơn vị giao"),
            (AssignmentWay.TURN.value, AssignmentWay.TURN.label),
            (AssignmentWay.LOAD.value, AssignmentWay.LOAD.label),
        ],
        "officers": [(str(part.officer.account_id), part.officer.words) for part in parts],
    }
    return page(request, "sharing", context, current="unit")


def parts_of(unit_id: int, at: datetime) -> tuple[list[Part], str]:
    """Return every officer's part, and by which way new work goes round."""
    rules = dossiers.assignment_rules(unit_id)
    rounds = {rule.account_id: rule for rule in rules if rule.way != AssignmentWay.AREA}
    areas = {rule.account_id: rule for rule in rules if rule.way == AssignmentWay.AREA}
    parts = []
    for officer in candidates(unit_id, StepKind.TASK, at):
        found = rounds.get(officer.account_id) or areas.get(officer.account_id)
        area = areas.get(officer.account_id)
        parts.append(
            Part(
                officer,
                takes_part=officer.account_id in rounds,
                area=area.area if area else "",
                is_away=bool(found and found.is_away),
            )
        )
    return parts, next((rule.way for rule in rounds.values()), BY_HAND)


@require_POST
@for_officers("office:sharing")
def set_rules(request: ActorRequest, unit_id: int) -> HttpResponseBase:
    """Say how new work of the unit is assigned from now on."""
    at = now()
    request.actor.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    rules = rules_in(request.POST, candidates(unit_id, StepKind.TASK, at))
    dossiers.set_assignment_rules(unit_id, rules, by=request.actor, at=at)
    messages.success(request, "Đã ghi cách giao việc; áp dụng cho việc đến từ bây giờ.")
    return redirect("office:sharing", unit_id)


def rules_in(typed: QueryDict, officers: Sequence[Candidate]) -> list[RuleIn]:
    """Return the rules that were typed: by area first, then by the way that was chosen."""
    way = typed.get("way", BY_HAND)
    away, part = typed.getlist("away"), typed.getlist("part")
    rules: list[RuleIn] = []
    for officer in officers:
        key = str(officer.account_id)
        plain = (officer.account_id, officer.name)
        if area := typed.get(f"area_{key}", "").strip()[:200]:
            rules.append(RuleIn(AssignmentWay.AREA, *plain, area, is_away=key in away))
        if way in (AssignmentWay.TURN, AssignmentWay.LOAD) and key in part:
            rules.append(RuleIn(AssignmentWay(way), *plain, is_away=key in away))
    if way and not part:
        raise BadInput("Hãy đánh dấu ít nhất một người tham gia.", field="part")
    return rules


@require_POST
@for_officers("office:sharing")
def share(request: ActorRequest, unit_id: int) -> HttpResponseBase:
    """Share the open work of one officer among others."""
    at = now()
    request.actor.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    known = {str(one.account_id): one for one in candidates(unit_id, StepKind.TASK, at)}
    giver = known.get(request.POST.get("from", ""))
    if giver is None:
        raise BadInput("Hãy chọn chia việc của ai.", field="from")
    wanted = [known[key] for key in request.POST.getlist("to") if key in known]
    count = dossiers.redistribute(
        giver.account_id,
        [dossiers.Assignee(one.account_id, one.name) for one in wanted],
        unit_id=unit_id,
        by=request.actor,
        at=at,
        note=request.POST.get("note", "").strip()[:500],
    )
    messages.success(request, f"Đã chia {count} việc của {giver.name}.")
    return redirect("office:sharing", unit_id)
