"""What pages about a procedure's version show: its summary, the place of an error, differences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import DUTIES
from motcua.channels.kit.words import number
from motcua.foundation.calendar import api as calendar
from motcua.lib.clock import local_day, now

CONTEXT = 3
MOST_LINES = 20_000
LONG = 2_000  # lines; of more, those that often repeat are not followed: that takes minutes
LINE = re.compile(r"dòng (\d+)")
PART = re.compile(r"“([^”]+)”")
TONES = {
    procedures.VersionState.PUBLISHED: "ok",
    procedures.VersionState.DRAFT: "info",
    procedures.VersionState.UNCLEAR: "soon",
    procedures.VersionState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: its number, a sign (+, − or blank) and what it says."""

    number: int
    sign: str
    text: str


def place_of(message: str, source: str) -> Sequence[Line]:
    """Return the lines around the one that a complaint names, by number or by a word of it."""
    lines = source.splitlines()
    wrong = _line_named(message, lines)
    if wrong is None:
        return ()
    first = max(1, wrong - 2)
    around = lines[first - 1 : wrong + 2]
    return [
        Line(place, "→" if place == wrong else "", text)
        for place, text in enumerate(around, start=first)
    ]


def _line_named(message: str, lines: Sequence[str]) -> int | None:
    if found := LINE.search(message):
        return min(int(found[1]), len(lines)) or None
    for word in PART.findall(message):
        for place, text in enumerate(lines, start=1):
            if word in text:
                return place
    return None


def differences(old: str, new: str) -> list[list[Line]]:
    """Return what changed between two texts, in groups with a few lines around."""
    before, after = old.splitlines()[:MOST_LINES], new.splitlines()[:MOST_LINES]
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > LONG)
    return [list(_changes(group, before, after)) for group in matcher.get_grouped_opcodes(CONTEXT)]


def _changes(
    group: Sequence[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[Line]:
    for tag, old_from, old_to, new_from, new_to in group:
        if tag == "equal":
            yield from (Line(place + 1, "", after[place]) for place in range(new_from, new_to))
            continue
        yield from (Line(place + 1, "−", before[place]) for place in range(old_from, old_to))
        yield from (Line(place + 1, "+", after[place]) for place in range(new_from, new_to))


def facts_of(definition: procedures.Definition) -> list[tuple[str, str]]:
    """Return the few facts by which a version is known at a glance."""
    return [
        ("Lĩnh vực", definition.sector_name),
        ("Cấp thực hiện", definition.level.label),
        ("Mức độ trực tuyến", definition.service_level.label),
        ("Nộp trực tuyến", definition.filing_mode.label),
        ("Tiếp nhận tại tỉnh", "Có" if definition.can_be_filed else "Không"),
    ]


def limits_of(definition: procedures.Definition) -> list[tuple[str, str]]:
    """Return each case with its limit per channel, in words."""
    return [
        (
            case.name,
            "; ".join(
                f"{channel.label}: {calendar.in_words(limit)}"
                for channel, limit in case.limits.items()
            )
            or case.limit_words
            or "Không quy định",
        )
        for case in definition.cases
    ]


def fees_of(definition: procedures.Definition) -> list[tuple[str, str]]:
    """Return each fee with its amount, in words."""
    on = local_day(now())
    found = [
        (
            f"{fee.kind.label}: {fee.name}" + _by_table(fee.table),
            fees.amount_words(fee, on=on),
        )
        for fee in definition.fees
    ]
    return found or [("Phí, lệ phí", definition.fee_words or "Không")]


def _by_table(code: str) -> str:
    return f", theo bảng “{fees.name_of_table(code)}”" if code else ""


def papers_of(definition: procedures.Definition) -> list[dict[str, str]]:
    """Return the papers as the list component wants them."""
    return [
        {"name": paper.name, "note": paper.note or counted(paper), "word": paper.handling.label}
        for paper in definition.papers
    ]


def counted(paper: procedures.PaperSpec) -> str:
    """Return how many originals and copies are asked for."""
    parts = [(paper.originals, "bản chính"), (paper.copies, "bản sao")]
    return ", ".join(f"{number(count)} {word}" for count, word in parts if count)


def steps_of(definition: procedures.Definition) -> list[dict[str, str]]:
    """Return the steps of the process as the list component wants them."""
    if definition.process is None:
        return []
    return [
        {"title": step.name, "text": f"{step.kind.label} · {DUTIES.get(step.duty, step.duty)}"}
        for step in definition.process.steps
    ]


class ShownDoubt(NamedTuple):
    """One point that is unclear: what it is, its words, what they may mean, where to settle it."""

    what: str
    words: str
    hint: str
    key: str


def doubts_of(version: procedures.ProcedureVersion) -> list[ShownDoubt]:
    """Return what is unclear in an imported version."""
    return [
        ShownDoubt(
            str(procedures.Doubt(one["doubt"]).label),
            one.get("words", ""),
            one.get("hint", ""),
            procedures.key_of(one),
        )
        for one in version.unclear
    ]


def concerns_of(doubt: Mapping[str, Any], definition: procedures.Definition) -> str:
    """Return the ways of filing and the cases that a doubt is about."""
    channels = [procedures.FilingChannel(one).label for one in doubt.get("channels", [])]
    codes = doubt.get("cases", [])
    cases = [case.name for case in definition.cases if case.code in codes]
    return "; ".join(filter(None, [", ".join(channels), ", ".join(cases)])) or "toàn thủ tục"


# The fields of the source in which the answer to a doubt is usually found.
_TELLING = {
    "cach_thuc_thuc_hien": "Cách thức thực hiện",
    "trinh_tu_thuc_hien": "Trình tự thực hiện",
    "thanh_phan_ho_so": "Thành phần hồ sơ",
    "yeu_cau_dieu_kien": "Yêu cầu, điều kiện",
}


def original_of(version: procedures.ProcedureVersion) -> list[tuple[str, str]]:
    """Return the words of the source that help to settle a doubt; other sources give all."""
    words = dict(version.original.get("words", {}))
    telling = [(name, words[key]) for key, name in _TELLING.items() if words.get(key)]
    return telling or [(str(key), str(said)) for key, said in words.items() if said]
