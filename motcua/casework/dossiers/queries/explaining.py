"""Why a dossier is due when it is, and how far it has come."""

from dataclasses import dataclass

from motcua.casework.dossiers.choices import DueChangeKind, Status, SubState
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierStep, DueChange
from motcua.casework.procedures import api as procedures
from motcua.foundation.audit import api as audit
from motcua.foundation.audit.api import AccessEntry
from motcua.foundation.calendar import api as calendar
from motcua.lib.actor import Actor
from motcua.lib.clock import local

from .clock import ON_ARRIVAL, clock_rows, is_on_its_way, recompute
from .one import find_dossier, get_dossier_for

_BEGUN, _RECEIVED, _DONE, _WHOLE = 10, 20, 90, 100
_PER_CENT = {
    Status.SUBMITTED: _BEGUN,
    Status.RESOLVED: _DONE,
    Status.RETURNED: _WHOLE,
    Status.REFUSED: _WHOLE,
    Status.WITHDRAWN: _WHOLE,
    Status.STOPPED: _WHOLE,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What anybody may know who has the code: nothing else about it."""

    code: str
    per_cent: int
    word: str


def progress_of(code: str) -> Progress | None:
    """Return how far the dossier is, in per cent and in a word; None if there is none.

    Source: docs/law/one-stop.md
    """
    dossier = find_dossier(code.strip().upper()) or find_dossier(code.strip())
    if dossier is None:
        return None
    known = _PER_CENT.get(Status(dossier.status))
    per_cent = _per_cent_at_work(dossier) if known is None else known
    return Progress(dossier.code, per_cent, Status(dossier.status).label)


def _per_cent_at_work(dossier: Dossier) -> int:
    if dossier.received_at is None:
        return _BEGUN
    process = procedures.definition_of(dossier.procedure_version_id).process
    steps = DossierStep.objects.filter(dossier=dossier, closed_at__isnull=False)
    done = len(set(steps.values_list("code", flat=True)))
    every = len(process.steps) if process else 1
    return _RECEIVED + (_DONE - _RECEIVED) * min(done, every) // (every + 1)


def explain(code: str) -> str:
    """Return in a sentence why the dossier is due when it is, or why it has no due moment.

    For channels that have checked who asks, and for operators. Raises: NoSuchDossier.
    """
    dossier = find_dossier(code)
    if dossier is None:
        message = f"Không tìm thấy hồ sơ {code}."
        raise NoSuchDossier(message)
    return due_reason(dossier)


def due_reason(dossier: Dossier) -> str:
    """Return the sentence for a dossier at hand.

    Costs: two statements.
    """
    if dossier.received_at is None:
        return "Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn."
    if is_on_its_way(dossier):
        return ON_ARRIVAL
    definition = procedures.definition_of(dossier.procedure_version_id)
    rows = clock_rows(dossier)
    kept = next((one for one in rows.changes if one.kind == DueChangeKind.IMPORTED), None)
    if kept is not None:
        return _due_there(kept, rows.changes[-1])
    result = recompute(dossier, definition, rows.history())
    if result is None:
        return "Pháp luật không quy định thời hạn giải quyết thủ tục này."
    return calendar.explain(result)


def _due_there(kept: DueChange, latest: DueChange) -> str:
    """Return what another system had promised, and what became of it here."""
    told = f"Hệ thống cũ đã hẹn {local(kept.due_now):%H:%M ngày %d/%m/%Y}"
    if latest is kept:
        return f"{told}; lời hẹn ấy được giữ nguyên."
    why = ": ".join(filter(None, (DueChangeKind(latest.kind).label, latest.ground)))
    return f"{told}; nay hẹn {local(latest.due_now):%H:%M ngày %d/%m/%Y} ({why})."


def detail_label(dossier: Dossier) -> str:
    """Return the local detail of the status, empty if there is none."""
    return SubState(dossier.sub_state).label


def accesses_of(actor: Actor, code: str) -> list[AccessEntry]:
    """Return who opened the dossier, newest first, for those who may see it.

    Raises: NoSuchDossier.
    """
    dossier = get_dossier_for(actor, code)
    return list(audit.accesses_of(f"dossier:{dossier.code}"))
