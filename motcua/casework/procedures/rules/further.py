"""What a version may say besides the handling itself: a slip to another body, reminders, renewal.

Source: docs/law/further-procedures.md
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.procedures.errors import BadDefinition

_NAMES = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
MOST_DAYS = 120
OLDEST_AGE = 120
MOST_BLOCKS = 20
LONGEST_TITLE = 160  # of a reminder: it is the subject of a message
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SlipBlock:
    """One part of a slip: its heading, and lines with answers in braces."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes to another body so that it can set its dues (phiếu chuyển thông tin).

    It is made in the step that waits for that body; `form` is what the law calls its shape.
    """

    step: str
    to: str
    form: str
    title: str
    blocks: tuple[SlipBlock, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """How an outcome that ends is asked for again: the case, and when its holder is reminded.

    `answers` come over those of the first time; the outcome itself, where it is a file, is handed
    in as the paper `paper`.
    """

    case: str
    days_before: int
    answers: tuple[tuple[str, Any], ...] = ()
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom the province reminds of the procedure before anybody asks: people who reach an age."""

    age: int
    days_before: int
    title: str
    words: str


def read_slip(data: Any) -> Slip | None:
    """Return what a version says of its slip. Raises: BadDefinition."""
    if not data:
        return None
    where = "phiếu chuyển thông tin"
    blocks = tuple(_block(one) for one in _listed(data, "blocks", where))
    if not 0 < len(blocks) <= MOST_BLOCKS:
        message = f"{where}: cần từ 1 đến {MOST_BLOCKS} phần ở mục “blocks”."
        raise BadDefinition(message)
    said = {name: _words(data, name, where) for name in ("step", "to", "title")}
    return Slip(form=str(data.get("form", "")), blocks=blocks, **said)


def _block(data: Any) -> SlipBlock:
    where = "phần của phiếu chuyển thông tin"
    return SlipBlock(
        _words(data, "title", where), tuple(str(one) for one in _listed(data, "lines", where))
    )


def read_renewal(data: Any, outcome: str) -> Renewal | None:
    """Return how an outcome is renewed. Raises: BadDefinition."""
    if not data:
        return None
    where = f"gia hạn của kết quả “{outcome}”"
    answers = data.get("answers", {}) if isinstance(data, Mapping) else None
    if not isinstance(answers, Mapping):
        message = f"{where}: mục “answers” phải là bảng."
        raise BadDefinition(message)
    return Renewal(
        _words(data, "case", where),
        _days(data, where),
        tuple((str(name), value) for name, value in answers.items()),
        str(data.get("paper", "")),
    )


def read_reminder(data: Any) -> Reminder | None:
    """Return whom the version wants to be reminded. Raises: BadDefinition."""
    if not data:
        return None
    where = "nhắc trước"
    return Reminder(
        _whole(data, "age", OLDEST_AGE, where),
        _days(data, where),
        _words(data, "title", where),
        _words(data, "words", where),
    )


def check_reminder(reminder: Reminder | None, cases: Collection[Any]) -> None:
    """Raises: BadDefinition for a reminder that cannot be sent, or prepares no application."""
    if reminder is None:
        return
    if not cases:
        message = "Nhắc trước: chưa có trường hợp nào để soạn sẵn hồ sơ cho người được nhắc."
        raise BadDefinition(message)
    if len(reminder.title) > LONGEST_TITLE:
        message = f"Nhắc trước: tiêu đề dài quá {LONGEST_TITLE} chữ cái."
        raise BadDefinition(message)


def check_further(
    slip: Slip | None,
    renewals: Collection[tuple[str, Renewal | None, int]],
    decisions: Collection[tuple[str, str]],
    *,
    steps: Mapping[str, str],
    cases: Collection[str],
) -> None:
    """Raises: BadDefinition for what names a step or a case that is not there.

    `renewals` are code, renewal and months of each outcome, `decisions` code and step of each;
    `steps` the kind of each step by its code.
    """
    if slip is not None and steps.get(slip.step) != "outside_wait":
        message = f"Phiếu chuyển thông tin: “{slip.step}” không phải là bước chờ cơ quan khác."
        raise BadDefinition(message)
    for code, renewal, months in renewals:
        if renewal is not None and (renewal.case not in cases or not months):
            message = (
                f"Kết quả “{code}”: muốn gia hạn thì phải có “validity_months” và trường hợp"
                f" “{renewal.case}” của chính thủ tục."
            )
            raise BadDefinition(message)
    staged = {step for _, step in decisions if step}
    if staged and not all(step for _, step in decisions):
        message = "Đã có kết quả ghi “decided_in” thì mọi kết quả đều phải ghi ký ở bước nào."
        raise BadDefinition(message)
    strange = sorted(step for step in staged if steps.get(step) != "decision")
    if strange:
        message = f"“decided_in”: {', '.join(strange)} không phải là bước ký quyết định."
        raise BadDefinition(message)


def names_in(slip: Slip) -> list[str]:
    """Return the answers a slip wants, each once, in its order."""
    lines = (line for block in slip.blocks for line in block.lines)
    return list(dict.fromkeys(name for line in lines for name in _NAMES.findall(line)))


def filled(line: str, said: Mapping[str, str]) -> str:
    """Return a line with its answers put in; what was not answered shows as a dash."""
    return _NAMES.sub(lambda found: said.get(found.group(1), "") or "–", line)


def _days(data: Any, where: str) -> int:
    return _whole(data, "days_before", MOST_DAYS, where)


def _whole(data: Any, key: str, most: int, where: str) -> int:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
        message = f"{where}: “{key}” phải là số từ 1 đến {most}."
        raise BadDefinition(message)
    return value


def _words(data: Any, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: thiếu mục “{key}”."
        raise BadDefinition(message)
    return value.strip()


def _listed(data: Any, key: str, where: str) -> Sequence[Any]:
    value = data.get(key, ()) if isinstance(data, Mapping) else None
    if not isinstance(value, Sequence) or isinstance(value, str):
        message = f"{where}: mục “{key}” phải là danh sách."
        raise BadDefinition(message)
    return value
