"""From the structured text of a procedure version to its definition, with complaints that help."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time
from enum import Enum
from typing import Any, TypeVar

import yaml

from motcua.casework.forms.api import Field, FieldKind, Form, parse_form
from motcua.casework.procedures.choices import (
    CompetentLevel,
    FeeKind,
    FilingChannel,
    FilingMode,
    Ground,
    PaperHandling,
    ServiceLevel,
)
from motcua.casework.procedures.errors import BadDefinition
from motcua.casework.processes.api import Process, StepKind, parse_process
from motcua.foundation.calendar.api import CalendarError, Limit, LimitUnit, WaitingRule
from motcua.lib.errors import BadInput
from motcua.lib.expressions import compile_expression
from motcua.lib.plain_yaml import HarmfulYaml, read_yaml

from .definition import (
    PROVINCE_SYSTEM,
    Case,
    Choice,
    Definition,
    Derived,
    FeeLine,
    LegalBasis,
    OutcomeSpec,
    PaperSpec,
    Question,
    WaitingTerm,
)
from .fieldwork import read_councils, read_findings, read_postings
from .fitting import check_whole
from .further import read_reminder, read_renewal, read_slip

CODE = re.compile(r"^[1-9]\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?$")
LONGEST_TEXT = 500_000
_PAGE_ELSEWHERE = re.compile(r"https?://[^\s\"'<>\\@]{3,500}")
T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Data = Mapping[str, Any]
_DEFAULT_WAITING = {ground: WaitingTerm(WaitingRule.PAUSE) for ground in Ground} | {
    Ground.SUPPLEMENT: WaitingTerm(WaitingRule.PAUSE, window=Limit(3, LimitUnit.WORKING_DAY))
}
_DEFAULT_DESK_CHECK = {FilingChannel.PORTAL: Limit(8, LimitUnit.WORKING_HOUR)}


def parse_text(text: str) -> Definition:
    """Return the definition that a structured text (YAML) holds.

    Raises: BadDefinition with the line or the part that is wrong.
    """
    if len(text) > LONGEST_TEXT:
        message = f"Văn bản dài quá {LONGEST_TEXT:,} ký tự.".replace(",", ".")
        raise BadDefinition(message)
    try:
        data = read_yaml(text)
    except HarmfulYaml as error:
        raise BadDefinition(str(error)) from error
    except (yaml.YAMLError, ValueError) as error:
        message = f"Văn bản sai cú pháp{_where(text)}: hãy kiểm tra thụt dòng và dấu hai chấm."
        raise BadDefinition(message) from error
    return parse_definition(data)


def _where(text: str) -> str:
    """Return the line at which the slow loader stops; the fast one is a line off at the end."""
    try:
        yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is not None:
            return f" ở dòng {error.problem_mark.line + 1}"
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    return ""


def parse_definition(data: Any) -> Definition:
    """Return the definition that plain data describes.

    Raises: BadDefinition naming the part.
    """
    if not isinstance(data, Mapping):
        message = "Phiên bản thủ tục phải là một bảng gồm các mục “code”, “name”, …"
        raise BadDefinition(message)
    try:
        return _definition(_said(data))
    except BadDefinition:
        raise
    except (BadInput, CalendarError) as error:
        raise BadDefinition(str(error)) from error
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        message = f"Có mục ghi sai kiểu dữ liệu (số, chữ, danh sách hoặc bảng): {error}."
        raise BadDefinition(message) from error


def _said(data: Data) -> Data:
    """Return a table without what was left empty (“plain_name:”): it is not said, not “None”."""
    return {name: value for name, value in data.items() if value is not None}


def _definition(data: Data) -> Definition:
    code = _text(data, "code", "thủ tục")
    if not CODE.match(code):
        message = f"Mã thủ tục “{code}” phải có dạng 1.001193."
        raise BadDefinition(message)
    level = _choice(ServiceLevel, data.get("service_level", "full"), "service_level")
    reason = str(data.get("service_level_reason", ""))
    if level == ServiceLevel.PARTIAL and not reason:
        message = "Dịch vụ một phần phải nêu lý do ở mục “service_level_reason”."
        raise BadDefinition(message)
    cases = _each(data, "cases", _case)
    process = parse_process(data["process"]) if data.get("process") else None
    findings = read_findings(data.get("findings", {}), process)
    read = parse_form(data["form"]) if data.get("form") else None
    papers = _each(data, "papers", _paper)
    outcomes = _each(data, "outcomes", _outcome)
    _check_given(outcomes, process)
    found = Definition(
        code=code,
        name=_text(data, "name", "thủ tục"),
        plain_name=str(data.get("plain_name", "")),
        sector_code=str(data.get("sector_code", "")),
        sector_name=_text(data, "sector_name", "thủ tục"),
        level=_choice(CompetentLevel, data.get("level"), "level"),
        agency_codes=_words(data, "agency_codes"),
        decided_by=str(data.get("decided_by", "")),
        subjects=_words(data, "subjects"),
        life_events=_words(data, "life_events"),
        keywords=_words(data, "keywords"),
        how=_words(data, "how"),
        conditions=str(data.get("conditions", "")),
        legal_basis=_each(data, "legal_basis", _basis),
        announced_by=str(data.get("announced_by", "")),
        service_level=level,
        service_level_reason=reason,
        filing_mode=_choice(FilingMode, data.get("filing_mode", "both"), "filing_mode"),
        processing_system=str(data.get("processing_system", PROVINCE_SYSTEM)),
        outside_link=_link(data, "outside_link"),
        is_non_territorial=data.get("non_territorial", True) is True,
        is_same_day=data.get("same_day", False) is True,
        is_sensitive=data.get("sensitive", False) is True,
        is_demo=data.get("demo", False) is True,
        number_of_sets=_whole(data, "number_of_sets", 1, 99),
        desk_check=_DEFAULT_DESK_CHECK | _limits(data.get("desk_check", {}), "desk_check"),
        cases=cases,
        fees=_each(data, "fees", _fee),
        papers=(*papers, *asked_in(read, papers)),
        outcomes=outcomes,
        waiting=_waiting(data.get("waiting", {})),
        supplements_allowed=_whole(data, "supplements_allowed", 1, 99),
        questions=_each(data, "questions", _question),
        form=read,
        process=process,
        derived=_each(data, "derived", _derived),
        act=str(data.get("act", "")),
        clock_from_arrival=data.get("clock_from_arrival", False) is True,
        extension=_limit(data["extension"], "extension") if "extension" in data else None,
        extension_ground=str(data.get("extension_ground", "")),
        applicants=_whole(data, "applicants", 1, 99),
        extension_after_asking=data.get("extension_after_asking", False) is True,
        withdrawal_note=str(data.get("withdrawal_note", "")),
        fee_words=str(data.get("fee_words", "")),
        paper_words=str(data.get("paper_words", "")),
        slip=read_slip(data.get("slip")),
        reminder=read_reminder(data.get("reminder")),
        acknowledged_by=str(data.get("acknowledged_by", "")),
        findings=findings,
        councils=read_councils(data.get("councils", {}), process, findings),
        postings=read_postings(data.get("postings", {}), process),
    )
    check_whole(found)
    return found


def asked_in(form: Form | None, papers: Sequence[PaperSpec]) -> Iterator[PaperSpec]:
    """Give a paper for each file the form asks for, unless the version lists it by that code."""
    listed = {paper.code for paper in papers}
    for page in form.pages if form else ():
        for field in page.fields:
            if field.kind == FieldKind.FILE and paper_of(field) not in listed:
                conditions = [page.show_when, field.show_when, field.required]
                needed = [f"({one})" for one in conditions if one not in {"", "true"}]
                yield PaperSpec(
                    code=paper_of(field),
                    name=field.label,
                    required_when=" and ".join(needed) or "true",
                    note=field.hint,
                )


def paper_of(field: Field) -> str:
    """Return the code of the paper that a field of kind file asks for."""
    return field.name.replace("_", "-")


def _case(data: Data) -> Case:
    code = _text(data, "code", "trường hợp")
    return Case(
        code=code,
        name=_text(data, "name", f"trường hợp “{code}”"),
        limits=_limits(data.get("limits", {}), f"trường hợp “{code}”"),
        limit_words=str(data.get("limit_words", "")),
        when=_condition(data, "when", ""),
        unlimited=tuple(
            _choice(FilingChannel, channel, f"trường hợp “{code}”")
            for channel in data.get("unlimited", ())
        ),
    )


def _limits(data: Any, where: str) -> dict[FilingChannel, Limit]:
    if not isinstance(data, Mapping):
        message = f"{where}: “limits” phải ghi theo kênh counter, portal, post."
        raise BadDefinition(message)
    return {_choice(FilingChannel, key, where): _limit(value, where) for key, value in data.items()}


def _limit(data: Any, where: str) -> Limit:
    """Read “3 working_day” or {"amount": 3, "unit": "working_day"} or “same_day”."""
    if isinstance(data, str):
        amount, _, unit = data.rpartition(" ")
        data = {"amount": int(amount) if amount.isdecimal() else 0, "unit": unit}
    if not isinstance(data, Mapping):
        message = f"{where}: thời hạn phải có dạng “3 working_day”."
        raise BadDefinition(message)
    unit = _choice(LimitUnit, data.get("unit"), where)
    cut_off = data.get("cut_off")
    if cut_off is None:
        return Limit(int(data.get("amount", 0)), unit)
    return Limit(int(data.get("amount", 0)), unit, time.fromisoformat(str(cut_off)))


def _fee(data: Data) -> FeeLine:
    code = _text(data, "code", "phí, lệ phí")
    where = f"phí, lệ phí “{code}”"
    table = str(data.get("table", ""))
    amount = data.get("amount_vnd", 0 if table else None)
    if not isinstance(amount, int) or amount < 0 or (table and amount):
        message = f"{where}: “amount_vnd” phải là số đồng không âm; có “table” thì bỏ đi."
        raise BadDefinition(message)
    return FeeLine(
        code=code,
        name=_text(data, "name", where),
        kind=_choice(FeeKind, data.get("kind", "charge"), where),
        amount_vnd=amount,
        per=str(data.get("per", "")),
        from_unit=int(data.get("from_unit", 1)),
        to_unit=int(data.get("to_unit", 0)),
        most_vnd=int(data.get("most_vnd", 0)),
        quantity=_condition(data, "quantity", ""),
        channels=tuple(_choice(FilingChannel, c, where) for c in data.get("channels", ())),
        cases=_words(data, "cases"),
        collected=_collected(data, where),
        when=_condition(data, "when", ""),
        exempt_when=_condition(data, "exempt_when", ""),
        exemptions=str(data.get("exemptions", "")),
        basis=str(data.get("basis", "")),
        is_refundable=data.get("refundable", True) is True,
        kept_after=str(data.get("kept_after", "")),
        table=table,
    )


def _collected(data: Data, where: str) -> str:
    when = str(data.get("collected", "at_return"))
    if when not in {"at_return", "at_filing"}:
        message = f"{where}: “collected” là at_return (khi trả) hoặc at_filing (khi nộp)."
        raise BadDefinition(message)
    return when


def _paper(data: Data) -> PaperSpec:
    code = _text(data, "code", "giấy tờ")
    where = f"giấy tờ “{code}”"
    return PaperSpec(
        code=code,
        name=_text(data, "name", where),
        handling=_choice(PaperHandling, data.get("handling", "hand_in"), where),
        required_when=_condition(data, "required", "true"),
        originals=_whole(data, "originals", 0, 999),
        copies=_whole(data, "copies", 0, 999),
        form_file=str(data.get("form_file", "")),
        note=str(data.get("note", "")),
        instead_of=str(data.get("instead_of", "")),
        replaced_by_data=str(data.get("replaced_by_data", "")),
        cases=_words(data, "cases"),
        must_be_signed=data.get("must_be_signed", False) is True,
        most_months=_whole(data, "most_months", 0, 1200),
        issued_on=str(data.get("issued_on", "")),
    )


def _outcome(data: Data) -> OutcomeSpec:
    code = _text(data, "code", "kết quả")
    return OutcomeSpec(
        code=code,
        name=_text(data, "name", f"kết quả “{code}”"),
        result_code=str(data.get("result_code", "")),
        validity_months=_whole(data, "validity_months", 0, 1200),
        title=str(data.get("title", "")),
        body=_words(data, "body"),
        when=_condition(data, "when", ""),
        has_serial=data.get("has_serial", False) is True,
        serials=_condition(data, "serials", "1"),
        entries=_entries(data, code),
        on_paper_only=any(
            (data.get("on_paper_only", False) is True, data.get("given_by"), data.get("book"))
        ),
        decided_in=str(data.get("decided_in", "")),
        renewal=read_renewal(data.get("renewal"), code),
        given_by=str(data.get("given_by", "")),
        book=str(data.get("book", "")),
        originals=_whole(data, "originals", 1, 999),
        is_collected=data.get("collected", False) is True,
    )


def _check_given(outcomes: Sequence[OutcomeSpec], process: Process | None) -> None:
    """Raises: BadDefinition where a result of another body names no step that waits for one."""
    waits = {s.code for s in process.steps if s.kind == StepKind.OUTSIDE_WAIT} if process else set()
    for outcome in outcomes:
        if outcome.given_by and outcome.given_by not in waits:
            message = (
                f"kết quả “{outcome.code}”: “given_by” phải là mã một bước chờ cơ quan khác"
                " (outside_wait)."
            )
            raise BadDefinition(message)


def _entries(data: Data, code: str) -> tuple[Field, ...]:
    """Return what an officer types into an outcome, as the fields of a form."""
    if "entries" not in data:
        return ()
    page = {"title": f"kết quả “{code}”", "fields": data["entries"]}
    return parse_form({"code": code, "title": code, "pages": [page]}).pages[0].fields


def _derived(data: Data) -> Derived:
    name = _text(data, "name", "điều suy ra")
    value = _text(data, "value", f"điều suy ra “{name}”")
    compile_expression(value)
    return Derived(name, value, str(data.get("flag", "")))


def _waiting(data: Any) -> dict[Ground, WaitingTerm]:
    terms = dict(_DEFAULT_WAITING)
    for key, entry in data.items():
        ground = _choice(Ground, key, "waiting")
        terms[ground] = _term(entry, f"chờ “{key}”", terms[ground])
    return terms


def _term(data: Any, where: str, default: WaitingTerm) -> WaitingTerm:
    if isinstance(data, str):
        data = {"rule": data}
    reset_to = data.get("reset_to")
    window = data.get("window")
    return WaitingTerm(
        rule=_choice(WaitingRule, data.get("rule", default.rule), where),
        reset_to=_limit(reset_to, where) if reset_to else None,
        window=_limit(window, where) if window else default.window,
    )


def _question(data: Data) -> Question:
    name = _text(data, "name", "câu hỏi")
    choices = tuple(
        Choice(_answer(c["value"]), str(c["label"]))
        for c in data.get("choices", ())
        if "value" in c
    )
    return Question(name, _text(data, "text", f"câu hỏi “{name}”"), choices)


def _answer(value: Any) -> str:
    """Return an answer as an address says it: true and false as conditions write them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _basis(data: Data) -> LegalBasis:
    number = _text(data, "number", "căn cứ pháp lý")
    return LegalBasis(number, str(data.get("title", "")))


