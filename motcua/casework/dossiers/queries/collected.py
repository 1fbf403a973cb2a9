"""Decisions for a list of people: what can be collected, and what was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    CollectedDecision,
    CollectedDossier,
    Dossier,
    DossierScope,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.paging import Cursor, Page

from .lists import work_units
from .signing import policy_of

_WAITING = """
SELECT x.* FROM unnest(%(units)s::bigint[]) AS u(id)
CROSS JOIN LATERAL (
  SELECT d.id, d.code, d.applicant_name, d.procedure_version_id, d.agency_id, d.due_at,
    o.spec_code, s.due_at AS step_due_at
  FROM dossiers_dossierstep s
  JOIN dossiers_dossier d ON d.id = s.dossier_id AND d.secrecy = 0 AND d.sub_state = ''
    AND d.procedure_version_id = ANY(%(versions)s::bigint[])
  JOIN dossiers_dossieroutcome o ON o.dossier_id = d.id AND o.decided_at IS NULL
    AND o.kind = 'granted'
  WHERE s.unit_id = u.id AND s.closed_at IS NULL AND s.kind = 'decision'
    AND (s.due_at, s.dossier_id) > (%(due)s::timestamptz, %(id)s::bigint)
    AND (d.procedure_version_id, o.spec_code)
      IN (SELECT * FROM unnest(%(versions)s::bigint[], %(specs)s::text[]))
    AND (d.competent_unit_id = ANY(%(mine)s::bigint[]) OR s.unit_id = ANY(%(mine)s::bigint[]))
    AND NOT EXISTS (SELECT 1 FROM dossiers_collecteddossier c WHERE c.dossier_id = d.id)
  ORDER BY s.due_at, s.dossier_id LIMIT %(most)s
) x ORDER BY x.step_due_at, x.id LIMIT %(most)s
"""
_FIRST = Cursor(datetime(1, 1, 2, tzinfo=UTC), 0)


@dataclass(frozen=True, slots=True)
class Collectable:
    """One dossier that waits for a signature and may stand in a list."""

    dossier_id: int
    code: str
    applicant_name: str
    procedure_version_id: int
    agency_id: int
    due_at: datetime | None
    spec_code: str
    step_due_at: datetime


def collectable_for(
    actor: Actor, *, after: Cursor | None = None, limit: int = 200
) -> Page[Collectable]:
    """Return a page of what may be put into one decision, by whoever signs or handles it.

    The most urgent come first; pages only go on. Costs: two statements.
    """
    mine, listed = work_units(actor), procedures.collected_outcomes()
    if not mine or not listed:
        return Page(())
    tree = organisation.tree()
    agencies = {tree.unit(unit).agency_id for unit in mine}
    heads = {tree.agency(agency).root_unit_id for agency in agencies}
    units = sorted({*mine, *heads})
    versions, specs = zip(*((pk, one) for pk, ones in listed.items() for one in ones), strict=True)
    place = after or _FIRST
    asked = {
        "units": units,
        "mine": mine,
        "versions": list(versions),
        "specs": list(specs),
        "due": place.sort_at,
        "id": place.id,
        "most": limit + 1,
    }
    rows = [Collectable(*one) for one in work.fetch(_WAITING, asked)]
    shown = rows[:limit]
    is_more = len(rows) > limit
    return Page(shown, Cursor(shown[-1].step_due_at, shown[-1].dossier_id) if is_more else None)


def collected_for(actor: Actor, *, before: int = 0, limit: int = 50) -> Sequence[CollectedDecision]:
    """Return the lists of the actor's agencies, the newest first; `before` goes on from a key.

    Costs: one statement.
    """
    agencies = _agencies(actor)
    if not agencies:
        return []
    rows = CollectedDecision.objects.filter(agency_id__in=agencies)
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.order_by("-id")[:limit])


def _agencies(actor: Actor) -> set[int]:
    tree = organisation.tree()
    return {tree.unit(unit).agency_id for unit in work_units(actor)}


class Listed(NamedTuple):
    """One line of a list; `as_signed` is what it said when the list was signed."""

    place: int
    dossier: Dossier
    as_signed: Mapping[str, str]


class Collected(NamedTuple):
    """A decision with its list."""

    decision: CollectedDecision
    lines: Sequence[Listed]


def get_collected_for(actor: Actor, decision_id: int) -> Collected:
    """Return one list whole, to who may know of a dossier in it.

    Raises: NoSuchDossier for one of others, or none. Costs: three statements.
    """
    found = CollectedDecision.objects.filter(pk=decision_id, agency_id__in=_agencies(actor)).first()
    listed = whole_list(found) if found is not None else None
    ids = [line.dossier.pk for line in listed.lines] if listed is not None else []
    if listed is None or (ids and not access.visible_among(DossierScope, actor, ids)):
        raise NoSuchDossier("Không tìm thấy quyết định này.")
    return listed


def whole_list(decision: CollectedDecision) -> Collected:
    """Return a decision with its lines, asking nobody's right to it. Costs: one query."""
    rows = CollectedDossier.objects.filter(decision_id=decision.pk).select_related("dossier")
    in_order = enumerate(rows.order_by("place"), start=1)  # who was left out leaves no gap
    lines = [Listed(place, row.dossier, row.as_signed) for place, row in in_order]
    return Collected(decision, lines)


def collected_of(dossier: Dossier) -> Collected | None:
    """Return the decision a dossier stands in. Costs: one query, two where there is one."""
    line = CollectedDossier.objects.filter(dossier_id=dossier.pk).select_related("decision").first()
    return whole_list(line.decision) if line else None


def codes_in(decision_id: int) -> list[str]:
    """Return the codes of the dossiers in a list, in their own order. Costs: one query."""
    rows = CollectedDossier.objects.filter(decision_id=decision_id)
    return list(rows.order_by("dossier__code").values_list("dossier__code", flat=True))


def owner_of_list(decision_id: int) -> str:
    """Return how signing names a decision for a list."""
    return f"list:{decision_id}"


def list_in(owner: str) -> int:
    """Return the decision that a request belongs to; 0 if it is no list's."""
    room, _, rest = owner.partition(":")
    return int(rest) if room == "list" and rest.isdecimal() else 0


def is_list_being_signed(decision_id: int) -> bool:
    """Say whether the signatures under a list are asked for. Costs: one query."""
    asked = signing.requests_of(owner_of_list(decision_id))
    return any(one.state == signing.RequestState.OPEN for one in asked)


def list_takes_signatures(decision_id: int, by: Actor, at: datetime) -> bool:
    """Say whether the actor signs a list digitally: its policy asks, and a certificate is there.

    Costs: nothing where no policy is in force, else four queries.
    """
    if not signing.has_policy(signing.DocumentKind.OUTCOME, on=local_day(at)):
        return False
    decision = CollectedDecision.objects.filter(pk=decision_id).first()
    line = CollectedDossier.objects.filter(decision_id=decision_id).select_related("dossier")
    first = line.first()
    if decision is None or first is None:
        return False
    definition = procedures.definition_of(first.dossier.procedure_version_id)
    policy = policy_of(first.dossier, definition, at)
    if policy is None or definition.is_on_paper_only(decision.spec_code):
        return False
    return policy.is_required or bool(signing.certificates_for(by, at))
