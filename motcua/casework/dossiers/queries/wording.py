"""The words of a version's own texts, with what is known of one dossier in their places."""

import re
from collections.abc import Mapping

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import (
    Dossier,
    DossierAnswers,
    DossierOutcome,
    Meeting,
    Seat,
)
from motcua.casework.forms.api import in_words, summary_of
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.lib.clock import local

from .facts import facts_of_answers

_PLACE = re.compile(r"\{(\w+)\}")


def answers_of(dossier: Dossier) -> Mapping[str, object]:
    """Return what was answered in the form. Costs: one query."""
    rows = DossierAnswers.objects.filter(dossier=dossier).values_list("answers", flat=True)
    return dict(rows.first() or {})


def spoken(
    definition: Definition,
    dossier: Dossier,
    answers: Mapping[str, object] | None = None,
    found: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Return what the lines of a paper may name: answers in words, and what follows.

    `found` is what was found in the field, where it has been read already.
    """
    answers = answers_of(dossier) if answers is None else answers
    known = dict(definition.known(facts_of_answers(dossier, answers, found)))
    fields = [field for found in definition.findings.values() for field in found]
    known |= {f.name: in_words(f, known[f.name]) for f in fields if known.get(f.name) is not None}
    known |= _of_meeting(definition, dossier)
    if definition.form is None:
        return known
    pages = summary_of(definition.form, answers)
    return known | {field.name: words for _, rows in pages for field, words in rows}


def _of_meeting(definition: Definition, dossier: Dossier) -> dict[str, object]:
    """Return what the newest minutes of a council say: when, who came, who did not, what was said.

    Costs: nothing where no council meets, else two queries.
    """
    if not definition.councils:
        return {}
    closed = Meeting.objects.filter(dossier_id=dossier.pk, closed_at__isnull=False)
    meeting = closed.order_by("-seq").first()
    if meeting is None:
        return {}
    seats = Seat.objects.filter(dossier_id=dossier.pk, meeting_seq=meeting.seq).order_by("seq")
    there: dict[bool, list[str]] = {True: [], False: []}
    for seat in seats:
        title = f" ({seat.title})" if seat.title else ""
        there[bool(seat.is_present)].append(f"{seat.name}{title}")
    return {
        "meeting_at": f"{local(meeting.planned_at):%H:%M ngày %d/%m/%Y}, tại {meeting.place}",
        "meeting_present": "; ".join(there[True]),
        "meeting_absent": "; ".join(there[False]) or "không ai",
        "meeting_minutes": meeting.minutes,
    }


def outcome_lines(
    dossier: Dossier,
    outcome: DossierOutcome,
    spec: OutcomeSpec | None,
    answers: Mapping[str, object],
) -> tuple[str, ...]:
    """Return the text of an outcome, line by line; `answers` are what `spoken` returns."""
    if outcome.kind == OutcomeKind.REFUSED:
        first = f"Hồ sơ {dossier.code} của {dossier.applicant_name} không được giải quyết."
        return (first, f"Lý do: {outcome.reason}")
    lines = list(spec.body if spec else ())
    if not lines:
        lines = [f"Chấp thuận đề nghị của {dossier.applicant_name} theo hồ sơ {dossier.code}."]
    if outcome.valid_until:
        lines.append(f"Giấy này có giá trị đến hết ngày {outcome.valid_until:%d/%m/%Y}.")
    values = {
        **answers,
        **outcome.entries,
        "applicant": dossier.applicant_name,
        "submitter": dossier.submitter_name,
        "code": dossier.code,
        "serial": outcome.serial,
    }
    return tuple(filled(line, values) for line in lines)


def filled(line: str, values: Mapping[str, object]) -> str:
    """Put answers in the places of a line; a place without an answer stays a dotted gap."""
    return _PLACE.sub(lambda place: _word(values.get(place[1])), line)


def _word(value: object) -> str:
    return "……" if value in (None, "") else str(value)
