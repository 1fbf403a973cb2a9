"""What leads to a version and comes after it: questions that find the case, results renewed.

A renewal stands in the result it renews; here renewals are a list, each with how long its result
holds. What is answered is shown and read as lines; a line that nobody changed stays as it was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from motcua.casework.forms.api import FieldKind, fields_in, pages_in
from motcua.casework.procedures.errors import BadDefinition, DraftMoved
from motcua.lib.expressions import BadExpression, compile_expression, names_in
from motcua.lib.text import tidy

from .entries import Entry, entries_of

MOST_CHOICES = 20
TRUTHS = {"có": "true", "không": "false"}
_STRANGE = "Mục “renewal” viết khác thường; hãy sửa ở trang soạn văn bản có cấu trúc."
_RENEWAL, _MONTHS = "renewal", "validity_months"
_OF_RESULT = frozenset({"code", "name", _MONTHS})
# Where an answer of the visitor decides something before anything is filed.
_CONDITIONS: Mapping[str, Sequence[str]] = {
    "cases": ("when",),
    "papers": ("required",),
    "fees": ("when", "exempt_when", "quantity"),
    "derived": ("value",),
}
_NO_ANSWERS = frozenset({"channel", "case", "filed_on", "authority", "applicant", "objections"})
_ANSWERED_BY_WORD = frozenset(
    {FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.TEXT}
)
_LITERAL = re.compile(r'"([^"]*)"|\b(true|false|\d+)\b')
_COMPARED = (
    r'(?<![\w.]){name}(?![\w.(])(?:\s*!?=\s*("[^"]*"|true\b|false\b|\d+\b)|\s+in\s*\(([^)]*)\))?'
)


class Compared(NamedTuple):
    """With what the conditions compare a name.

    `is_open` if also with what cannot be listed; `others` are answers the form has beside them.
    """

    values: tuple[str, ...]
    is_open: bool
    label: str = ""
    others: tuple[str, ...] = ()

    @property
    def is_truth(self) -> bool:
        """Say whether it is answered with yes or no."""
        known = {*self.values, *self.others}
        return not self.is_open and bool(known) and known <= {*TRUTHS.values()}

    @property
    def usable(self) -> list[str]:
        """Return the answers that there are, each once."""
        truths = TRUTHS.values() if self.is_truth else ()
        return list(dict.fromkeys((*self.values, *self.others, *truths)))

    def told(self) -> list[str]:
        """Return the answers as people write them."""
        return [*TRUTHS] if self.is_truth else self.usable


def renewals_in(parts: Entry) -> list[Entry]:
    """Return the renewals of the results. Raises: BadDefinition for what pages cannot show."""
    found: list[Entry] = []
    for one in entries_of("outcomes", parts.get("outcomes")):
        renewal = one.get(_RENEWAL)
        if renewal and not isinstance(renewal, Mapping):
            raise BadDefinition(_STRANGE)
        if renewal:
            result = {"code": str(one.get("code", "")), "name": str(one.get("name", ""))}
            found.append({**renewal, **result, _MONTHS: one.get(_MONTHS)})
    return found


def kept_renewals(entries: Sequence[Entry], parts: Entry) -> dict[str, Any]:
    """Return the part of the results with these renewals and no others.

    Raises: BadDefinition for two of one result, DraftMoved if the result is gone.
    """
    codes = [str(one["code"]) for one in entries]
    if len(set(codes)) < len(codes):
        raise BadDefinition("Kết quả này đã có cách gia hạn; hãy sửa dòng ấy thay vì thêm.")
    results = entries_of("outcomes", parts.get("outcomes"))
    if {*codes} - {str(one.get("code", "")) for one in results}:
        raise DraftMoved("Kết quả này không còn; có lẽ người khác vừa bỏ.")
    renewed = dict(zip(codes, entries, strict=True))
    return {"outcomes": [_with(one, renewed.get(str(one.get("code", "")))) for one in results]}


def _with(result: Entry, renewal: Entry | None) -> Entry:
    if renewal is None:
        return {name: value for name, value in result.items() if name != _RENEWAL}
    months = renewal.get(_MONTHS)
    said = {name: value for name, value in renewal.items() if name not in _OF_RESULT}
    return {**result, **({} if months is None else {_MONTHS: months}), _RENEWAL: said}


def compared_in(data: Entry) -> dict[str, Compared]:
    """Return the names that a question may be about, with what conditions compare them.

    Raises: BadDefinition for a part that pages cannot show.
    """
    unasked = {one["code"] for one in entries_of("derived", data.get("derived"))}
    unasked |= _NO_ANSWERS | _found_later(data.get("findings"))
    told = list(_conditions(data))
    fields = {
        str(field.get("name", "")): field
        for page in pages_in(data.get("form"))
        for field in fields_in(page)
    }
    names = dict.fromkeys(
        name
        for _, names in told
        for name in sorted(names)
        if "." not in name and name not in unasked
    )
    return {
        name: _compared(name, told, fields.get(name, {}))
        for name in names
        if _is_answered_by_word(fields.get(name, {}))
    }


def _found_later(findings: Any) -> set[str]:
    """Return the names of what visits and councils find: nobody can answer them beforehand."""
    lists = findings.values() if isinstance(findings, Mapping) else ()
    rows = [one for each in lists if isinstance(each, list) for one in each]
    return {str(one.get("name")) for one in rows if isinstance(one, Mapping)}


def _conditions(data: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each condition that can be read, with the names it asks for."""
    for part, keys in _CONDITIONS.items():
        for one in entries_of(part, data.get(part)):
            for words in (one.get(key) for key in keys):
                if isinstance(words, str) and words:
                    try:
                        compile_expression(words)
                    except BadExpression:
                        continue
                    yield words, names_in(words)


