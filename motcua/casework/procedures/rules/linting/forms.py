"""What the linter says about the questions of a form and the steps of a process."""

import re
from collections.abc import Iterator

from motcua.casework.forms.api import Field, FieldKind
from motcua.casework.procedures.choices import LintRule
from motcua.casework.procedures.rules.definition import Definition
from motcua.casework.processes.api import SERVICES, StepDef, StepKind

from .findings import Finding, Surroundings, Weight, folded, plainly, quote

_SELF = r"(?:người (?:nộp|yêu cầu|khai|đề nghị|làm đơn)|tôi)"
_OWN = (
    (
        re.compile(rf"^họ(?:, chữ đệm,)?(?: và)? tên (?:của )?{_SELF}"),
        "person.full_name",
    ),
    (
        re.compile(rf"^ngày(?:, tháng, năm)? sinh (?:của )?{_SELF}"),
        "person.birth_date",
    ),
    (re.compile(r"^số (?:điện thoại|di động)(?: liên hệ)?$"), "person.phone"),
    (
        re.compile(
            r"^(?:địa chỉ|nơi cư trú|nơi thường trú)(?: (?:của )?người (?:nộp|yêu cầu|khai))?$"
        ),
        "person.address",
    ),
)
_BY_ITSELF = {StepKind.TIMER, *SERVICES.values()}


def of_form(definition: Definition) -> Iterator[Finding]:
    """Yield what is found in the questions: what is asked twice, or known already."""
    form = definition.form
    if form is None:
        return
    labels: dict[tuple[str, str, str], Field] = {}
    prefilled: dict[str, Field] = {}
    for page in form.pages:
        for field in page.fields:
            yield from _known(field)
            if field.computed or field.kind == FieldKind.DECLARATION:
                continue
            key = (folded(field.label), str(field.kind), folded(page.title))
            yield from _again(field, labels.get(key), "hỏi cùng một điều trên một trang")
            labels.setdefault(key, field)
            if field.prefill:
                yield from _again(field, prefilled.get(field.prefill), "điền cùng một dữ liệu")
                prefilled.setdefault(field.prefill, field)


def _again(field: Field, earlier: Field | None, what: str) -> Iterator[Finding]:
    if earlier is None or _exclude_each_other(field, earlier):
        return
    yield Finding(
        LintRule.ASKED_TWICE,
        Weight.FAULT,
        f"Ô {earlier.name}, {field.name}",
        quote(field.label),
        f"Hai ô {what}: hỏi một lần, ô sau tự tính từ ô trước.",
    )


def _exclude_each_other(one: Field, other: Field) -> bool:
    """Say whether the two may be asked of different people: both, or one, under a condition."""
    return bool(one.show_when or other.show_when)


def _known(field: Field) -> Iterator[Finding]:
    if field.prefill or field.computed or field.show_when:
        return
    label = plainly(field.label)
    for pattern, fact in _OWN:
        if pattern.search(label):
            yield Finding(
                LintRule.ASKED_TWICE,
                Weight.LOOK,
                f"Ô {field.name}",
                quote(field.label),
                f"Tài khoản đã biết: thêm prefill: {fact}.",
            )


def of_process(definition: Definition, around: Surroundings) -> Iterator[Finding]:
    """Yield the steps that nobody is named to do, and a decision without a decider."""
    if not definition.decided_by:
        yield Finding(
            LintRule.STEP_WITHOUT_OWNER,
            Weight.FAULT,
            "Cơ quan có thẩm quyền",
            "(để trống)",
            "Ghi ai quyết định.",
        )
    for step in definition.process.steps if definition.process else ():
        if step.kind not in _BY_ITSELF:
            yield from _owner(step, around)


def _owner(step: StepDef, around: Surroundings) -> Iterator[Finding]:
    is_held = step.duty in around.duties or step.duty in {"desk", "leadership"}
    if step.duty and step.role and is_held:
        return
    what = f"việc “{step.duty}”" if step.duty else "việc"
    yield Finding(
        LintRule.STEP_WITHOUT_OWNER,
        Weight.FAULT,
        f"Bước {step.code}",
        quote(step.name),
        f"Chưa đơn vị nào được giao {what}: giao ở Phân công việc, hoặc đổi đầu mối của bước.",
    )
