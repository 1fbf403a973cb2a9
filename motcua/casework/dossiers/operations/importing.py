"""Dossiers of another system come in as they stood there: past closed, open at their step.

One move, marked as brought, stands for all that happened before; nothing of it is in the ledger.

Source: docs/law/migration.md
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models

from motcua.casework.dossiers.choices import Act, OutcomeKind, ScopeRole, Status
from motcua.casework.dossiers.events import DossierMoved
from motcua.casework.dossiers.models import (
    AnswerField,
    Dossier,
    DossierAnswers,
    DossierMove,
    DossierOutcome,
    DossierPaper,
    DossierParty,
    DossierScope,
    DossierStep,
    DossierWait,
    DueWarning,
    SupplementItem,
    SupplementRequest,
)
from motcua.casework.dossiers.models import DueChange as Due
from motcua.casework.dossiers.queries.clock import limit_in
from motcua.casework.dossiers.rules.importing import (
    OLD_CODE,
    Kept,
    change_in_days,
    check_kept,
    days_of,
    history_in_words,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power, Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Conflict

from .filing import SERIES, add_papers
from .indexing import KIND, agency_roots, entry_of
from .placing_brought import AT_STEPS, add_clock, add_steps, step_of
from .telling import Interests, let_see, let_see_each, part_seq, tell

_PARTS: tuple[type[models.Model], ...] = (
    AnswerField,
    DossierAnswers,
    DossierOutcome,
    DossierPaper,
    DossierParty,
    DossierScope,
    DossierStep,
    DossierWait,
    Due,
    DueWarning,
    SupplementItem,
    SupplementRequest,
)
_KEPT_HERE = frozenset({"id", "code", "version", "latest_hash"})


class ActedOn(Conflict):
    """Somebody has acted here on a dossier that another system brings anew, or takes back."""


@work.story
def reach_numbers(codes: Sequence[str], *, by: Actor) -> None:
    """Let the series of our desks go on after these codes, so that none is given again.

    Call before what brings them, in its story. Locks: the series, in their order.
    """
    by.require(Power.MIGRATE_DATA)
    tree, highest = organisation.tree(), dict[str, int]()
    for code in codes:
        parts = numbering.parse_dossier_code(code)
        is_ours = parts and (
            tree.agency_by_code(parts.unit_code) or tree.unit_by_code(parts.unit_code)
        )
        if parts and is_ours and len(parts.day) == len("260102"):
            series = f"{SERIES}:{parts.unit_code}:{parts.day}"
            highest[series] = max(highest.get(series, 0), parts.number)
    for series in sorted(highest):
        numbering.reach(series, highest[series])


@work.story
def bring(many: Sequence[Kept], *, by: Actor, at: datetime) -> list[Dossier]:
    """Take in dossiers that another system kept, as they stood there; nobody is told.

    Raises: BadInput, NotAllowed.
    """
    for kept in many:
        _check(kept, by=by, at=at)
    made = [Dossier(id=work.new_id(Dossier), code=one.code, **_told(one)) for one in many]
    search.remember_all([_entry(dossier) for dossier in made])
    let_see_each([(dossier, _interests(dossier)) for dossier in made])
    for dossier, kept in zip(made, many, strict=True):
        days = change_in_days({}, days_of(dossier))
        _finish(dossier, kept, "", days, by=by, at=at)
    return made


@work.story
def bring_again(kept: Kept, *, version: int, by: Actor, at: datetime) -> Dossier:
    """Let a dossier stand as a later delivery says, if only the old system has changed it so far.

    `version` is what it was left at when it came. Raises: BadInput, NotAllowed, ActedOn.
    """
    _check(kept, by=by, at=at)
    dossier = _untouched(kept.code, version)
    was, before = Status(dossier.status), days_of(dossier)
    _remove_parts(dossier)
    _fill(dossier, kept)
    search.remember(_entry(dossier))
    let_see(dossier, _interests(dossier))
    _finish(dossier, kept, was, change_in_days(before, days_of(dossier)), by=by, at=at)
    return dossier


@work.story
def take_back(code: str, *, version: int, by: Actor, at: datetime) -> None:
    """Remove a dossier that was brought by mistake, if nobody has acted on it here.

    Raises: NotAllowed, ActedOn.
    """
    by.require(Power.MIGRATE_DATA)
    dossier = _untouched(code, version)
    days = change_in_days(days_of(dossier), {})
    outbox.announce(_taken_back(dossier, days, at), by=by, at=at)
    audit.record("dossiers.take_back", f"dossier:{code}", by=by, at=at)
    search.forget(KIND, dossier.pk)
    _remove_parts(dossier)
    work.put(_delete(DossierMove), [dossier.pk])
    work.put(f'DELETE FROM "{Dossier._meta.db_table}" WHERE id = %s', [dossier.pk])  # noqa: S608 -- our own table


def _check(kept: Kept, *, by: Actor, at: datetime) -> None:
    by.require(Power.MIGRATE_DATA)
    check_brought(kept, at=at)


def check_brought(kept: Kept, *, at: datetime) -> None:
    """Say beforehand whether a dossier can come in as it is told.

    Raises: BadInput naming the moment, step or procedure.
    """
    definition = procedures.definition_of(kept.version_id)
    limit = limit_in(definition, kept.case_code, kept.channel)
    check_kept(kept, has_limit=limit is not None, at=at)
    if kept.status in AT_STEPS and kept.moments.received_at is not None:
        step_of(definition, kept.status, kept.step_code)


def _untouched(code: str, version: int) -> Dossier:
    try:
        dossier = work.lock(Dossier, code=code)
    except Dossier.DoesNotExist as error:
        raise ActedOn(f"Hồ sơ {code} không còn ở đây.") from error
    if dossier.version != version:
        raise ActedOn(f"Hồ sơ {code} đã được xử lý ở hệ thống này; giữ nguyên, không ghi đè.")
    return dossier


def _delete(model: type[models.Model]) -> str:
    return f'DELETE FROM "{model._meta.db_table}" WHERE dossier_id = %s'  # noqa: S608 -- our own table


def _remove_parts(dossier: Dossier) -> None:
    """Remove everything but the moves, now: what comes in their place is inserted at the end."""
    for model in _PARTS:
        work.fetch(_delete(model), [dossier.pk])


def _fill(dossier: Dossier, kept: Kept) -> None:
    """Set every field but the keys and the chain."""
    fresh = Dossier(**_told(kept))
    for name in _all_but_keys():
        setattr(dossier, name, getattr(fresh, name))


def _told(kept: Kept) -> dict[str, Any]:
    """Return what is told of a dossier as its fields."""
    definition = procedures.definition_of(kept.version_id)
    moments, applicant, submitter = kept.moments, kept.applicant, kept.submitter
    duty = definition.process.steps[0].duty if definition.process else "leadership"
    competent = kept.competent_unit_id or procedures.duty_unit(kept.agency_id, duty)
    ended = moments.ended_at or (moments.returned_at if kept.status == Status.RETURNED else None)
    first_due = moments.due_first_at or moments.due_at
    return {
        "origin": f"{OLD_CODE}{kept.old_code}" if kept.old_code else "",
        "procedure_id": kept.procedure_id,
        "procedure_version_id": kept.version_id,
        "case_code": kept.case_code,
        "channel": kept.channel,
        "status": kept.status,
        "support_unit_id": kept.receiving_unit_id,
        "receiving_unit_id": kept.receiving_unit_id,
        "competent_unit_id": competent,
        "agency_id": kept.agency_id,
        "return_unit_id": kept.receiving_unit_id,
        "applicant_name": applicant.full_name,
        "applicant_kind": kept.applicant_kind,
        "applicant_person_id": applicant.person_id,
        "applicant_hint": applicant.number_hint,
        "submitter_name": submitter.name,
        "submitter_phone": submitter.phone,
        "submitter_email": submitter.email,
        "submitter_address": submitter.address,
        "authority": submitter.authority,
        "summary": kept.summary,
        "return_way": "counter",
        "sort_at": moments.submitted_at,
        "secrecy": Secrecy.NEED_TO_KNOW if definition.is_sensitive else Secrecy.OPEN,
        "submitted_at": moments.submitted_at,
        "received_at": moments.received_at,
        "received_by_name": kept.received_by,
        "clock_from": moments.received_at,
        "due_at": moments.due_at,
        "due_originally_at": first_due if moments.due_at else None,
        "resolved_at": moments.resolved_at,
        "returned_at": moments.returned_at,
        "closed_at": ended,
    }


def _entry(dossier: Dossier) -> search.Entry:
    units = [dossier.receiving_unit_id, dossier.competent_unit_id]
    return entry_of(dossier, [dossier.applicant_name], agency_roots(units))


def _interests(dossier: Dossier) -> Interests:
    """Return who sees a dossier that came: its desk, and who decides once it is received."""
    desk = (dossier.receiving_unit_id, ScopeRole.DESK)
    competent = (dossier.competent_unit_id, ScopeRole.COMPETENT)
    return [desk, competent] if dossier.received_at else [desk]


def _finish(
    dossier: Dossier, kept: Kept, was: Status | str, days: str, *, by: Actor, at: datetime
) -> None:
    """Hand over all parts and end with the one move that says where it comes from."""
    work.add(_party(dossier, kept), DossierAnswers(dossier_id=dossier.pk, answers={}))
    add_papers(dossier, kept.papers, by=by, at=at)
    _add_outcome(dossier, kept)
    add_clock(dossier, kept, by=by)
    add_steps(dossier, kept, at=at)
    detail = {"source": kept.source, "ref": kept.ref, "days": days, "more": dict(kept.more)}
    tell(
        dossier,
        Act.IMPORT,
        by=by,
        at=at,
        was=was,
        changed=_all_but_keys(),
        note=history_in_words(kept),
        detail=detail,
        is_new=not was,
    )


@lru_cache(maxsize=1)
def _all_but_keys() -> Sequence[str]:
    fields = Dossier._meta.local_concrete_fields
    return tuple(field.attname for field in fields if field.attname not in _KEPT_HERE)


def _party(dossier: Dossier, kept: Kept) -> DossierParty:
    party = kept.applicant
    return DossierParty(
        dossier_id=dossier.pk,
        seq=part_seq(dossier),
        role=party.role,
        full_name=party.full_name,
        person_id=party.person_id,
        enterprise_id=party.enterprise_id,
        number_hint=party.number_hint,
        birth_date=party.birth_date,
        note=party.note,
    )


def _add_outcome(dossier: Dossier, kept: Kept) -> None:
    """Hand over the result: of what was given out there, or waits to be handed out here."""
    if dossier.resolved_at is None:
        return
    definition = procedures.definition_of(kept.version_id)
    spec = definition.outcomes[0] if definition.outcomes else None
    told, file = kept.outcome, kept.outcome.file if kept.outcome else None
    work.add(
        DossierOutcome(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            spec_code=spec.code if spec else "ket-qua",
            name=((told.name if told else "") or (spec.name if spec else "Kết quả"))[:300],
            result_code=spec.result_code if spec else "",
            kind=OutcomeKind.GRANTED,
            number=told.number[:60] if told else "",
            file_id=file.file_id if file else None,
            file_name=file.file_name if file else "",
            drafted_by_name=kept.source[:200],
            drafted_at=dossier.resolved_at,
            signed_by_name=told.signed_by[:200] if told else "",
            decided_at=dossier.resolved_at,
            handed_at=dossier.returned_at,
            handed_to=dossier.applicant_name if dossier.returned_at else "",
        )
    )


def _taken_back(dossier: Dossier, days: str, at: datetime) -> DossierMoved:
    return DossierMoved(
        aggregate_id=dossier.pk,
        seq=dossier.version + 1,
        act=str(Act.TAKE_BACK),
        code=dossier.code,
        was=str(dossier.status),
        status="",
        agency_id=dossier.agency_id,
        unit_id=dossier.competent_unit_id,
        receiving_unit_id=dossier.receiving_unit_id,
        procedure_id=dossier.procedure_id,
        channel=str(dossier.channel),
        on=local_day(at),
        detail=days,
        is_kept_closely=dossier.secrecy != Secrecy.OPEN,
    )
