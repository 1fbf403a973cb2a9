"""Decisions for a list of people: what can be collected, what was, and the decision as printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    CollectedDecision,
    CollectedDossier,
    Dossier,
    DossierAnswers,
    DossierScope,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib import work
from motcua.lib.actor import Actor

from . import letterheads
from .lists import work_units

_WAITING = """
SELECT d.id, d.code, d.applicant_name, d.procedure_version_id, d.agency_id, d.due_at, o.spec_code
FROM unnest(%s::bigint[]) AS u(id)
CROSS JOIN LATERAL (
  SELECT * FROM dossiers_dossierstep s
  WHERE s.unit_id = u.id AND s.closed_at IS NULL AND s.kind = 'decision'
  ORDER BY s.due_at LIMIT %s
) s
JOIN dossiers_dossier d ON d.id = s.dossier_id AND d.secrecy = 0 AND d.sub_state = ''
JOIN dossiers_dossieroutcome o ON o.dossier_id = d.id AND o.decided_at IS NULL
  AND o.kind = 'granted'
WHERE (d.competent_unit_id = ANY(%s) OR s.unit_id = ANY(%s))
  AND NOT EXISTS (SELECT 1 FROM dossiers_collecteddossier c WHERE c.dossier_id = d.id)
ORDER BY s.due_at, d.id LIMIT %s
"""


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


def collectable_for(actor: Actor, *, limit: int = 200) -> list[Collectable]:
    """Return what may be put into one decision, by whoever signs or handles it.

    Costs: one statement.
    """
    mine = work_units(actor)
    if not mine:
        return []
    tree = organisation.tree()
    agencies = {tree.unit(unit).agency_id for unit in mine}
    heads = {tree.agency(agency).root_unit_id for agency in agencies}
    units = sorted({*mine, *heads})
    rows = work.fetch(_WAITING, [units, limit, mine, mine, limit])
    return [row for row in (Collectable(*one) for one in rows) if _is_listed(row)]


def _is_listed(row: Collectable) -> bool:
    definition = procedures.definition_of(row.procedure_version_id)
    return any(spec.is_collected for spec in definition.outcomes if spec.code == row.spec_code)


def collected_for(actor: Actor, *, limit: int = 50) -> Sequence[CollectedDecision]:
    """Return the lists of the actor's agencies, the newest first. Costs: one statement."""
    agencies = _agencies(actor)
    if not agencies:
        return []
    rows = CollectedDecision.objects.filter(agency_id__in=agencies)
    return list(rows.order_by("-id")[:limit])


def _agencies(actor: Actor) -> set[int]:
    tree = organisation.tree()
    return {tree.unit(unit).agency_id for unit in work_units(actor)}


class Listed(NamedTuple):
    """One line of a list."""

    place: int
    dossier: Dossier


class Collected(NamedTuple):
    """A decision with its list."""

    decision: CollectedDecision
    lines: Sequence[Listed]


def get_collected_for(actor: Actor, decision_id: int) -> Collected:
    """Return one list whole, to who may know of a dossier in it.

    Raises: NoSuchDossier for one of others, or none. Costs: three statements.
    """
    found = CollectedDecision.objects.filter(pk=decision_id, agency_id__in=_agencies(actor)).first()
    listed = _whole(found) if found is not None else None
    ids = [line.dossier.pk for line in listed.lines] if listed is not None else []
    if listed is None or (ids and not access.visible_among(DossierScope, actor, ids)):
        raise NoSuchDossier("Không tìm thấy quyết định này.")
    return listed


def _whole(decision: CollectedDecision) -> Collected:
    rows = CollectedDossier.objects.filter(decision_id=decision.pk).select_related("dossier")
    in_order = enumerate(rows.order_by("place"), start=1)  # who was left out leaves no gap
    return Collected(decision, [Listed(place, row.dossier) for place, row in in_order])


def collected_of(dossier: Dossier) -> Collected | None:
    """Return the decision a dossier stands in. Costs: one query, two where there is one."""
    line = CollectedDossier.objects.filter(dossier_id=dossier.pk).select_related("decision").first()
    return _whole(line.decision) if line else None


def collected_pdf(actor: Actor, decision_id: int) -> bytes:
    """Return the decision with its list as PDF, a draft while it is not signed.

    Raises: NoSuchDossier.
    """
    decision, lines = get_collected_for(actor, decision_id)
    first = lines[0].dossier if lines else None
    definition = procedures.definition_of(
        first.procedure_version_id if first else _version(decision)
    )
    spec = next(s for s in definition.outcomes if s.code == decision.spec_code)
    at = decision.decided_at or decision.made_at
    number, _, notation = decision.number.partition("/")
    issuer = organisation.name_of_agency(decision.agency_id)
    document = papers.AdministrativeDocument(
        letterhead=letterheads.of_agency(
            decision.agency_id, at, number=int(number) if number else None, notation=notation
        ),
        kind=papers.DocumentKind.DECISION,
        subject=decision.title,
        authority=definition.decided_by or issuer,
        bases=tuple(f"Căn cứ {law.title} ({law.number})" for law in definition.legal_basis),
        body=papers.body_from(_articles(spec.name, len(lines))),
        signers=(
            papers.Signer(
                title=decision.signed_by_title or definition.decided_by or "Thủ trưởng đơn vị",
                name=decision.signed_by_name or "(dự thảo)",
                capacity=decision.signed_by_capacity,
            ),
        ),
        recipients=("Như Điều 2", "Lưu hồ sơ"),
        annexes=(papers.Annex(title="Danh sách kèm theo", body=papers.body_from(_rows(lines))),),
        is_dated=decision.decided_at is not None,
        is_draft=decision.decided_at is None,
    )
    return papers.render_document(document)


def _version(decision: CollectedDecision) -> int:
    found = procedures.ProcedureVersion.objects.filter(procedure_id=decision.procedure_id)
    return int(found.order_by("-pk").values_list("pk", flat=True)[0])


def _articles(what: str, number: int) -> str:
    return (
        f"Điều 1. {what} cho {number} trường hợp có tên trong danh sách kèm theo.\n"
        "Điều 2. Các đơn vị, cá nhân có liên quan và người có tên trong danh sách chịu trách nhiệm"
        " thi hành Quyết định này.\n"
        "Điều 3. Quyết định có hiệu lực kể từ ngày ký."
    )


def _rows(lines: Sequence[Listed]) -> str:
    answers = dict(
        DossierAnswers.objects.filter(
            dossier_id__in=[line.dossier.pk for line in lines]
        ).values_list("dossier_id", "answers")
    )
    rows = [
        f"| {line.place} | {_cell(line.dossier.applicant_name)} |"
        f" {_cell(answers.get(line.dossier.pk, {}).get('dia_chi', ''))} | {line.dossier.code} |"
        for line in lines
    ]
    return "\n".join(["| TT | Họ tên | Nơi ở | Hồ sơ |", "|---|---|---|---|", *rows])


def _cell(value: object) -> str:
    return str(value).replace("|", " ").replace("\n", " ").replace("*", " ")