def _is_answered_by_word(field: Entry) -> bool:
    return str(field.get("kind", FieldKind.TEXT)) in _ANSWERED_BY_WORD


def _compared(name: str, told: Sequence[tuple[str, frozenset[str]]], field: Entry) -> Compared:
    pattern = re.compile(_COMPARED.format(name=re.escape(name)))
    values, is_open = [], False
    for words, names in told:
        for found in pattern.finditer(words) if name in names else ():
            told_with = found[1] or found[2] or ""
            values += [text or bare for text, bare in _LITERAL.findall(told_with)]
            is_open = is_open or not told_with
    others = [str(one["value"]) for one in field.get("options") or () if "value" in one]
    if field.get("kind") == FieldKind.YES_NO:
        others = [*TRUTHS.values()]
    label = str(field.get("label", ""))
    return Compared(tuple(dict.fromkeys(values)), is_open and not others, label, tuple(others))


def choice_lines(choices: Any, *, is_truth: bool = False) -> str:
    """Return the answers to choose from, a line for each; true as “có” where `is_truth`."""
    found = choices if isinstance(choices, Sequence) else ()
    return "\n".join(_line(one, is_truth=is_truth) for one in found if isinstance(one, Mapping))


def _line(choice: Entry, *, is_truth: bool = False) -> str:
    value = _value(choice)
    words = next((told for told, one in TRUTHS.items() if one == value), value)
    return tidy(f"{words if is_truth else value} = {choice.get('label', '')}")


def _value(choice: Entry) -> str:
    value = choice.get("value", "")
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_choices(text: str, before: Any, compared: Compared | None) -> list[dict[str, Any]]:
    """Return the answers that lines say, on top of what they were.

    Raises: BadDefinition naming the line, or the answer that no condition knows.
    """
    rows = [tidy(row) for row in text.splitlines() if row.strip()]
    if not 1 < len(rows) <= MOST_CHOICES:
        raise BadDefinition(f"Hãy ghi từ 2 đến {MOST_CHOICES} câu trả lời, mỗi dòng một câu.")
    known = [one for one in before or () if isinstance(one, Mapping)]
    found = [_choice(at, row, known, compared) for at, row in enumerate(rows, start=1)]
    for key, words in (("value", "Giá trị"), ("label", "Lời")):
        said = [str(one[key]) for one in found]
        if twice := next((one for one in said if said.count(one) > 1), ""):
            raise BadDefinition(f"{words} “{twice}” ghi hai lần; mỗi dòng phải khác nhau.")
    if compared is not None:
        _check_values([_value(one) for one in found], compared)
    return found


def _choice(at: int, row: str, known: Sequence[Entry], compared: Compared | None) -> dict[str, Any]:
    is_truth = compared is not None and compared.is_truth
    lines = {_line(one, is_truth=told): one for one in known for told in (False, is_truth)}
    if row in lines:
        return dict(lines[row])
    value, _, label = (part.strip() for part in row.partition("="))
    if not value or not label:
        raise BadDefinition(f"Dòng {at}: hãy ghi “giá trị = lời người dân đọc”.")
    if is_truth:
        value = TRUTHS.get(value.lower(), value)
    before = next((one for one in known if _value(one) == value), {})
    return {**before, "value": value, "label": label}


def _check_values(values: Sequence[str], compared: Compared) -> None:
    """Raises: BadDefinition for an answer that nothing asks for.

    Where the form does not list them, one beside all that are asked for stands for the rest.
    """
    asked = compared.usable
    strange = [one for one in values if one not in asked]
    is_listed = compared.is_truth or bool(compared.others)
    is_rest = len(strange) == 1 and not is_listed and {*compared.values} <= {*values}
    if strange and asked and not compared.is_open and not is_rest:
        told = ", ".join(compared.told())
        raise BadDefinition(f"Không có gì hỏi tới “{strange[0]}”. Giá trị dùng được: {told}.")
