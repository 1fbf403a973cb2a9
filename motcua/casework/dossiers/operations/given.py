"""What another body gives: its result, noted by whoever waits for it; never signed by us.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.forms.api import check_fields, clean_answers
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day
from motcua.lib.errors import BadInput

from .telling import part_seq

OUTSIDE_CODE = "outside_code"
_LATEST = time(23, 59)
_BEHIND_DRAFTS = 900  # the same act may draft our own outcomes, numbered from 0


@dataclass(frozen=True, slots=True)
class Given:
    """The result of another body: its number and day, the code it had there, or why it said no.

    `entries` is what the version asks to be noted of it, as an amount that was paid.
    """

    number: str
    on: date
    outside_code: str = ""
    kind: OutcomeKind = OutcomeKind.GRANTED
    reason: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)


def note_given(
    dossier: Dossier,
    definition: Definition,
    step: DossierStep,
    given: Given | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand over the result of the body for which this step waited, if it waited for one.

    Raises: BadInput.
    """
    spec = definition.outcome_given_by(step.code)
    if spec is None:
        return
    body = definition.process.step(step.code).outside_body if definition.process else ""
    said = _checked(given, spec, at)
    day_end = datetime.combine(said.on, _LATEST, tzinfo=HANOI)
    work.add(
        DossierOutcome(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, _BEHIND_DRAFTS),
            spec_code=spec.code,
            name=spec.name,
            result_code=spec.result_code,
            kind=said.kind,
            reason=said.reason,
            number=said.number,
            entries=_entries(said, spec),
            drafted_by_name=by.name,
            drafted_at=at,
            signed_by_title=body,
            decided_at=min(at, day_end),
        )
    )


def _entries(said: Given, spec: OutcomeSpec) -> dict[str, Any]:
    """Return what is noted of the result. Raises: BadInput for what the version does not take."""
    noted: dict[str, Any] = {}
    if said.kind == OutcomeKind.GRANTED:
        noted = clean_answers(spec.entries, said.entries)
        for name, words in check_fields(spec.entries, noted).items():
            raise BadInput(words, field=name)
    return noted | ({OUTSIDE_CODE: said.outside_code} if said.outside_code else {})


def _checked(given: Given | None, spec: OutcomeSpec, at: datetime) -> Given:
    """Raises: BadInput."""
    if given is None or not given.number.strip():
        message = f"Hãy ghi số của “{spec.name}” do cơ quan ấy cấp hoặc trả lời."
        raise BadInput(message, field="number")
    if given.on > local_day(at):
        message = "Ngày của kết quả không được sau hôm nay."
        raise BadInput(message, field="given_on")
    if given.kind == OutcomeKind.REFUSED and not given.reason.strip():
        message = "Cơ quan ấy từ chối thì ghi rõ lý do."
        raise BadInput(message, field="reason")
    return given
