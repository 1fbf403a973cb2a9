"""An agency with its archive, and work files at every stage."""

import io
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pypdf import PdfReader

from motcua.casework.documents.tests.make import MONDAY, make_office
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import FileIn, HandOver, ItemIn, LineIn, WorkFile
from motcua.casework.workfiles.operations.reading import index_item
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.files.api import StoredFile
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.text import tidy

TODAY = local_day(MONDAY)
PAPER = "Biên bản làm việc về đường liên bản"


@dataclass(frozen=True, slots=True)
class Office:
    """An agency: Dũng keeps its archive, Hoa heads it, Mai the division, Tuấn works there."""

    agency_id: int
    root_id: int
    registry_id: int
    division_id: int
    dung: Actor
    hoa: Actor
    mai: Actor
    tuan: Actor


def make_agency_office(
    code: str = "H18.101", name: str = "UBND xã Mường Phăng", *, first: int = 601
) -> Office:
    """Return an agency with its people; the clerk keeps the archive too."""
    made = make_office(code, name, first=first)
    powers = dict(made.dung.powers)
    powers[str(Power.RECEIVE_WORK_FILES)] = frozenset([made.registry_id])
    dung = replace(made.dung, powers=powers)
    units = (made.root_id, made.registry_id, made.division_id)
    return Office(made.agency_id, *units, dung, made.hoa, made.mai, made.tuan)


def line(office: Office, symbol: str = "01.KT", **more: object) -> LineIn:
    """Return a line for the yearly list, of the division."""
    values: dict[str, object] = {
        "title": "Hồ sơ đường giao thông nông thôn",
        "retention_years": 20,
        "unit_id": office.division_id,
    }
    return LineIn(symbol, **(values | more))  # type: ignore[arg-type]  # -- dull defaults


def make_file(office: Office, by: Actor | None = None, **more: object) -> WorkFile:
    """Open a file of Tuấn's for a matter nobody foresaw."""
    values: dict[str, object] = {
        "title": "Sửa đường vào bản Hốc",
        "retention_years": 20,
        "unit_id": office.division_id,
        "symbol": "07.KT",
    }
    new = FileIn(**(values | more))  # type: ignore[arg-type]  # -- dull defaults
    return workfiles.open_file(new, by=by or office.tuan, at=MONDAY)


def make_stored(text: str = PAPER) -> StoredFile:
    """Keep a short text as a file."""
    return files.keep_bytes(text.encode(), "text/plain", by=SYSTEM, at=MONDAY)


def paper(title: str = PAPER, **more: object) -> ItemIn:
    """Return a free file with all that the contents must say."""
    values: dict[str, object] = {
        "day": date(2026, 2, 20),
        "pages": 2,
        "file": make_stored(title),
        "file_name": "bien-ban.txt",
    }
    return ItemIn("file", title=title, **(values | more))  # type: ignore[arg-type]  # -- dull defaults


def make_closed(office: Office, **more: object) -> WorkFile:
    """Open a file, put one paper in, and close it."""
    work_file = make_file(office, office.tuan, **more)
    workfiles.put_in(work_file.code, paper(), by=office.tuan, at=MONDAY)
    return workfiles.close_file(work_file.code, TODAY, by=office.tuan, at=MONDAY)


def make_offered(office: Office) -> HandOver:
    """Offer one closed file to the archive."""
    closed = make_closed(office)
    return workfiles.offer([closed.code], by=office.mai, at=MONDAY + timedelta(days=1))


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def read_items(code: str) -> None:
    """Read the files of a work file, as the worker would."""
    for item in workfiles.whole(WorkFile.objects.get(code=code)).items:
        index_item(code, item.seq)


def said_in(pdf: bytes) -> str:
    """Return what a PDF says, with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return tidy(" ".join(page.extract_text() for page in pages))
