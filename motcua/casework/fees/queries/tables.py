"""Read fee tables, and decide by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from motcua.casework.fees.choices import TableState
from motcua.casework.fees.errors import NoSuchTable
from motcua.casework.fees.models import FeeTable, FeeTableVersion
from motcua.casework.fees.rules.deciding import (
    FeeDecision,
    amounts_in,
    decide_by,
    model_of,
    reasons_in,
)
from motcua.casework.procedures.api import TableNamed
from motcua.lib.decisions import CompiledModel, Model, compile_model

_FRESH_SECONDS = 5.0
_Index = Mapping[str, Sequence[tuple[date, date | None, int]]]
_Names = Mapping[str, str]
_kept: list[tuple[float, _Index, _Names]] = []


@dataclass(frozen=True, slots=True)
class Decided:
    """What a table says, and which version of it."""

    table: str
    version_id: int
    version: int
    decision: FeeDecision
    name: str

    @property
    def rule_words(self) -> str:
        """Return by which rows of which version it was decided, as people find them again."""
        return f"{self.name}, phiên bản {self.version}: {self.decision.row_words}"


@dataclass(frozen=True, slots=True)
class _Published:
    number: int
    model: Model
    compiled: CompiledModel
    basis: str


def decide(code: str, facts: Mapping[str, Any], *, on: date) -> Decided:
    """Return the amount that the table in force on that day sets.

    `facts` are those of the dossier; the table may also ask for `on`. From memory: which version
    is in force is read again every few seconds. Raises: NoSuchTable, NoAnswer, Contradiction.
    """
    version_id = _in_force(code, on)
    published = _published(version_id)
    known = {**facts, "on": on}
    decision = decide_by(published.compiled, known, basis=published.basis)
    name = name_of_table(code)
    return Decided(code, version_id, published.number, decision, name)


def _in_force(code: str, on: date) -> int:
    for start, end, version_id in _index().get(code, ()):
        if start <= on and (end is None or on <= end):
            return version_id
    message = f"Chưa có mức thu “{code}” có hiệu lực ngày {on:%d/%m/%Y}."
    raise NoSuchTable(message)


def name_of_table(code: str) -> str:
    """Return the title of a published table, as people know it; of any other its code.

    From memory, as which version is in force.
    """
    return _fresh()[1].get(code, code)


def _index() -> _Index:
    return _fresh()[0]


def _fresh() -> tuple[_Index, _Names]:
    """Return what is published of each table, and their titles."""
    if _kept and monotonic() - _kept[0][0] < _FRESH_SECONDS:
        return _kept[0][1:]
    rows = FeeTableVersion.objects.filter(state=TableState.PUBLISHED).order_by("-valid_from")
    index: dict[str, list[tuple[date, date | None, int]]] = {}
    names: dict[str, str] = {}
    columns = ("table__code", "table__name", "valid_from", "valid_to", "id")
    for code, name, start, end, id_ in rows.values_list(*columns):
        index.setdefault(code, []).append((start, end, id_))
        names[code] = name
    _kept[:] = [(monotonic(), index, names)]
    return index, names


def forget_kept() -> None:
    """Read again which versions are in force."""
    _kept.clear()


@lru_cache(maxsize=1024)
def _published(version_id: int) -> _Published:
    """Return a published version; kept in memory, for it never changes."""
    number, model, basis = FeeTableVersion.objects.values_list("number", "model", "basis").get(
        pk=version_id
    )
    read = model_of(model)
    return _Published(number, read, compile_model(read), basis)


def amounts_on(code: str, *, on: date) -> tuple[int, ...]:
    """Return the amounts that the table in force may set; none if they are reckoned or unknown."""
    try:
        model = _published(_in_force(code, on)).model
    except NoSuchTable:
        return ()
    return amounts_in(model)


def reasons_on(code: str, *, on: date) -> tuple[str, ...]:
    """Return the words by which the rows in force say how they reckon; none if unknown."""
    try:
        model = _published(_in_force(code, on)).model
    except NoSuchTable:
        return ()
    return reasons_in(model)


def complaint_about(named: TableNamed) -> str:
    """Return why a line of a procedure cannot be charged by the table it names, or nothing."""
    start = f"Khoản thu “{named.line}” dùng bảng thu “{named.table}”, nhưng"
    if not FeeTable.objects.filter(code=named.table).exists():
        return f"{start} không có bảng nào mang mã ấy; hãy sửa mã, hoặc lập và công bố bảng trước."
    try:
        _in_force(named.table, named.on)
    except NoSuchTable:
        return (
            f"{start} bảng ấy không có phiên bản nào có hiệu lực ngày {named.on:%d/%m/%Y}; hãy công"
            " bố bảng cho ngày ấy, hoặc đổi ngày hiệu lực của thủ tục."
        )
    return ""


def get_table(code: str) -> FeeTable:
    """Return a table. Raises: NoSuchTable."""
    found = FeeTable.objects.filter(code=code).first()
    if found is None:
        message = f"Không có bảng thu mang mã “{code}”."
        raise NoSuchTable(message)
    return found


def versions_of(code: str) -> list[FeeTableVersion]:
    """Return the versions of a table, the newest first. Raises: NoSuchTable."""
    table = get_table(code)
    return list(FeeTableVersion.objects.filter(table=table).order_by("-number"))


def get_version(code: str, number: int) -> FeeTableVersion:
    """Return one version. Raises: NoSuchTable."""
    found = (
        FeeTableVersion.objects.select_related("table")
        .filter(table__code=code, number=number)
        .first()
    )
    if found is None:
        message = f"Bảng thu “{code}” không có phiên bản {number}."
        raise NoSuchTable(message)
    return found


def draft_of(code: str) -> FeeTableVersion | None:
    """Return the draft of a table, if somebody is writing one."""
    return FeeTableVersion.objects.filter(table__code=code, state=TableState.DRAFT).first()


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table in a list."""

    code: str
    name: str
    in_force: FeeTableVersion | None
    has_draft: bool
    next_version: FeeTableVersion | None = None


def tables_on(on: date) -> list[TableShown]:
    """Return all tables by name, each with the version in force on that day."""
    versions = {one.pk: one for one in FeeTableVersion.objects.defer("model", "examples")}
    index = _index()
    drafts = {one.table_id for one in versions.values() if one.state == TableState.DRAFT}
    found = []
    for table in FeeTable.objects.order_by("sort_key"):
        running = [
            id_
            for start, end, id_ in index.get(table.code, ())
            if start <= on and (end is None or on <= end)
        ]
        shown = versions.get(running[0]) if running else None
        coming = [id_ for start, _, id_ in index.get(table.code, ()) if start > on]
        later = versions.get(coming[-1]) if coming else None
        found.append(TableShown(table.code, table.name, shown, table.pk in drafts, later))
    return found
