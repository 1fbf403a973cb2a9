"""Warn handlers and heads in time; tell officers and heads each morning what stands open.

Called in the worker.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import WarningKind
from motcua.casework.dossiers.models import Dossier, DossierStep, DueWarning
from motcua.casework.dossiers.queries.warnings import (
    UnitLoad,
    loads_of_officers,
    loads_of_units,
    newly_late,
    newly_soon,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.calendar import api as calendar
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local

from . import message_kinds as kinds
from .notifying import HEADS, accounts_of_unit, heads_for, living, moment, name_of, office_page

_KINDS = {WarningKind.SOON: kinds.SOON, WarningKind.LATE: kinds.LATE}
_NOBODY = "chưa có bước nào đang mở"


@work.story
def warn_of_promises(*, at: datetime) -> int:
    """Warn of each promise that has come near its end or passed it, once; return of how many.

    Handlers of the open steps and the heads of their units are told; of a dossier that waits
    for others nobody is.

    Costs: two statements, and some seven for each dossier warned of.
    """
    late, soon = newly_late(at), newly_soon(at)
    for dossier in late:
        _warn(dossier, WarningKind.LATE, at=at)
    for dossier in soon:
        _warn(dossier, WarningKind.SOON, at=at)
    return len(late) + len(soon)


def _warn(dossier: Dossier, kind: WarningKind, *, at: datetime) -> None:
    steps = list(DossierStep.objects.filter(dossier=dossier, closed_at=None).order_by("seq"))
    values = {
        "code": dossier.code,
        "procedure": procedures.definition_of(dossier.procedure_version_id).name,
        "due": moment(dossier.due_at),
        "step": ", ".join(_where(dossier, step) for step in steps) or _NOBODY,
    }
    notifications.notify(
        _told_of(dossier, steps, at=at),
        _KINDS[kind],
        values,
        by=SYSTEM,
        at=at,
        link=office_page(dossier.code),
    )
    if dossier.due_at is not None:
        work.add(DueWarning(dossier=dossier, kind=kind, due_at=dossier.due_at, at=at))


def _where(dossier: Dossier, step: DossierStep) -> str:
    return f"{name_of(dossier, step)} ({step.assignee_name or 'chưa giao'})"


def _told_of(dossier: Dossier, steps: Sequence[DossierStep], *, at: datetime) -> list[int]:
    """Return who works on the open steps and the heads of their units."""
    told = {step.assignee_id for step in steps if step.assignee_id}
    for step in steps:
        told.update(accounts_of_unit(step.unit_id, (*HEADS, *heads_for(step)), at=at))
    if not steps:
        told.update(accounts_of_unit(dossier.competent_unit_id, HEADS, at=at))
    return living(told)


@work.story
def send_digests(*, at: datetime) -> int:
    """Tell officers of their day, and heads of unassigned and late work; return to how many.

    On working days only; whoever has nothing of it hears nothing.

    Costs: two statements, and those of a notice for each officer and unit.
    """
    if not calendar.is_working_day(local(at).date(), calendar.national_facts()):
        return 0
    own = sum(_tell_officer(*load, at=at) for load in loads_of_officers(at))
    return own + sum(_tell_heads(load, at=at) for load in loads_of_units(at))


def _tell_officer(account_id: int, soon: int, late: int, *, at: datetime) -> int:
    values = {"soon": soon, "late": late}
    to = living([account_id])
    return notifications.notify(to, kinds.DIGEST, values, by=SYSTEM, at=at, link="/xu-ly/")


def _tell_heads(load: UnitLoad, *, at: datetime) -> int:
    heads = accounts_of_unit(load.unit_id, HEADS, at=at)
    name = organisation.tree().unit(load.unit_id).name
    values = {"unit": name, "free": load.free, "late": load.late}
    link = "/xu-ly/don-vi/"
    return notifications.notify(heads, kinds.UNIT_DIGEST, values, by=SYSTEM, at=at, link=link)
