"""Import records of documents that another system kept."""

import gzip
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import ImportInto, Record, Taken, Unread
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.spreadsheets import csv_lines

_WORDS = {
    Taken.NEW: "mới nhập",
    Taken.KNOWN: "đã nhập lần trước",
    Taken.SAME: "trùng với văn bản đã có",
}
_REFUSED = "từ chối"
_HEAD = ("tệp", "dòng", "kết quả", "văn bản", "mã", "lý do")
_SHOWN = 20


@dataclass(slots=True)
class _Told:
    """What became of everything so far, and where each line of it is written."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[object, ...]] = field(default_factory=list)

    def tell(self, *line: object) -> None:
        """Note one line of a file: file, number, outcome, how it is named, code, why."""
        self.counts[str(line[2])] += 1
        self.lines.append(line)


class Command(BaseCommand):
    """Take over what is not held yet; what is refused is named and nothing of it is lost."""

    help = "Nhập văn bản từ hệ thống cũ (JSONL, CSV; nén gzip cũng được) để tra cứu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the files, the agency and the name of where they come from."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="TỆP")
        parser.add_argument("--agency", required=True, metavar="MÃ", help="cơ quan giữ văn bản")
        parser.add_argument(
            "--source",
            default="hệ thống cũ",
            metavar="TÊN",
            help="tên hệ thống cũ; nhập lại cùng tên thì không thêm văn bản nào hai lần",
        )
        parser.add_argument("--report", type=Path, metavar="TỆP.csv", help="ghi kết quả từng dòng")
        parser.add_argument("--check", action="store_true", help="chỉ đọc thử, không nhập")

    def handle(
        self,
        *_args: object,
        paths: Sequence[Path],
        agency: str,
        source: str,
        report: Path | None,
        check: bool,
        **_options: object,
    ) -> None:
        """Import file by file, and say what became of all lines."""
        told = _Told()
        try:
            into = documents.import_target(agency, source, at=now())
        except Anticipated as error:
            raise CommandError(str(error)) from error
        for path in paths:
            with _opened(path) as lines:
                _import(path.name, lines, None if check else into, told)
        self._summarise(told, is_check=check)
        if report is not None:
            _write(report, told.lines)

    def _summarise(self, told: _Told, *, is_check: bool) -> None:
        refused = [line for line in told.lines if line[2] == _REFUSED]
        for file, number, _, _, _, why in refused[:_SHOWN]:
            self.stderr.write(f"{file}, dòng {number}: {why}")
        if len(refused) > _SHOWN:
            more = len(refused) - _SHOWN
            self.stderr.write(f"… và {more} dòng khác; ghi đủ bằng --report TỆP.csv")
        words = [*_WORDS.values(), _REFUSED] if not is_check else ["đọc được", _REFUSED]
        figures = ", ".join(f"{told.counts[word]} {word}" for word in words)
        self.stdout.write(f"{sum(told.counts.values())} dòng: {figures}.")


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """Open a file of text, packed or not; a mark in front and wrong letters do not stop it."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield lines
    except (OSError, EOFError) as error:
        raise CommandError(f"Không đọc được tệp {path.name}: {error}") from error


def _import(name: str, lines: Iterable[str], into: ImportInto | None, told: _Told) -> None:
    records = _read(name, lines, told)
    while batch := list(islice(records, documents.BATCH)):
        if into is None:
            for record in batch:
                told.tell(name, record.line, "đọc được", documents.shown(record), "", "")
            continue
        outcomes = documents.import_records(batch, into, by=SYSTEM, at=now())
        for record, outcome in zip(batch, outcomes, strict=True):
            named = documents.shown(record)
            told.tell(name, record.line, _WORDS[outcome.taken], named, outcome.code, outcome.why)


def _read(name: str, lines: Iterable[str], told: _Told) -> Iterator[Record]:
    """Yield what can be read; tell of what cannot."""
    today = local_day(now())
    for number, raw in documents.rows_of(name, lines):
        if isinstance(raw, Unread):
            told.tell(name, number, _REFUSED, "", "", raw.reason)
            continue
        try:
            yield documents.read_record(number, raw, today)
        except BadInput as error:
            told.tell(name, number, _REFUSED, "", "", str(error))


def _write(path: Path, lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(chain([_HEAD], lines)))
