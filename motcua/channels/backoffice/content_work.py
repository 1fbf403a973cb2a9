"""What the pages of work in steps can offer: steps of a kind, names that texts may call."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.forms.api import FieldKind
from motcua.casework.procedures import api as procedures
from motcua.casework.processes import api as processes
from motcua.casework.processes.api import StepKind

from . import form_pages
from .content_parts import Entry, entries_of, steps_called
from .forms.content import limit_words
from .forms.content_work import FINDING_KINDS

Pairs = list[tuple[str, str]]
KIND_OF_STEP: Mapping[str, StepKind] = {
    "councils": StepKind.COUNCIL,
    "findings": StepKind.FIELD_VISIT,
    "postings": StepKind.POSTING,
    "slip": StepKind.OUTSIDE_WAIT,
}
_NO_STEP = "Quy trình không có bước loại “{}” nào{}; hãy thêm bước ấy ở trang Quy trình."
_NONE_LEFT = {
    "councils": " chưa ghi hội đồng",
    "postings": " chưa ghi nội dung niêm yết",
}
_ONE_SLIP = "Thủ tục chỉ có một phiếu chuyển thông tin; hãy sửa phiếu đang có."
# What postings may name beside answers: as they are put in by dossiers.
_OF_DOSSIER = [("applicant", "tên người nộp"), ("code", "mã hồ sơ")]
_OF_MEETING = [
    ("meeting_at", "hội đồng họp lúc nào, ở đâu"),
    ("meeting_present", "ai dự họp"),
    ("meeting_absent", "ai vắng"),
    ("meeting_minutes", "nội dung biên bản"),
]
_HEARD = [("objections", "có bao nhiêu ý kiến về nội dung niêm yết")]
BRACES = "trong ngoặc {…}"
_ALSO_KNOWN = ("channel", "case", "filed_on", "authority", "objections")


def steps_of(data: Entry, kind: StepKind) -> list[dict[str, Any]]:
    """Return the steps of a kind. Raises: BadProcess."""
    return [one for one in processes.steps_in(data.get("process")) if one["kind"] == kind]


def named(steps: Sequence[Mapping[str, Any]]) -> Pairs:
    """Return steps to choose from."""
    return [(one["code"], one["name"]) for one in steps]


def still_free(key: str, data: Entry, one: str, all_there_are: Pairs) -> Pairs:
    """Return what nothing is said of yet; of an entry that is edited only what it is about."""
    if one:
        return [pair for pair in all_there_are if pair[0] == one] or [(one, one)]
    there = {str(entry["code"]) for entry in entries_of(key, data)}
    return [pair for pair in all_there_are if pair[0] not in there]


def hinders(key: str, data: Entry) -> str:
    """Return why nothing can be added to a list of what steps do; "" if something can."""
    if key not in KIND_OF_STEP:
        return ""
    kind = KIND_OF_STEP[key]
    steps = named(steps_of(data, kind))
    if key in _NONE_LEFT:
        steps = still_free(key, data, "", steps)
    if not steps:
        return _NO_STEP.format(kind.label, _NONE_LEFT.get(key, ""))
    return _ONE_SLIP if key == "slip" and entries_of(key, data) else ""


def asked(key: str, data: Entry, found: Entry | None) -> dict[str, Any]:
    """Return what the form of a part is told besides: which steps, which names."""
    steps = steps_of(data, KIND_OF_STEP[key])
    known = {name for name, _ in names_for(key, data)}
    if key == "slip":
        step = str((found or {}).get("step", ""))
        offered = named(steps)
        strange = [(step, step)] if step and step not in dict(offered) else []
        return {"choices": {"step": [*offered, *strange]}, "known": known}
    if key == "postings":
        told = [(one["code"], _with_time(one)) for one in steps]
        code = str(found["code"]) if found else ""
        return {
            "choices": {"code": still_free(key, data, code, told)},
            "known": {*known, *_ALSO_KNOWN},
            "untimed": {one["code"] for one in steps if not one["budget"]},
        }
    return _asked_of_finding(data, steps, found)


def _with_time(step: Mapping[str, Any]) -> str:
    return " – ".join(filter(None, [step["name"], limit_words(step["budget"])]))


def _asked_of_finding(
    data: Entry, steps: Sequence[Mapping[str, Any]], found: Entry | None
) -> dict[str, Any]:
    entries = entries_of("findings", data)
    code = str(found["code"]) if found else ""
    others: dict[str, list[str]] = {}
    for one in entries:
        others.setdefault(str(one["step"]), [])
        if one["code"] != code:
            others[str(one["step"])].append(str(one["name"]))
    kinds = [(str(one), one.words) for one in FINDING_KINDS]
    kind = str((found or {}).get("kind", FieldKind.TEXT))
    strange = [(kind, form_pages.kind_of({"kind": kind}).words)] if kind not in dict(kinds) else []
    offered, place = named(steps), None
    if found:
        step = str(found["step"])
        offered = [pair for pair in offered if pair[0] == step] or [(step, step)]
        place = [one["code"] for one in entries if one["step"] == step].index(code) + 1
    return {
        "choices": {"step": offered, "kind": [*kinds, *strange]},
        "others": others,
        "taken": {name for name, _ in [*_answers(data), *derived_names(data)]},
        "place": place,
    }


def names_for(key: str, data: Entry) -> Pairs:
    """Return the names that the texts or conditions of a part may call."""
    if key == "findings":
        return found_names(data, is_council=False)
    if key == "slip":
        return _answers(data)
    derived, found = derived_names(data), found_names(data)
    if key == "process":
        heard = _HEARD if data.get("postings") else []
        return [*_answers(data), *derived, *found, *heard]
    meets = _OF_MEETING if data.get("councils") else []
    return [*_OF_DOSSIER, *_answers(data), *derived, *found, *meets]


def _answers(data: Entry) -> Pairs:
    return form_pages.names_in(data.get("form"), "")


def derived_names(data: Entry) -> Pairs:
    """Return the names of what follows from answers. Raises: BadDefinition."""
    derived = procedures.entries_of("derived", data.get("derived"))
    return [(str(one["code"]), f"điều suy ra: {one.get('value', '')}") for one in derived]


def found_names(data: Entry, *, is_council: bool = True) -> Pairs:
    """Return the names of what visits and councils find, each once, as far as pages show them."""
    try:
        found = [(one, str(one["step"])) for one in entries_of("findings", data)]
        councils = entries_of("councils", data) if is_council else ()
    except procedures.BadDefinition:
        return []
    found += [(one, str(entry["code"])) for entry in councils for one in entry["records"]]
    steps = steps_called(data)
    told = [
        (str(one.get("name")), f"{one.get('label', '')} (bước {steps.get(step, step)})")
        for one, step in found
    ]
    return list(dict(reversed(told)).items())[::-1]
