"""From the files of a pack to what they say, with complaints by file and line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from motcua.casework.fees.api import TableIn
from motcua.casework.forms.api import parse_form
from motcua.casework.packs.errors import BadPack, Fault
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import parse_process
from motcua.lib.decisions import read_dmn
from motcua.lib.errors import Anticipated

from .archives import Folders
from .manifest import Manifest, read_manifest
from .names import FEES, FORM, PARTS, PROCEDURE, PROCESS, TABLE, TEMPLATE, TEXTS, Files
from .splitting import joined
from .texts import data_of

_QUOTED = re.compile(r"(?:“([^”]+)”|\b(\w+) →)")
_TABLE_KEYS = {"name", "valid_from", "basis", "basis_on", "basis_issuer", "examples"}
_WRONG_TYPE = "có mục ghi sai kiểu dữ liệu (số, chữ, danh sách hoặc bảng): {}."
_TYPES = (AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Pack:
    """One procedure on its way between provinces: its text, fee tables, Word templates."""

    head: Manifest
    files: Files = field(repr=False)
    definition: Definition = field(repr=False)
    tables: tuple[TableIn, ...] = ()

    @property
    def code(self) -> str:
        """Return the code of the procedure."""
        return self.head.code

    @property
    def text(self) -> str:
        """Return the structured text."""
        return joined(self.files)

    @property
    def templates(self) -> Mapping[str, bytes]:
        """Return the Word template of each outcome that has one."""
        found = ((TEMPLATE.fullmatch(name), name) for name in self.files)
        return {match[1]: self.files[name] for match, name in found if match}


def read_packs(folders: Folders) -> list[Pack]:
    """Return every pack, or none. Raises: BadPack with all that is wrong in all of them."""
    packs, faults = [], list[Fault]()
    for folder, files in folders.items():
        try:
            packs.append(read_pack(files))
        except BadPack as error:
            way = "" if folder == "." else f"{folder}/"
            faults += [Fault(f"{way}{one.file}", one.words, one.line) for one in error.faults]
    codes = [pack.code for pack in packs]
    faults += [
        Fault(code, "có hai gói cùng mã.") for code in {c for c in codes if codes.count(c) > 1}
    ]
    if faults:
        raise BadPack(*faults)
    return packs


def read_pack(files: Files) -> Pack:
    """Return what the files of one pack say. Raises: BadPack."""
    head = read_manifest(files)
    found = _Faults()
    texts = {file: found.of(partial(data_of, file, files[file])) for file in TEXTS if file in files}
    for file, data in texts.items():
        found.faults += _misplaced(file, data)
    found.raise_any()
    found.say(FORM, files, lambda: _parsed(texts, FORM, parse_form))
    found.say(PROCESS, files, lambda: _parsed(texts, PROCESS, parse_process))
    found.raise_any()
    definition = found.say(PROCEDURE, files, lambda: procedures.parse_text(joined(files)))
    tables = [found.of(partial(_table, code, files)) for code in _codes_of_tables(files)]
    if definition is not None:
        found.faults += _mismatched(head, definition, files)
    found.raise_any()
    return Pack(head, files, definition, tuple(tables))


class _Faults:
    """What is wrong so far: all of it is told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def of(self, read: Callable[[], Any]) -> Any:
        """Return what was read, None with the faults kept."""
        try:
            return read()
        except BadPack as error:
            self.faults += error.faults
            return None

    def say(self, file: str, files: Files, read: Callable[[], Any]) -> Any:
        """Return what was read, None with the complaint and its place in the file kept."""
        try:
            return read()
        except Anticipated as error:
            words = str(error)
        except _TYPES as error:
            words = _WRONG_TYPE.format(error)
        self.faults.append(Fault(file, words, line_of(words, files.get(file, b""))))
        return None

    def raise_any(self) -> None:
        if self.faults:
            raise BadPack(*self.faults)


def line_of(words: str, content: bytes) -> int:
    """Return the first line with a word that a complaint quotes, 0 if there is none."""
    lines = content.decode(errors="replace").splitlines()
    for word in filter(None, (one for pair in _QUOTED.findall(words) for one in pair)):
        for number, line in enumerate(lines, 1):
            if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line):
                return number
    return 0


def _parsed(texts: Mapping[str, Any], file: str, parse: Callable[[Any], Any]) -> None:
    if data := texts.get(file):
        parse(data[PARTS[file]])


def _misplaced(file: str, data: Mapping[str, Any] | None) -> Iterator[Fault]:
    """Yield the top-level parts that belong into another file."""
    if data is None:
        return
    wanted = PARTS.get(file)
    if wanted and set(data) != {wanted}:
        yield Fault(file, f"tệp này chỉ có một mục “{wanted}”.", 1)
    for inner, part in PARTS.items():
        if not wanted and part in data:
            yield Fault(file, f"mục “{part}” phải nằm trong tệp {inner}.")


def _mismatched(head: Manifest, definition: Definition, files: Files) -> Iterator[Fault]:
    if definition.code != head.code:
        words = f"mã thủ tục là “{definition.code}”, bản kê ghi “{head.code}”."
        yield Fault(PROCEDURE, words, line_of(words, files[PROCEDURE]))
    if definition.name != head.name.strip():
        words = f"tên thủ tục khác tên trong bản kê (“{head.name[:80]}”); hãy lập lại bản kê."
        yield Fault(PROCEDURE, words, line_of("“name”", files[PROCEDURE]))
    outcomes = {one.code for one in procedures.outcome_specs(definition)}
    for name in files:
        match = TEMPLATE.fullmatch(name)
        if match and match[1] not in outcomes:
            yield Fault(name, f"thủ tục không có kết quả mã “{match[1]}”.")
    used = {line.table for line in definition.fees if line.table}
    for code in _codes_of_tables(files):
        if code not in used:
            yield Fault(f"{FEES}/{code}.yaml", "không khoản thu nào của thủ tục dùng bảng này.")


def _codes_of_tables(files: Files) -> list[str]:
    return sorted({match[1] for name in files if (match := TABLE.fullmatch(name))})


def _table(code: str, files: Files) -> TableIn:
    """Return one fee table. Raises: BadPack."""
    plain, model = f"{FEES}/{code}.yaml", f"{FEES}/{code}.dmn"
    for name in (plain, model):
        if name not in files:
            raise BadPack(Fault(name, "thiếu tệp này; mỗi bảng thu gồm một tệp .dmn và một .yaml."))
    data = data_of(plain, files[plain])
    if strange := sorted(set(data) - _TABLE_KEYS):
        raise BadPack(
            Fault(plain, f"có mục lạ “{strange[0]}”.", line_of(f"“{strange[0]}”", files[plain]))
        )
    try:
        read = read_dmn(files[model])
    except Anticipated as error:
        raise BadPack(Fault(model, str(error))) from error
    try:
        return TableIn(
            code=code,
            name=str(data["name"]),
            model=read,
            valid_from=_day(data["valid_from"]),
            basis=str(data["basis"]),
            basis_on=_day(data["basis_on"]) if data.get("basis_on") else None,
            basis_issuer=str(data.get("basis_issuer", "")),
            examples=[dict(one) for one in data.get("examples", ())],
        )
    except _TYPES as error:
        raise BadPack(Fault(plain, _WRONG_TYPE.format(error))) from error


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
