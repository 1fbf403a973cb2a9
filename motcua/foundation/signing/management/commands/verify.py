"""Say what the signatures of files are worth."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.foundation.signing.operations.examining import examine, examine_apart, world_at
from motcua.foundation.signing.operations.sealing import report_pdf
from motcua.foundation.signing.rules.examining.own_trust import NoTrustInFile, believing
from motcua.foundation.signing.rules.examining.report import (
    Indication,
    Report,
    SignatureShown,
    World,
)
from motcua.foundation.signing.rules.examining.told import clock
from motcua.lib.clock import HANOI, now

FAILED, UNCERTAIN = 1, 2


class Command(BaseCommand):
    """Answer for each file; the exit code is 0 when all passed, 1 when one failed, else 2."""

    help = "Kiểm tra chữ ký số của tệp PDF, XML, ASiC: ai ký, còn nguyên vẹn, có tin được không."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.epilog = (
            "Mã thoát: 0 mọi tệp đều hợp lệ; 1 có tệp không hợp lệ; 2 chưa kết luận được hoặc"
            " không có chữ ký."
        )
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="TỆP", help="tệp PDF, XML, ASiC-E"
        )
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--offline", action="store_true", help="chỉ dùng những gì đã lưu, không hỏi mạng"
        )
        parser.add_argument(
            "--at", type=moment, metavar="NGÀY", help="xét như vào cuối ngày này (2026-11-22)"
        )
        parser.add_argument(
            "--trust",
            type=Path,
            metavar="TỆP",
            help="chỉ tin các gốc trong tệp này (PEM, DER, P7B)",
        )
        parser.add_argument(
            "--report", type=Path, metavar="TỆP", help="lập biên bản PDF cho tệp được kiểm tra"
        )
        parser.add_argument(
            "--of", type=Path, metavar="TỆP", help="tệp được ký, khi chữ ký XML nằm riêng"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Examine each file and tell."""
        at = options["at"] or now()
        world = world_by(options["trust"], at)
        beside = read(options["of"]) if options["of"] else None
        if options["report"] and len(options["files"]) > 1:
            raise CommandError("Mỗi lần chỉ lập được biên bản cho một tệp.")
        # Of another moment, or of whom only this file makes believe, nobody is asked.
        is_still = options["offline"] or options["at"] or options["trust"]
        reports = [
            (path, examine_apart(read(path), world, beside))
            if is_still
            else (path, examine(read(path), at=at, beside=beside))
            for path in options["files"]
        ]
        if options["json"]:
            plain = [{"file": path.name, **report.plain()} for path, report in reports]
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            for path, report in reports:
                self.stdout.write(told(path, report))
        if options["report"]:
            path, report = reports[0]
            self.save(options["report"], report, name=path.name, as_of=at)
        found = {report.verdict.indication for _, report in reports}
        if Indication.FAILED in found:
            raise SystemExit(FAILED)
        if found != {Indication.PASSED}:
            raise SystemExit(UNCERTAIN)

    def save(self, target: Path, report: Report, *, name: str, as_of: datetime) -> None:
        """Write the report as a paper, with the seal if the policy asks for one."""
        content, trouble = report_pdf(report, name=name, as_of=as_of, at=now())
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error
        if trouble:
            self.stderr.write(f"Biên bản chưa có con dấu: {trouble}")


def world_by(path: Path | None, at: datetime) -> World:
    """Return whom to believe: those of this installation, or of a file. Raises: CommandError."""
    world = world_at(at)
    if path is None:
        return world
    try:
        return believing(read(path), world)
    except NoTrustInFile as error:
        raise CommandError(f"{path} không có chứng thư gốc nào để tin.") from error


def moment(word: str) -> datetime:
    """Return the end of the day in Hà Nội. Raises: ArgumentTypeError."""
    try:
        return datetime.combine(date.fromisoformat(word), time.max, tzinfo=HANOI)
    except ValueError as error:
        raise ArgumentTypeError("hãy ghi ngày dạng 2026-11-22") from error


def read(path: Path) -> bytes:
    """Return the file. Raises: CommandError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error


def told(path: Path, report: Report) -> str:
    """Return the report as a person reads it."""
    lines = [f"{path.name}: {report.verdict.indication} – {report.verdict.words}"]
    for one in report.signatures:
        lines += [f"  {line}" for line in of_signature(one)]
    lines += [f"  Có chữ ký nhưng không đọc được: {name}" for name in report.unreadable]
    lines += [f"  Lưu ý: {words}" for words in report.warnings]
    lines += [f"  {words}" for words in report.asked]
    return "\n".join(lines)


def of_signature(one: SignatureShown) -> Iterator[str]:
    """Yield what there is to say of one signature, line by line."""
    role = f", {one.role}" if one.role else ""
    yield f"{one.field_name}{role}: {one.verdict.indication} {one.verdict.sub}".rstrip()
    yield f"  {one.verdict.words}"
    yield f"  Người ký: {one.signer} ({one.organisation or 'không ghi tổ chức'})"
    yield f"  Nơi cấp chứng thư: {one.issuer}. {one.trust.why}"
    yield f"  Chứng thư lúc ký: {one.then}; lúc xét: {one.now}"
    for held in one.certificates:
        source = f" ({held.known_by})" if held.known_by else ""
        yield f"    {held.role} “{held.name}”: lúc ký {held.then}; lúc xét {held.now}{source}"
    proven = f"{clock(one.proven_at)} ({one.proven_by})" if one.proven_at else "không có"
    yield f"  Giờ ghi trong chữ ký: {clock(one.claimed_at)}; giờ được chứng minh: {proven}"
    form = one.level or "dạng cũ"
    yield f"  {form}; {one.algorithm}; bao phủ {one.covers}"
    yield from (f"  Sau khi ký: {words}" for words in one.changes)
    yield from (f"  Lưu ý: {words}" for words in one.warnings)
