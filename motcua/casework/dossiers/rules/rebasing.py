"""What moving one dossier onto another version of its procedure means, or why it cannot be.

Pure: everything is handed in. Source: docs/adr/0074-running-dossiers-move-by-decision.md
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import AT_DESK, SubState
from motcua.casework.forms.api import check_answers, with_reckoned
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepDef
from motcua.lib.expressions import BadExpression, Facts
from motcua.lib.money import in_dong


@dataclass(frozen=True, slots=True)
class Held:
    """What a dossier holds that a version may say something about."""

    case_code: str
    sub_state: str
    is_paused: bool
    is_received: bool
    facts: Facts
    answers: Mapping[str, Any]
    open_steps: tuple[str, ...] = ()
    returned_steps: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    outcomes: tuple[str, ...] = ()
    fee_was: int = 0
    fee_now: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """The promise before and after; the first one never changes."""

    was: datetime | None = None
    now: datetime | None = None
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change for one dossier; with `obstacles` it stays on its version."""

    obstacles: tuple[str, ...] = ()
    papers_added: tuple[str, ...] = ()
    papers_dropped: tuple[str, ...] = ()
    steps_mapped: tuple[tuple[str, str], ...] = ()
    outcomes_added: tuple[str, ...] = ()
    outcomes_dropped: tuple[str, ...] = ()
    fee_was: int = 0
    fee_now: int = 0
    promise: Promise = field(default_factory=Promise)

    @property
    def is_news(self) -> bool:
        """Say whether anything changes for who filed."""
        earlier = self.promise.now != self.promise.was
        return bool(
            self.papers_added
            or self.papers_dropped
            or self.outcomes_added
            or self.outcomes_dropped
            or earlier
        )

    def words(self) -> list[str]:
        """Return what changes, in sentences for people."""
        found = [
            ("Cần thêm giấy tờ", self.papers_added),
            ("Không cần nữa", self.papers_dropped),
            ("Thêm kết quả", self.outcomes_added),
            ("Bỏ kết quả", self.outcomes_dropped),
        ]
        said = [f"{what}: {', '.join(names)}" for what, names in found if names]
        if self.promise.now != self.promise.was:
            said.append("Hẹn trả sớm hơn")
        if self.fee_was != self.fee_now:
            was, now = in_dong(self.fee_was), in_dong(self.fee_now)
            said.append(f"Phí, lệ phí đã tính {was} giữ nguyên (phiên bản mới tính {now})")
        return said


def plan_of(
    old: Definition, new: Definition, held: Held, promise: Promise, step_map: Mapping[str, str]
) -> Plan:
    """Return what the move means for a dossier that holds this."""
    obstacles = list(_obstacles(old, new, held, step_map))
    if obstacles:
        return Plan(obstacles=tuple(obstacles))
    try:
        return _changes(old, new, held, promise, step_map)
    except BadExpression as error:
        return Plan(obstacles=(f"Điều kiện của phiên bản mới không tính được: {error}",))


def _changes(
    old: Definition, new: Definition, held: Held, promise: Promise, step_map: Mapping[str, str]
) -> Plan:
    before = {one.code: one.name for one in old.required_papers(held.case_code, held.facts)}
    after = {one.code: one.name for one in new.required_papers(held.case_code, held.facts)}
    gave = {one.code: one.name for one in old.outcomes_for(held.facts)}
    gives = {one.code: one.name for one in new.outcomes_for(held.facts)}
    return Plan(
        papers_added=_only(after, {*before, *held.papers}),
        papers_dropped=_only(before, {*after}),
        steps_mapped=tuple(
            (code, step_map[code]) for code in held.open_steps if _is_gone(code, new)
        ),
        outcomes_added=_only(gives, {*gave}),
        outcomes_dropped=_only(gave, {*gives}),
        fee_was=held.fee_was,
        fee_now=held.fee_now,
        promise=promise,
    )


