"""A process: steps that open when those before them are done; read from plain data and frozen."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.processes.choices import StepKind
from motcua.casework.processes.errors import BadProcess
from motcua.foundation.calendar.api import LimitUnit
from motcua.lib.expressions import BadExpression, Facts, compile_expression, holds

_CODE = re.compile(r"^[a-z][a-z0-9-]{0,39}$")
MOST_STEPS = 100
MOST_AMOUNT = 9999
_AGENCY = re.compile(r"^[A-Z][A-Z0-9.-]{0,39}$")
_OWN_TIME = frozenset({StepKind.TIMER, StepKind.POSTING})
_RARE = (
    *("agency", "when", "return_to", "pause_ground"),
    *("silence_is_consent", "outside_body", "part"),
)


@dataclass(frozen=True, slots=True)
class Budget:
    """The time a step may take, in a unit of the calendar."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class StepDef:
    """One step. It opens when all steps in `after` are done; skipped while `when` is not true.

    `duty` names who does it inside the competent agency ("justice", "economy", "leadership"), or
    inside the one whose code `agency` is; "desk" is the receiving desk; `role` the sort of post.
    An approval that says no goes back to `return_to`. `silence_is_consent` only where the law of
    the procedure says so. `part` names the part of the process (a sub-process) the step is of.
    """

    code: str
    name: str
    kind: StepKind
    duty: str
    role: str
    after: tuple[str, ...]
    budget: Budget | None = None
    when: str = ""
    return_to: str = ""
    pause_ground: str = ""
    silence_is_consent: bool = False
    outside_body: str = ""
    part: str = ""
    agency: str = ""

    @property
    def has_own_time(self) -> bool:
        """Say whether its time is its own, whatever was promised: it posts, or waits."""
        return bool(self.pause_ground) or self.kind in _OWN_TIME