def _each(data: Data, key: str, read: Callable[[Data], T]) -> tuple[T, ...]:
    entries = data.get(key, ())
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        message = f"Mục “{key}” phải là danh sách."
        raise BadDefinition(message)
    return tuple(read(_said(entry) if isinstance(entry, Mapping) else entry) for entry in entries)


def _words(data: Data, key: str) -> tuple[str, ...]:
    entries = data.get(key, ())
    if isinstance(entries, str):
        return (entries,)
    return tuple(str(entry) for entry in entries)


def _condition(data: Data, key: str, default: str) -> str:
    value = data.get(key, default)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value:
        compile_expression(str(value))
    return str(value)


def _choice(kind: type[E], value: Any, where: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(str(one.value) for one in kind)
        message = f"{where}: “{value}” không dùng được; chọn một trong: {known}."
        raise BadDefinition(message) from error


def _link(data: Data, key: str) -> str:
    """Return the address of a page elsewhere: citizens follow it from the portal."""
    address = str(data.get(key, "")).strip()
    if address and not _PAGE_ELSEWHERE.fullmatch(address):
        message = f"“{key}” phải là một địa chỉ bắt đầu bằng https://, không phải “{address[:80]}”."
        raise BadDefinition(message)
    return address


def _whole(data: Data, key: str, usual: int, most: int) -> int:
    number = int(data.get(key, usual))
    if not 0 <= number <= most:
        message = f"“{key}” phải là số từ 0 đến {most}, không phải {number}."
        raise BadDefinition(message)
    return number


def _text(data: Any, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: thiếu mục “{key}”."
        raise BadDefinition(message)
    return value.strip()
