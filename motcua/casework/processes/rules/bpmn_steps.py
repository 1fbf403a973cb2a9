"""What one element of a BPMN file says of its step: code, kind, who, how long."""

import re
from collections.abc import Sequence

from motcua.casework.processes.choices import DUTIES, SERVICES, StepKind
from motcua.casework.processes.errors import BadProcess
from motcua.lib.text import fold

from .bpmn_elements import Element, Graph
from .definition import Budget
from .drawing import Shape

_CODE = re.compile(r"^[a-z][a-z0-9-]{0,39}$")
_ISO = re.compile(r"P(?:(\d{1,4})D|(\d{1,3})W|(\d{1,4})M)")
_OUR_TIME = re.compile(r"(\d{1,4}) ([a-z_]+)")
_DAYS_OF_WEEK = 7


def codes_of(steps: Sequence[Element]) -> dict[str, str]:
    """Return the code of each step: its id if that will do, else one made of it."""
    taken = {node.id for node in steps if _CODE.match(node.id)}
    codes = {}
    for node in steps:
        code = node.id
        if not _CODE.match(code):
            code = _free(_slug(node.name) or _slug(node.id) or "buoc", taken)
            taken.add(code)
        codes[node.id] = code
    return codes


def _slug(words: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:36].strip("-")
    return slug if slug[:1].isalpha() else ""


def _free(code: str, taken: set[str]) -> str:
    number = 2
    found = code
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found


def kind_of(node: Element) -> StepKind:
    if node.shape == Shape.TIMER:
        return StepKind.TIMER
    if node.shape == Shape.SERVICE:
        asked = node.own.get("service") or node.name
        for name, kind in SERVICES.items():
            if fold(asked) in {fold(name), fold(kind.label)}:
                return kind
        known = ", ".join(SERVICES)
        message = f"{node.words}: không có dịch vụ tên “{asked}”; dùng một trong: {known}."
        raise BadProcess(message)
    word = node.own.get("kind", StepKind.TASK)
    if word not in set(StepKind) - {*SERVICES.values(), StepKind.TIMER}:
        raise BadProcess(f"{node.words}: loại bước “{word}” không có.")
    return StepKind(word)


def duty_of(node: Element, graph: Graph) -> str:
    """Return who does the step: what it says itself, else its lane or the lane of its part."""
    if node.own.get("duty"):
        return node.own["duty"]
    duty, name, line = graph.lanes.get(node.id) or graph.lanes.get(node.scope) or ("", "", 0)
    if duty:
        return duty
    if not name:
        raise BadProcess(f"{node.words} không nằm trong làn nào, nên không rõ ai làm.")
    for known, label in DUTIES.items():
        if fold(name) in {fold(known), fold(label)}:
            return known
    labels = ", ".join(f"{label} ({known})" for known, label in DUTIES.items())
    message = (
        f"Làn “{name}” (dòng {line}) không phải đầu mối nào; đặt tên làn là một trong: {labels}."
    )
    raise BadProcess(message)


def budget_of(node: Element, timer: Element | None) -> dict[str, object] | None:
    held = node.timer or (timer.timer if timer else None)
    words = (held[1] if held else "") or node.own.get("budget", "")
    if words:
        found = _OUR_TIME.fullmatch(words)
        if found is None:
            raise BadProcess(f"{node.words}: thời gian “{words}” phải có dạng “3 working_day”.")
        return {"amount": int(found[1]), "unit": found[2]}
    if held is None:
        if node.shape == Shape.TIMER:
            raise BadProcess(f"{node.words} chưa có đồng hồ (timerEventDefinition).")
        return None
    budget = _from_iso(held[0])
    if budget is None:
        message = (
            f"{node.words}: thời gian “{held[0]}” phải có dạng P15D, P2W hoặc P1M; "
            "ngày, giờ làm việc thì ghi motcua:budget."
        )
        raise BadProcess(message)
    return {"amount": budget.amount, "unit": budget.unit}


def _from_iso(text: str) -> Budget | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    days, weeks, months = found.groups()
    if months:
        return Budget(int(months), "month")
    return Budget(int(days or 0) or int(weeks or 0) * _DAYS_OF_WEEK, "calendar_day")
