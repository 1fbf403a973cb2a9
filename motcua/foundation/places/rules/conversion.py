"""The official table of old and new communes of 1 July 2025, read into rows.

The table is many-to-many: a new commune stands once for each old one it took land from. Its notes
say how, in two dozen spellings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.foundation.places.choices import PlaceChange, PlaceKind
from motcua.lib.text import exact, fold, tidy

from .rows import LinkRow, PlaceList, PlaceRow

REFORM_DAY = date(2025, 7, 1)
BEFORE_REFORM = REFORM_DAY - timedelta(days=1)
BASIS = "Nghị quyết 202/2025/QH15; các nghị quyết của UBTVQH về sắp xếp ĐVHC cấp xã năm 2025"
COLUMNS = 8
CODE_LENGTH = 5
_KINDS = {
    "xa": PlaceKind.COMMUNE,
    "phuong": PlaceKind.WARD,
    "thi tran": PlaceKind.TOWN,
    "dac khu": PlaceKind.SPECIAL_ZONE,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table in tidy words; `old_code` is empty where a whole district went."""

    province: tuple[str, str]
    name: str
    code: str
    old_name: str
    old_code: str
    note: str
    district: tuple[str, str]
    old_province: tuple[str, str]


def read_conversion(rows: Iterable[Sequence[str]], *, since: date) -> PlaceList:
    """Return the places before and after 1 July 2025 and what links them.

    Old places are taken as valid from `since`, because the table does not say when they began.
    Source: docs/law/organisation.md
    """
    lines = list(_lines(rows))
    kept = [line for line in lines if line.old_code and goes_on(line.note)]
    continuing = {line.old_code: line.code for line in kept}
    provinces = _provinces(lines)
    return PlaceList(
        places=[
            *_old_provinces(lines, provinces, since),
            *_old_districts(lines, since),
            *_old_communes(lines, since),
            *_new_provinces(lines, provinces),
            *_new_communes(lines, {new: old for old, new in continuing.items()}),
        ],
        links=[*_province_links(lines), *_district_links(lines), *_links(lines, continuing)],
        doubts=_doubts(lines),
    )


def goes_on(note: str) -> bool:
    """Say whether the note means that the old place itself goes on, perhaps under another name."""
    words = fold(tidy(note))
    if words.startswith(("giu nguyen", "phan con lai", "sap xep toan bo xa")):
        return True
    return words.startswith(("doi ten", "doi loai hinh")) and "mot phan" not in words


def change_of(note: str, *, old_goes_on: bool) -> PlaceChange:
    """Return how land of an old place came to a new one, from the note in any of its spellings."""
    words = fold(tidy(note))
    if "mot phan" in words:
        return PlaceChange.PART if old_goes_on else PlaceChange.SPLIT
    return PlaceChange.RENAME if words.startswith("sap xep") else PlaceChange.MERGE


def kind_of(name: str) -> PlaceKind:
    """Return the kind of a commune-level place from the first word of its full name."""
    words = fold(name)
    found = [kind for word, kind in _KINDS.items() if words.startswith(f"{word} ")]
    return found[0] if found else PlaceKind.COMMUNE


def name_and_code(cell: str) -> tuple[str, str]:
    """Take “Tỉnh Điện Biên (11)” apart."""
    name, _, code = tidy(cell).rpartition("(")
    return name.strip(), code.rstrip(") ")


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[_Line]:
    """Yield the rows that name a new commune; headings of provinces and of columns do not."""
    for row in rows:
        cells = [tidy(cell) for cell in row]
        if len(cells) < COLUMNS or not (cells[2].isdigit() and len(cells[2]) == CODE_LENGTH):
            continue
        yield _Line(
            province=name_and_code(cells[0]),
            name=cells[1],
            code=cells[2],
            old_name=cells[3],
            old_code=cells[4],
            note=cells[5],
            district=name_and_code(cells[6]),
            old_province=name_and_code(cells[7]),
        )