def _only(names: Mapping[str, str], other: Collection[str]) -> tuple[str, ...]:
    return tuple(name for code, name in names.items() if code not in other)


def steps_by_code(definition: Definition) -> dict[str, StepDef]:
    """Return the steps of a version."""
    return {step.code: step for step in definition.process.steps} if definition.process else {}


def steps_gone(old: Definition, new: Definition) -> list[StepDef]:
    """Return the steps that the new version lacks, or does in another way."""
    return [step for code, step in steps_by_code(old).items() if _is_other(step, new)]


def _is_other(step: StepDef, new: Definition) -> bool:
    after = steps_by_code(new).get(step.code)
    return after is None or after.kind != step.kind


def _is_gone(code: str, new: Definition) -> bool:
    return code != AT_DESK and code not in steps_by_code(new)


def _obstacles(
    old: Definition, new: Definition, held: Held, step_map: Mapping[str, str]
) -> Iterator[str]:
    """Yield why the dossier cannot go on by the new version."""
    if new.process is None:
        yield "Phiên bản mới không có quy trình."
        return
    if held.case_code not in {case.code for case in new.cases}:
        yield f"Phiên bản mới không có trường hợp “{old.case(held.case_code).name}”."
        return
    if held.sub_state == SubState.SIGNING:
        yield "Kết quả đang được ký số, đóng dấu; chuyển sau khi ký xong hoặc trả lại bước ký."
    if held.is_paused:
        yield "Thời hạn đang dừng (chờ người nộp hoặc nơi khác); chuyển sau khi chờ xong."
    if held.is_received and not held.open_steps:
        yield "Không có bước nào đang mở."
    yield from _wrong_steps(old, new, held, step_map)
    known = {one.code for one in new.outcomes} | {"tu-choi"}
    drafted = [code for code in held.outcomes if code not in known]
    if drafted:
        names = {one.code: one.name for one in old.outcomes}
        words = ", ".join(names.get(code, code) for code in drafted)
        yield f"Đã có dự thảo hoặc kết quả mà phiên bản mới không có: {words}."
    if missing := questions_unanswered(old, new, held.answers):
        yield f"Tờ khai mới hỏi thêm điều hồ sơ chưa trả lời: {'; '.join(missing)}."


def _wrong_steps(
    old: Definition, new: Definition, held: Held, step_map: Mapping[str, str]
) -> Iterator[str]:
    names, there = steps_by_code(old), steps_by_code(new)
    taken: set[str] = set()
    for code in held.open_steps:
        step = names.get(code)
        target = there.get(step_map.get(code, ""))
        if step is None or not _is_other(step, new):
            continue
        if code in there:
            yield f"Bước “{step.name}” ở phiên bản mới là việc loại khác; hãy làm xong bước này."
        elif target is None:
            yield f"Đang ở bước “{step.name}” mà phiên bản mới không có; hãy chọn bước thay."
        elif target.code in held.open_steps:
            yield f"Bước thay “{target.name}” cũng đang mở."
        elif target.code in taken:
            yield f"Bước “{target.name}” không thay được cho hai bước đang mở."
        else:
            taken.add(target.code)
    back = [code for code in held.returned_steps if code in names and code not in there]
    if back:
        words = ", ".join(names[code].name for code in sorted(back))
        yield f"Đã từng bị trả lại ở bước mà phiên bản mới không có: {words}."


def questions_unanswered(old: Definition, new: Definition, answers: Mapping[str, Any]) -> list[str]:
    """Return what the new form complains about and the old one did not."""
    if new.form is None:
        return []
    before = check_answers(old.form, answers) if old.form else {}
    after = check_answers(new.form, with_reckoned(new.form, answers))
    labels = {one.name: one.label for one in new.form.all_fields()}
    return [
        labels.get(name.split(".", maxsplit=1)[0], name) for name in after if name not in before
    ]
