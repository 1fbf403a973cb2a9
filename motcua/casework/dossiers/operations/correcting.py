"""Correct a mistaken reception until the papers are handed over; afterwards receive anew.

Source: docs/law/one-stop.md
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import (
    AT_DESK,
    Act,
    ApplicantKind,
    Authority,
    DueChangeKind,
    IssuedForm,
    PartyRole,
    ReturnWay,
    ScopeRole,
    Status,
    SubState,
)
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, DossierStep, HandOverItem
from motcua.casework.dossiers.queries.clock import clock_rows
from motcua.casework.dossiers.queries.explaining import due_reason
from motcua.casework.dossiers.rules.application import Application, check_return_way
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.casework.processes.api import StepResult
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .clock import CLOCK, move_promise
from .ending import stop_with_notice
from .filing import with_receiving_desk
from .indexing import remember_again
from .issuing import issue
from .reception import receive_application
from .stepping import close, facts_of, go_on
from .steps import steps_of
from .telling import let_see, lock_dossier, tell

_WORDS = frozenset(
    {
        "applicant_name",
        "applicant_hint",
        "submitter_name",
        "submitter_phone",
        "submitter_email",
        "submitter_address",
        "helper_name",
        "summary",
        "return_address",
    }
)
_CHOICES = {"applicant_kind": ApplicantKind, "authority": Authority, "return_way": ReturnWay}
_NAMES = frozenset({"applicant_name", "submitter_name"})
_FOUND_BY = _NAMES | {"agency_id"}
_PRINTED = _WORDS | {"number_of_sets", "case_code", "return_way"}
_BASIS = "Điều 17 Nghị định 61/2018/NĐ-CP"
CHANGEABLE = frozenset({*_WORDS, *_CHOICES, "number_of_sets", "case_code", "agency_id"})


@work.story
def correct_reception(
    code: str, changes: Mapping[str, Any], reason: str, *, by: Actor, at: datetime
) -> Dossier:
    """Correct what was received wrongly, by the head of the desk, until it is handed over.

    `changes` names fields of `CHANGEABLE`; a new slip is issued, the old one stays as printed.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.CORRECT_RECEPTION, unit_id=dossier.receiving_unit_id)
    steps = steps_of(dossier)
    _check_still_at_desk(dossier, steps)
    if not reason.strip():
        message = "Hãy ghi lý do sửa."
        raise BadInput(message, field="reason")
    definition = procedures.definition_of(dossier.procedure_version_id)
    old = _change(dossier, definition, changes)
    if not old:
        message = "Không có gì khác với thông tin đang có."
        raise BadInput(message, field="changes")
    _follow(dossier, definition, steps, old, by=by, at=at)
    printed = {name: value for name, value in old.items() if name in _PRINTED}
    slip = issue(dossier, IssuedForm.SLIP, by=by, at=at, data={"why": due_reason(dossier)})
    work.put(_AS_PRINTED, [json.dumps(printed), dossier.pk, IssuedForm.SLIP, slip.seq])
    tell(
        dossier,
        Act.CORRECT,
        by=by,
        at=at,
        was=Status(dossier.status),
        note=reason,
        changed=(*old, "competent_unit_id", "submitter_account_id", *CLOCK),
        detail={"was": old},
    )
    return dossier


def _check_still_at_desk(dossier: Dossier, steps: Sequence[DossierStep]) -> None:
    """Raises: DossierError once others work on it."""
    came_back = any(step.code == AT_DESK and step.closed_at is None for step in steps)
    at_desk = dossier.status == Status.RECEIVED and not _is_handed_over(dossier)
    if not at_desk and not came_back:
        message = (
            f"Hồ sơ {dossier.code} đã chuyển xử lý, không sửa được nữa; hãy dừng và tiếp nhận lại."
        )
        raise DossierError(message)


def _is_handed_over(dossier: Dossier) -> bool:
    return HandOverItem.objects.filter(dossier=dossier).exists()


