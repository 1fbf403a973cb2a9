"""A pack for tests: a procedure with a fee table and a Word template, and ways to spoil it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from motcua.casework.fees.tests.make import TABLE, publish
from motcua.casework.packs.queries.making import pack_of
from motcua.casework.packs.rules.manifest import sealed
from motcua.casework.packs.rules.names import MANIFEST, SIGNATURE
from motcua.casework.packs.rules.splitting import split
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, FIRST_DAY, NOW, TEXT, make_procedure
from motcua.foundation.files import api as files
from motcua.foundation.papers.tests.make import make_template

CODE, OUTCOME, TODAY = "1.004873", "xac-nhan", date(2026, 1, 5)
WITH_TABLE = TEXT.replace("amount_vnd: 15000", "table: le-phi-xac-nhan")


def make_known() -> None:
    """Let the procedure stand here, in force, with its table and its template."""
    publish(replace(TABLE, valid_from=FIRST_DAY))
    make_procedure(text=WITH_TABLE)
    word = make_template("Xác nhận {{ to_khai.ho_ten }}, số {{ ky.so }}")
    stored = files.keep_file("mau.docx", io.BytesIO(word), by=EDITOR, at=NOW)
    procedures.add_template(
        CODE, OUTCOME, stored, "mau.docx", valid_from=FIRST_DAY, by=EDITOR, at=NOW
    )


def make_pack() -> dict[str, bytes]:
    """Return the pack of what stands here."""
    make_known()
    return pack_of(CODE, on=TODAY)


def plain_pack(text: str = TEXT, **more: bytes) -> dict[str, bytes]:
    """Return a pack of a text without asking the database; `more` by path with `__` for `/`."""
    files_ = {**split(text.format(code=CODE)), **more}
    return sealed(CODE, "Cấp giấy xác nhận tình trạng hôn nhân", files_)


def changed(pack: Mapping[str, bytes], file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the pack with words of one file changed, its manifest made to fit."""
    content = pack[file].decode()
    assert old in content
    kept = {name: one for name, one in pack.items() if name not in {MANIFEST, SIGNATURE}}
    kept[file] = content.replace(old, new).encode()
    return sealed(CODE, "Cấp giấy xác nhận tình trạng hôn nhân", kept)


def with_file(pack: Mapping[str, bytes], file: str, content: bytes) -> dict[str, bytes]:
    """Return the pack with one file more or other, its manifest made to fit."""
    kept = {name: one for name, one in pack.items() if name != MANIFEST}
    return sealed(CODE, "Cấp giấy xác nhận tình trạng hôn nhân", {**kept, file: content})


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these entries, whatever they are called."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()
