"""Import the official table of old and new communes."""

import csv
import gzip
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand

from motcua.foundation.places.api import load_places, read_conversion
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now

KNOWN_SINCE = date(2025, 1, 4)


class Command(BaseCommand):
    help = "Nạp bảng chuyển đổi đơn vị hành chính cũ – mới ngày 01/7/2025 (CSV hoặc CSV.gz)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="tệp bảng chuyển đổi")
        parser.add_argument(
            "--since", type=date.fromisoformat, default=KNOWN_SINCE, help="nơi cũ có từ ngày"
        )

    def handle(self, *_args: object, path: Path, since: date, **_options: object) -> None:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = csv.reader(content.decode("utf-8-sig").splitlines(keepends=True))
        found = read_conversion(rows, since=since)
        administrator = replace(SYSTEM, province_powers=frozenset({"organisation.edit"}))
        report = load_places(found, by=administrator, at=now())
        for doubt in found.doubts:
            self.stderr.write(doubt)
        self.stdout.write(
            f"Thêm {report.created}, sửa {report.updated}, giữ nguyên {report.unchanged},"
            f" liên kết {report.linked}."
        )
