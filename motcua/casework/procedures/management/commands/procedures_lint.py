"""Say what procedures ask without need, or leave unsaid."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.procedures.api import (
    Finding,
    LintRule,
    RefusedRow,
    SourceBroken,
    Surroundings,
    Weight,
    every_finding,
    get_procedure,
    latest_version,
    lint,
    lint_overview,
    lint_shown,
    lint_version,
    parse_definition,
    published_data,
    published_doubts,
    read_source,
)
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated

Told = tuple[str, Finding]


class Command(BaseCommand):
    """Judge procedures by code, a file of published texts without a database, or all of them."""

    help = "Rà soát thủ tục: giấy tờ đòi thừa, hỏi hai lần, bước không người làm, hạn không rõ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "what", nargs="*", metavar="MÃ|TỆP", help="mã thủ tục, tệp văn bản công bố; bỏ: tất cả"
        )
        parser.add_argument("--json", action="store_true", help="mỗi phát hiện một dòng JSON")
        parser.add_argument("--totals", action="store_true", help="chỉ in số đếm theo loại")

    def handle(self, *_args: object, what: Sequence[str], **options: Any) -> None:
        """Judge and tell; the exit code says nothing of what was found."""
        counted: Counter[tuple[str, str]] = Counter()
        codes: set[str] = set()
        for code, one in self._found(what):
            counted[one.rule, one.weight] += 1
            codes.add(code)
            if options["json"]:
                self.stdout.write(json.dumps({"code": code, **one.as_plain()}, ensure_ascii=False))
            elif not options["totals"]:
                mark = "LỖI" if one.weight == Weight.FAULT else "XEM"
                rule = one.rule.label
                self.stdout.write(f"{code} {mark} {rule}. {one.place}: {one.words} → {one.advice}")
        if not options["json"]:
            self._tell_totals(counted, len(codes))

    def _tell_totals(self, counted: Counter[tuple[str, str]], procedures: int) -> None:
        self.stdout.write(f"{counted.total()} phát hiện ở {procedures} thủ tục.")
        for rule in LintRule:
            faults, looks = counted[rule, Weight.FAULT], counted[rule, Weight.LOOK]
            if faults or looks:
                self.stdout.write(f"  {rule.label}: {faults} lỗi, {looks} nên xem")

    def _found(self, what: Sequence[str]) -> Iterator[Told]:
        if not what:
            lint_shown(at=now())
            self.stderr.write(f"{lint_overview()[0]} thủ tục đã rà soát.")
            yield from ((row.code, one) for row, one in every_finding())
        for word in what:
            path = Path(word)
            yield from in_file(path) if path.is_file() else by_code(word)


def by_code(code: str) -> Iterator[Told]:
    """Yield what is found in the latest version of one procedure."""
    try:
        version = latest_version(get_procedure(code).pk)
        found = lint_version(version, at=now()) if version else []
    except Anticipated as error:
        raise CommandError(str(error)) from error
    yield from ((code, one) for one in found)


def in_file(path: Path) -> Iterator[Told]:
    """Yield what is found in a file of published texts; asks no database."""
    try:
        read = list(read_source(path.read_bytes()))
    except (SourceBroken, OSError) as error:
        raise CommandError(f"{path.name}: {error}") from error
    for published in read:
        if isinstance(published, RefusedRow):
            continue
        try:
            definition = parse_definition(published_data(published))
        except Anticipated as error:
            raise CommandError(f"{published.code}: {error}") from error
        doubts = tuple(published_doubts(published))
        around = Surroundings(local_day(now()), doubts=doubts)
        yield from ((definition.code, one) for one in lint(definition, around))
