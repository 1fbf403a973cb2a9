"""Test data: named answers kept with a form, and what the form is to say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.forms.errors import BadForm

from .answers import check_answers
from .reckoning import with_reckoned
from .shape import Form

MOST_SAMPLES = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """Named answers, and the fields the form must complain about (none: all is well)."""

    name: str
    answers: Mapping[str, Any]
    wrong: tuple[str, ...] = ()


def samples_of(data: Any) -> list[Sample]:
    """Return the test data of a form's data. Raises: BadForm."""
    rows = data.get("samples") or [] if isinstance(data, Mapping) else []
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise BadForm("“samples” phải là danh sách dữ liệu thử.")
    return [_sample(row) for row in rows]


def _sample(row: Any) -> Sample:
    if not isinstance(row, Mapping) or not isinstance(row.get("answers"), Mapping):
        raise BadForm("Mỗi dữ liệu thử gồm “name” và bảng “answers”.")
    wrong = tuple(str(one) for one in row.get("wrong") or ())
    return Sample(str(row.get("name", "")), row["answers"], wrong)


def put_sample(data: Mapping[str, Any], sample: Sample) -> dict[str, Any]:
    """Return the form's data with one more sample, in place of one of the same name."""
    rows = [row for row in data.get("samples") or [] if row.get("name") != sample.name]
    if len(rows) >= MOST_SAMPLES:
        message = f"Mỗi tờ khai giữ nhiều nhất {MOST_SAMPLES} dữ liệu thử."
        raise BadForm(message)
    row: dict[str, Any] = {"name": sample.name, "answers": dict(sample.answers)}
    if sample.wrong:
        row["wrong"] = list(sample.wrong)
    return {**data, "samples": [*rows, row]}


def drop_sample(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the form's data without the sample of that name."""
    rows = [row for row in data.get("samples") or [] if row.get("name") != name]
    return {key: value for key, value in data.items() if key != "samples"} | (
        {"samples": rows} if rows else {}
    )


def failing(form: Form, samples: Sequence[Sample]) -> list[str]:
    """Return a sentence for each sample of which the form now says something else."""
    found = []
    for one in samples:
        complaints = check_answers(form, with_reckoned(form, one.answers))
        if set(complaints) != set(one.wrong):
            said = "; ".join(complaints.values()) or "không báo lỗi nào"
            meant = ", ".join(one.wrong) or "đúng cả"
            found.append(f"Dữ liệu thử “{one.name}”: mong {meant}, tờ khai nói: {said}")
    return found
