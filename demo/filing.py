"""The ward's work files: two yearly lists, files being filled, due and handed over."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from motcua.casework.documents.api import Document, State
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import ItemIn, ItemKind, LineIn, WorkFile
from motcua.foundation.files import api as files
from motcua.foundation.papers.api import DocumentKind as Kind
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated

from .cast import Cast
from .duties import Stage
from .moments import after
from .press import Sheet, printed
from .registry import home

A_YEAR, DUE_IN = timedelta(days=365), timedelta(days=30)
PDF = "application/pdf"
SHEETS = (Kind.PROPOSAL, Kind.NOTICE, Kind.REPORT)
WORDS = ("Tờ trình", "Biên bản làm việc", "Báo cáo kết quả")


class Listed(NamedTuple):
    """One line of the yearly list."""

    symbol: str
    heading: str
    title: str
    years: int
    unit: str
    doer: str


LINES: Sequence[Listed] = (
    Listed("01.VP", "Văn phòng", "Hồ sơ cải cách hành chính", 20, "VP", "VP-02"),
    Listed("02.VP", "Văn phòng", "Hồ sơ tiếp công dân, giải quyết đơn thư", 20, "VP", "VP-02"),
    Listed("03.VP", "Văn phòng", "Hồ sơ giao ban, họp định kỳ", 10, "VP", "VP-01"),
    Listed("01.KT", "Kinh tế", "Hồ sơ phòng, chống thiên tai", 20, "KT", "KT-02"),
    Listed("02.KT", "Kinh tế", "Hồ sơ dự toán, quyết toán ngân sách", 999, "KT", "KT-02"),
    Listed("03.KT", "Kinh tế", "Hồ sơ giao thông, hạ tầng bản, tổ dân phố", 70, "KT", "KT-02"),
    Listed("01.VX", "Văn hóa – Xã hội", "Hồ sơ trợ giúp xã hội", 20, "VHXH", "VHXH-02"),
    Listed("02.VX", "Văn hóa – Xã hội", "Hồ sơ y tế, dân số", 10, "VHXH", "VHXH-02"),
    Listed("03.VX", "Văn hóa – Xã hội", "Hồ sơ lễ hội, hoạt động văn hóa", 10, "VHXH", "VHXH-02"),
)


def fill_work_files(cast: Cast, at: datetime) -> int:
    """Put two yearly lists in force and fill files; once. Return how many files were opened."""
    stage, year = Stage(cast, at), local_day(at).year
    if workfiles.find_list(home().id, year) is not None:
        return 0
    ended = local_day(at) + DUE_IN - A_YEAR
    then = datetime.combine(ended, at.timetz()) - timedelta(days=20)
    _set_list(stage, then.year, then)
    if then.year != year:
        _set_list(stage, year, stage.ago(40))
    old = _fill_old(stage, ended, then)
    now = [_fill(stage, one) for one in LINES if one.doer != "VP-01"]
    return old + len(now)


def _set_list(stage: Stage, year: int, at: datetime) -> None:
    hoa = stage.who("LD-01")
    workfiles.open_list(home().id, year, by=hoa, at=at)
    for one in LINES:
        who = stage.who(one.doer)
        line = LineIn(
            one.symbol,
            f"{one.title} năm {year}",
            one.years,
            stage.unit(one.unit),
            heading=one.heading,
            person_name=who.name,
            account_id=who.id,
        )
        workfiles.write_line(home().id, year, line, by=hoa, at=at)
    number = f"{12 + year % 10}/QĐ-UBND"
    workfiles.approve_list(home().id, year, number, local_day(at), by=hoa, at=at)


def _open(stage: Stage, one: Listed, year: int, at: datetime) -> WorkFile:
    listed = workfiles.find_list(home().id, year)
    lines = workfiles.lines_of(listed) if listed else []
    line = next(found for found in lines if found.symbol == one.symbol)
    new = workfiles.FileIn(line.title, one.years, line.unit_id, line_id=line.pk)
    return workfiles.open_file(new, by=stage.who(one.doer), at=at)


def _fill(stage: Stage, one: Listed) -> WorkFile:
    """Open a file of this year and put in what its person may know of: documents of the unit."""
    doer, at = stage.who(one.doer), stage.ago(6)
    made = _open(stage, one, local_day(stage.at).year, at)
    place = [line.symbol for line in LINES if line.unit == one.unit].index(one.symbol)
    held = Document.objects.filter(
        agency_id=home().id, state__in=[State.DONE, State.DIRECTED, State.ISSUED]
    ).order_by("registered_at")
    for code in list(held.values_list("code", flat=True))[place::3]:
        try:
            workfiles.put_in(made.code, ItemIn(ItemKind.DOCUMENT, code), by=doer, at=stage.ago(2))
        except Anticipated:  # another unit's document: nobody puts in what he may not see
            continue
    return made


def _fill_old(stage: Stage, ended: date, at: datetime) -> int:
    """Leave files of a year ago: one due in thirty days, one offered, one with the archive."""
    codes = [_closed(stage, one, ended, at) for one in LINES if one.unit == "KT"]
    huong, van = stage.who("KT-01"), stage.who("VP-03")
    given = workfiles.offer(codes[:1], by=huong, at=stage.ago(5))
    workfiles.accept(given.code, by=van, at=stage.ago(4))
    workfiles.offer(codes[1:2], by=huong, at=stage.ago(1))
    return len(codes)


def _closed(stage: Stage, one: Listed, ended: date, at: datetime) -> str:
    made, doer = _open(stage, one, at.year, at), stage.who(one.doer)
    for number, words in enumerate(WORDS):
        day = ended - timedelta(days=15 - number * 4)
        sheet = Sheet(
            "Phòng Kinh tế", str(number + 1), "KT", day, SHEETS[number], one.title, doer.name
        )
        stored = files.keep_bytes(printed(sheet), PDF, by=SYSTEM, at=at)
        item = ItemIn(
            ItemKind.FILE,
            title=f"{words} về {one.title.lower()}",
            day=day,
            pages=1,
            file=stored,
            file_name=f"{number + 1}.pdf",
        )
        workfiles.put_in(made.code, item, by=doer, at=after(at, number * 60))
    workfiles.close_file(made.code, ended, by=doer, at=datetime.combine(ended, at.timetz()))
    return made.code