def _change(dossier: Dossier, definition: Definition, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Set the new values and return the old ones of what differs. Raises: BadInput."""
    old: dict[str, Any] = {}
    for name, value in changes.items():
        _check_value(dossier, definition, name, value)
        was = getattr(dossier, name)
        if was != value:
            old[name] = was
            setattr(dossier, name, value)
    return old


def _check_value(dossier: Dossier, definition: Definition, name: str, value: Any) -> None:
    """Raises: BadInput naming the field."""
    if name in _WORDS:
        longest = getattr(Dossier._meta.get_field(name), "max_length", None) or 0
        is_right = isinstance(value, str) and len(value) <= longest
        is_right = is_right and (name not in _NAMES or bool(value.strip()))
    elif name in _CHOICES:
        is_right = value in _CHOICES[name].values
    elif name == "number_of_sets":
        is_right = isinstance(value, int) and 0 < value < 100  # noqa: PLR2004 -- nobody brings more
    elif name == "case_code":
        is_right = value in {case.code for case in definition.cases}
    else:
        is_right = name == "agency_id" and procedures.is_competent(
            dossier.procedure_id, definition, value
        )
    if not is_right:
        message = "Thông tin này không sửa được, hoặc giá trị mới không hợp lệ."
        raise BadInput(message, field=name)


def _follow(
    dossier: Dossier,
    definition: Definition,
    steps: Sequence[DossierStep],
    old: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Let what depends on the changed values change with them. Raises: BadInput."""
    if "return_way" in old or "case_code" in old:
        on_paper_only = definition.names_on_paper_only(facts_of(dossier))
        check_return_way(ReturnWay(dossier.return_way), on_paper_only)
    if "case_code" in old and dossier.due_at is not None:
        kind = DueChangeKind.CORRECTED
        rows = clock_rows(dossier)
        move_promise(dossier, definition, rows, kind, by=by, at=at, ground="sửa trường hợp")
    if "agency_id" in old:
        _route_anew(dossier, definition, steps, by=by, at=at)
    if _FOUND_BY.intersection(old):
        remember_again(dossier)
    if "applicant_name" in old:
        work.put(_RENAME, [dossier.applicant_name, dossier.pk, PartyRole.APPLICANT])
        _find_owner_anew(dossier)


def _find_owner_anew(dossier: Dossier) -> None:
    """Let a dossier received at a desk belong to the account of whom it names now, if any."""
    person_id, former = dossier.applicant_person_id, dossier.submitter_account_id
    if person_id is None or dossier.channel == FilingChannel.PORTAL:
        return
    owner = identity.find_account_of_person(person_id, dossier.applicant_name)
    if owner == former:
        return
    dossier.submitter_account_id = owner
    if former is not None:
        work.put(_FORGET_OWNER, [dossier.pk, -former])
    if owner is not None:
        let_see(dossier, [(-owner, ScopeRole.OWNER)])


def _route_anew(
    dossier: Dossier,
    definition: Definition,
    steps: Sequence[DossierStep],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Close the steps of the wrong agency and open those of the right one."""
    dossier.competent_unit_id = procedures.first_unit(definition, dossier.agency_id)
    for step in steps:
        if step.closed_at is None:
            close(step, StepResult.OVERRULED, "Sửa cơ quan giải quyết", by=by, at=at)
    work.flush()
    go_on(dossier, definition, steps, at=at)


@work.story
def redo_reception(
    code: str, application: Application, reason: str, *, by: Actor, at: datetime
) -> str:
    """Stop a wrongly received dossier and receive it anew; both point at each other.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput; as `receive_in_person`.
    """
    old = lock_dossier(code)
    by.require(Power.CORRECT_RECEPTION, unit_id=old.receiving_unit_id)
    if not reason.strip():
        message = "Hãy ghi lý do tiếp nhận lại."
        raise BadInput(message, field="reason")
    taken = with_receiving_desk(application, old.receiving_unit_id)
    new = receive_application(taken, by=by, at=at)
    new.replaces_id, old.replaced_by_id = old.pk, new.pk
    old.sub_state = SubState.REDONE
    ground = f"Tiếp nhận lại bằng hồ sơ {new.code}: {reason}"
    stop_with_notice(old, ground, _BASIS, by=by, at=at)
    return new.code


_AS_PRINTED = (
    "UPDATE dossiers_issuedpaper SET data = data || jsonb_build_object('as_printed',"
    " %s::jsonb || coalesce(data->'as_printed', '{}'::jsonb)) WHERE dossier_id = %s AND form = %s"
    " AND seq < %s"
)
_FORGET_OWNER = "DELETE FROM dossiers_dossierscope WHERE dossier_id = %s AND unit_id = %s"
_RENAME = (
    "UPDATE dossiers_dossierparty SET full_name = %s WHERE dossier_id = %s AND role = %s"
    " AND seq = 1000"
)
