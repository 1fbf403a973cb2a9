"""Records of other systems: one line is one document, in the words those systems use.

Source: docs/law/documents.md
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.casework.documents.choices import KINDS, OTHER_KIND
from motcua.lib.errors import BadInput
from motcua.lib.text import fold, tidy

from .arrival import EntryIn, check_open
from .names import split_notation

# What other systems call what a register says; compared without tones, blanks and strokes.
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "ref": ("id", "ma", "mavanban", "khoa"),
    "identifier": ("madinhdanh", "documentid", "identifier"),
    "named": ("sohieu", "sokyhieu", "notation"),
    "number": ("so", "sovanban", "number"),
    "sign": ("kyhieu",),
    "subject": ("tieude", "trichyeu", "trichyeunoidung", "subject"),
    "issued_on": ("ngaybanhanh", "ngayvanban", "issuedon"),
    "arrived_on": ("ngayden",),
    "ordinal": ("soden", "sodi", "soso"),
    "kind": ("loaivanban", "tenloai", "loai", "kind"),
    "issuer": ("coquanbanhanh", "noibanhanh", "tacgia", "issuer"),
    "signer": ("nguoiky", "signer"),
    "title": ("chucvu", "chucvunguoiky"),
    "sphere": ("linhvuc", "nganh"),
    "mark": ("domat", "mucdomat"),
}
_KINDS = {fold(label): kind for kind, label in KINDS if kind != OTHER_KIND}
_DAYS = (
    re.compile(r"^(?P<d>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?$"),
)
_LIMITS = {"subject": 1000, "issuer": 300, "signer": 200, "title": 200, "ref": 100}
_LABELS = {
    "subject": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "signer": "Người ký",
    "title": "Chức vụ người ký",
    "ref": "Mã ở hệ thống cũ",
}
_NUMBER, _NOTATION, _IDENTIFIER, _SPHERE = 11, 60, 150, 100
LONGEST_LINE = 100_000


@dataclass(frozen=True, slots=True)
class Record:
    """One document as another system recorded it, in our words."""

    line: int
    ref: str
    entry: EntryIn
    identifier: str = ""
    arrived_on: date | None = None
    ordinal: str = ""
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """One line that is no record, and why."""

    line: int
    reason: str


def rows_of(name: str, lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, object] | Unread]]:
    """Yield the lines of a file: JSON (an object each) or, by its name, CSV with a head."""
    if ".csv" in name.lower():
        yield from enumerate(csv.DictReader(lines), 2)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(number, line)


def _object(number: int, line: str) -> Mapping[str, object] | Unread:
    if len(line) > LONGEST_LINE:
        return Unread(number, "Dòng quá dài.")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return Unread(number, "Dòng không phải JSON; mỗi dòng là một văn bản trong ngoặc nhọn.")
    return found if isinstance(found, dict) else Unread(number, "Dòng không phải một bản ghi.")


def read_record(line: int, raw: Mapping[str, object], today: date) -> Record:
    """Return what a line says. Raises: BadInput (also SecretDocument) that says what is wrong."""
    told = _told(raw)
    check_open(told["mark"])
    for name, most in _LIMITS.items():
        if len(told[name]) > most:
            raise BadInput(f"{_LABELS[name]} dài hơn {most} ký tự.", field=name)
    if not told["subject"]:
        raise BadInput("Thiếu trích yếu.", field="subject")
    if not told["issuer"]:
        raise BadInput("Thiếu cơ quan ban hành.", field="issuer")
    entry = _entry(told, today)
    return Record(
        line=line,
        ref=told["ref"] or _own_ref(told),
        entry=entry,
        identifier=told["identifier"][:_IDENTIFIER],
        arrived_on=_day(told["arrived_on"], "Ngày đến", today),
        ordinal=told["ordinal"][:30],
        as_written=_written(told),
    )


def _told(raw: Mapping[str, object]) -> dict[str, str]:
    """Return the values by our own names, tidied; the first of several names that has one."""
    plain = {
        re.sub(r"[^a-z0-9]", "", fold(str(name))): tidy(str(value))
        for name, value in raw.items()
        if value is not None
    }
    return {
        ours: next((plain[name] for name in names if plain.get(name)), "")
        for ours, names in _ALIASES.items()
    }


def _written(told: Mapping[str, str]) -> str:
    return told["named"] or "/".join(filter(None, (told["number"], told["sign"])))


def _entry(told: Mapping[str, str], today: date) -> EntryIn:
    parted = split_notation(_written(told))
    if len(parted.number) > _NUMBER or len(parted.notation) > _NOTATION:
        raise BadInput(f"Số, ký hiệu “{_written(told)[:80]}” quá dài.", field="named")
    kind = _KINDS.get(fold(told["kind"]), OTHER_KIND)
    return EntryIn(
        subject=told["subject"],
        issuer_name=told["issuer"],
        kind=kind,
        kind_name="" if kind else (told["kind"] or "Văn bản")[:100],
        number=parted.number,
        notation=parted.notation,
        issued_on=_day(told["issued_on"], "Ngày ban hành", today),
        signer_name=told["signer"],
        signer_title=told["title"],
        sphere=told["sphere"][:_SPHERE],
    )


def _day(text: str, label: str, today: date) -> date | None:
    if not text:
        return None
    found = next((match for pattern in _DAYS if (match := pattern.match(text))), None)
    try:
        day = date(*(int(found[part]) for part in "ymd")) if found else None
    except ValueError:
        day = None
    if day is None:
        raise BadInput(f"{label} “{text[:30]}” không phải một ngày có thật.", field="issued_on")
    if day > today:
        raise BadInput(f"{label} {day:%d/%m/%Y} ở tương lai.", field="issued_on")
    return day


def _own_ref(told: Mapping[str, str]) -> str:
    """Return a name for a record that brings none: the same words give the same name."""
    words = "\n".join(fold(told[name]) for name in sorted(told))
    return hashlib.sha256(words.encode()).hexdigest()[:32]