@dataclass(frozen=True, slots=True)
class Process:
    """The steps of one procedure version, in the order they are told."""

    steps: tuple[StepDef, ...]

    def step(self, code: str) -> StepDef:
        """Return the step. Raises: KeyError."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    @property
    def deciding_agency(self) -> str:
        """Return the code of the agency in whose name the outcome is signed; "" for its own."""
        decisions = [step for step in self.steps if step.kind == StepKind.DECISION]
        return decisions[-1].agency if decisions else ""

    def following(self, code: str) -> frozenset[str]:
        """Return the codes of the step and all that come after it, however far."""
        found = {code}
        for step in self.steps:
            if found.intersection(step.after):
                found.add(step.code)
        return frozenset(found)


def parse_process(data: Sequence[Any]) -> Process:
    """Return the process that plain data describes; a step follows the one before it by default.

    Shape: [{"code": str, "name": str, "kind": str, "duty": str, "role": str, "after": [str]?, …}]
    Raises: BadProcess naming the step.
    """
    process = parse_steps(data)
    _check_end(process)
    return process


def parse_steps(data: Sequence[Any]) -> Process:
    """Return what is written so far of a process: its end may still be missing.

    Raises: BadProcess naming the step.
    """
    if not isinstance(data, list) or not data or len(data) > MOST_STEPS:
        message = f"Quy trình phải là danh sách từ 1 đến {MOST_STEPS} bước."
        raise BadProcess(message)
    steps: list[StepDef] = []
    for entry in data:
        steps.append(_step(entry, steps))
    process = Process(tuple(steps))
    for step in process.steps:
        _check_alone(step)
    for part in dict.fromkeys(step.part for step in steps if step.part):
        _check_part(process, part)
    return process


def as_plain(process: Process) -> list[dict[str, Any]]:
    """Return the plain data of a process, what is usual left out; `parse_process` reads it."""
    plain: list[dict[str, Any]] = []
    before: tuple[str, ...] = ()
    for step in process.steps:
        entry: dict[str, Any] = {"code": step.code, "name": step.name}
        if step.kind != StepKind.TASK:
            entry["kind"] = str(step.kind)
        entry |= {"duty": step.duty, "role": step.role}
        if step.after != before:
            entry["after"] = list(step.after)
        if step.budget:
            entry["budget"] = {"amount": step.budget.amount, "unit": step.budget.unit}
        entry |= {name: value for name in _RARE if (value := getattr(step, name))}
        plain.append(entry)
        before = (step.code,)
    return plain


def openable(
    process: Process, done: Collection[str], opened: Collection[str], facts: Facts
) -> list[StepDef]:
    """Return the steps to open now, in order.

    `done` are the codes finished in their latest round, `opened` those now open. A step whose
    condition is false counts as done for those after it.
    """
    passed = set(done)
    ready = []
    for step in process.steps:
        if step.code in passed or step.code in opened or not passed.issuperset(step.after):
            continue
        if holds(step.when, facts):
            ready.append(step)
        else:
            passed.add(step.code)
    return ready


def is_finished(
    process: Process, done: Collection[str], opened: Collection[str], facts: Facts
) -> bool:
    """Say whether nothing is open and nothing will open."""
    return not opened and not openable(process, done, opened, facts)


def _step(data: Any, before: Sequence[StepDef]) -> StepDef:
    code = _text(data, "code", "bước quy trình")
    where = f"bước “{code}”"
    known = [step.code for step in before]
    if not _CODE.match(code) or code in known:
        message = f"Mã {where} phải duy nhất, chỉ gồm chữ thường không dấu, số và gạch nối."
        raise BadProcess(message)
    after = tuple(data.get("after", known[-1:]))
    return_to = str(data.get("return_to") or "")
    _check_known((*after, *([return_to] if return_to else [])), known, where)
    return StepDef(
        code=code,
        name=_text(data, "name", where),
        kind=_kind(data, where),
        duty=_text(data, "duty", where),
        role=_text(data, "role", where),
        after=after,
        budget=_budget(data.get("budget"), where),
        when=_condition(data.get("when", ""), where),
        return_to=return_to,
        pause_ground=str(data.get("pause_ground", "")),
        silence_is_consent=data.get("silence_is_consent") is True,
        outside_body=str(data.get("outside_body", "")),
        part=str(data.get("part", "")).strip(),
        agency=str(data.get("agency", "")).strip(),
    )


def _check_known(wanted: Collection[str], known: Collection[str], where: str) -> None:
    strange = sorted(set(wanted) - set(known))
    if strange:
        message = f"{where}: “{', '.join(strange)}” không phải là bước đứng trước."
        raise BadProcess(message)


def _check_end(process: Process) -> None:
    if not any(step.kind == StepKind.DECISION for step in process.steps):
        kind = StepKind.DECISION
        message = f"Quy trình phải có ít nhất một bước loại “{kind.label}” ({kind}) để ra kết quả."
        raise BadProcess(message)


def _kind(data: Mapping[str, Any], where: str) -> StepKind:
    try:
        return StepKind(data.get("kind", "task"))
    except ValueError as error:
        known = ", ".join(StepKind)
        message = f"{where}: loại “{data.get('kind')}” không có; dùng một trong: {known}."
        raise BadProcess(message) from error


def _budget(data: Any, where: str) -> Budget | None:
    if data is None:
        return None
    if not isinstance(data, Mapping) or not data.get("unit"):
        message = f"{where}: “budget” phải có “amount” và “unit”."
        raise BadProcess(message)
    amount: Any = data.get("amount")
    unit = str(data["unit"])
    least = 0 if unit == LimitUnit.SAME_DAY else 1
    is_whole = isinstance(amount, int) and not isinstance(amount, bool)
    if not is_whole or not least <= amount <= MOST_AMOUNT or unit not in LimitUnit.values:
        known = ", ".join(LimitUnit.values)
        message = (
            f"{where}: thời gian phải là số từ {least} đến {MOST_AMOUNT} và một trong {known}."
        )
        raise BadProcess(message)
    return Budget(amount, unit)


def _check_alone(step: StepDef) -> None:
    """Raises: BadProcess if what the step says of itself does not fit together."""
    where = f"bước “{step.code}”"
    if step.agency and (step.duty == "desk" or not _AGENCY.match(step.agency)):
        message = f"{where}: “agency” phải là mã cơ quan, và không dùng cho bước của một cửa."
        raise BadProcess(message)
    if step.kind == StepKind.TIMER and (step.budget is None or step.return_to):
        message = f"{where}: bước chờ đủ thời gian phải có “budget” và không trả lại được."
        raise BadProcess(message)


def _check_part(process: Process, part: str) -> None:
    """Raises: BadProcess unless a part is entered by one first step and left when all is done.

    Its steps stand together; from outside one goes back to its first step only, from inside never
    out of it. So it is what other software calls a sub-process.
    """
    steps = process.steps
    places = [place for place, step in enumerate(steps) if step.part == part]
    inside = {steps[place].code for place in places}
    first, where = steps[places[0]], f"phần “{part}”"
    if places[-1] - places[0] >= len(places):
        message = f"{where}: các bước của phần phải đứng liền nhau."
        raise BadProcess(message)
    for place in places[1:]:
        if not steps[place].after or not inside.issuperset(steps[place].after):
            message = f"{where}: bước “{steps[place].code}” chỉ được theo sau bước cùng phần."
            raise BadProcess(message)
    ends = inside - {code for place in places for code in steps[place].after}
    for step in steps:
        _check_border(step, inside, ends, first, where)


def _check_border(
    step: StepDef, inside: Collection[str], ends: Collection[str], first: StepDef, where: str
) -> None:
    waits_for = set(step.after) & set(inside)
    if step.code not in inside and waits_for and waits_for != set(ends):
        message = f"{where}: bước “{step.code}” phải theo sau mọi bước cuối của phần: " + ", ".join(
            sorted(ends)
        )
        raise BadProcess(message)
    if step.return_to and (step.code in inside) != (step.return_to in inside):
        if step.return_to == first.code:
            return
        message = f"{where}: bước “{step.code}” chỉ trả lại được về bước đầu của phần."
        raise BadProcess(message)


def _condition(value: Any, where: str) -> str:
    try:
        compile_expression(str(value)) if value else None
    except BadExpression as error:
        message = f"{where}: {error}"
        raise BadProcess(message) from error
    return str(value)


def _text(data: Any, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: thiếu “{key}”."
        raise BadProcess(message)
    return value.strip()