def _usual(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each code the name it most often stands with."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name, code in pairs:
        counted[code][name] += 1
    return {code: names.most_common(1)[0][0] for code, names in counted.items() if code}


def _provinces(lines: Sequence[_Line]) -> set[str]:
    """Return the codes of provinces that went on under their name and code."""
    old = _usual(line.old_province for line in lines)
    new = _usual(line.province for line in lines)
    return {code for code, name in new.items() if exact(old.get(code, "")) == exact(name)}


def _old_provinces(lines: Sequence[_Line], going_on: set[str], since: date) -> Iterator[PlaceRow]:
    for code, name in sorted(_usual(line.old_province for line in lines).items()):
        end = None if code in going_on else BEFORE_REFORM
        yield PlaceRow(code, name, PlaceKind.PROVINCE, "", since, end)


def _new_provinces(lines: Sequence[_Line], going_on: set[str]) -> Iterator[PlaceRow]:
    for code, name in sorted(_usual(line.province for line in lines).items()):
        if code not in going_on:
            yield PlaceRow(code, name, PlaceKind.PROVINCE, "", REFORM_DAY, basis=BASIS)


def _old_districts(lines: Sequence[_Line], since: date) -> Iterator[PlaceRow]:
    provinces = {line.district[1]: line.old_province[1] for line in lines}
    for code, name in sorted(_usual(line.district for line in lines).items()):
        yield PlaceRow(code, name, PlaceKind.DISTRICT, provinces[code], since, BEFORE_REFORM)


def _old_communes(lines: Sequence[_Line], since: date) -> Iterator[PlaceRow]:
    names = _usual((line.old_name, line.old_code) for line in lines)
    districts = {line.old_code: line.district[1] for line in lines}
    for code, name in sorted(names.items()):
        yield PlaceRow(code, name, kind_of(name), districts[code], since, BEFORE_REFORM)


def _new_communes(lines: Sequence[_Line], continues: Mapping[str, str]) -> Iterator[PlaceRow]:
    names = _usual((line.name, line.code) for line in lines)
    provinces = {line.code: line.province[1] for line in lines}
    for code, name in sorted(names.items()):
        yield PlaceRow(
            code,
            name,
            kind_of(name),
            provinces[code],
            REFORM_DAY,
            basis=BASIS,
            continues=continues.get(code, ""),
        )


def _province_links(lines: Sequence[_Line]) -> Iterator[LinkRow]:
    """Link each old province to the one that took most of it, unless it went on."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        counted[line.old_province[1]][line.province[1]] += 1
    going_on = _provinces(lines)
    for old, new in sorted(counted.items()):
        if old and old not in going_on:
            heir = new.most_common(1)[0][0]
            yield LinkRow(old, heir, PlaceChange.MERGE, REFORM_DAY, BASIS)


def _district_links(lines: Sequence[_Line]) -> Iterator[LinkRow]:
    """A district ended without successor, except the islands that became special zones."""
    islands = {line.district[1] for line in lines if not line.old_name}
    for code in sorted({line.district[1] for line in lines} - islands):
        yield LinkRow(code, "", PlaceChange.ABOLISH, REFORM_DAY, BASIS)


def _links(lines: Sequence[_Line], continuing: Mapping[str, str]) -> Iterator[LinkRow]:
    for line in lines:
        if line.old_code and continuing.get(line.old_code) != line.code:
            kind = change_of(line.note, old_goes_on=line.old_code in continuing)
            yield LinkRow(line.old_code, line.code, kind, REFORM_DAY, BASIS)
        elif not line.old_name:
            yield LinkRow(line.district[1], line.code, PlaceChange.RENAME, REFORM_DAY, BASIS)


def _doubts(lines: Sequence[_Line]) -> list[str]:
    """Say which codes stand beside two different names; the more frequent name is taken."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines:
        names[line.old_code].setdefault(exact(line.old_name), line.old_name)
        names[line.old_province[1]].setdefault(exact(line.old_province[0]), line.old_province[0])
    doubts = [
        f"Mã {code} đứng cạnh nhiều tên: {', '.join(spelt.values())}."
        for code, spelt in sorted(names.items(), key=lambda one: one[0])
        if code and len(spelt) > 1
    ]
    return doubts + [
        f"{line.old_name} không có mã." for line in lines if line.old_name and not line.old_code
    ]
