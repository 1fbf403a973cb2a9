"""Compare a statement with the books, and say what does not agree."""

import json
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation.api import (
    CHANNELS,
    BadStatement,
    LineIn,
    Mismatch,
    MismatchKind,
    Statement,
    StatementIn,
    read_statement,
    record_waiting,
    result_of,
    take_statement,
)
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated
from motcua.lib.money import in_dong

WRONG_INPUT, DIFFERENCES, MOST_SHOWN = 2, 1, 1000


class Command(BaseCommand):
    """Try a statement, or keep it (--save); the exit code is 1 if anything does not agree."""

    help = "Đối soát một sao kê (CSV, xlsx, MT940, camt.053) hoặc báo cáo của cổng với sổ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("statement", type=Path, metavar="SAO-KÊ", help="tệp sao kê")
        parser.add_argument(
            "--account", default="", help="số tài khoản; dòng của tài khoản khác được nêu tên"
        )
        parser.add_argument(
            "--channel",
            choices=[one.value for one in CHANNELS],
            default="",
            help="kênh; bỏ trống thì sao kê ngân hàng là transfer, báo cáo của cổng là vnpay",
        )
        parser.add_argument("--agency", default="", help="mã cơ quan; bỏ trống thì theo tài khoản")
        parser.add_argument("--save", action="store_true", help="ghi vào sổ; không có thì chỉ thử")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        """Compare and tell."""
        try:
            with options["statement"].open("rb") as content:
                told = self._compared(content, options, now())
        except OSError as error:
            message = f"Không đọc được {options['statement']}: {error.strerror}."
            raise CommandError(message, returncode=WRONG_INPUT) from error
        except Anticipated as error:
            raise CommandError(str(error), returncode=WRONG_INPUT) from error
        lines = [json.dumps(told, ensure_ascii=False, indent=2)] if options["json"] else words(told)
        for line in lines:
            self.stdout.write(line)
        if told["differences"] or told["troubles"]:
            raise SystemExit(DIFFERENCES)

    def _compared(
        self, content: IO[bytes], options: dict[str, Any], at: datetime
    ) -> dict[str, Any]:
        """Take the statement; without --save everything is taken back."""
        channel, account = _what(content, options)
        agency_id = _agency(options["agency"], account)
        if options["save"] and not agency_id:
            whose = account or "(không ghi)"
            raise BadStatement(f"Không biết tài khoản {whose} của cơ quan nào; hãy nêu --agency.")
        given = StatementIn(
            agency_id, channel, options["statement"].name, content, options["account"]
        )
        by = _whoever(agency_id)
        with transaction.atomic():
            statement = take_statement(given, by=by, at=at)
            while not options["save"] and record_waiting(at=at):
                pass
            told = as_plain(statement, is_saved=options["save"])
            transaction.set_rollback(not options["save"])
        while options["save"] and record_waiting(at=at):
            told = as_plain(statement, is_saved=True)
        return told


def _what(content: IO[bytes], options: dict[str, Any]) -> tuple[Channel, str]:
    """Return the channel and account that a file tells by its first line. Raises: BadStatement."""
    reading = read_statement(content, account="")
    first = next((one for one in reading if isinstance(one, LineIn)), None)
    content.seek(0)
    guessed = Channel.VNPAY if reading.is_report else Channel.TRANSFER
    account = options["account"] or (first.account if first else "")
    return Channel(options["channel"] or guessed), account


def _agency(code: str, account: str) -> int:
    """Return the agency named, or whose account it is; 0 if nobody's. Raises: BadStatement."""
    if code:
        agency = organisation.tree().agency_by_code(code)
        if agency is None:
            raise BadStatement(f"Không có cơ quan mang mã “{code}”.")
        return agency.id
    owner = payments.Beneficiary.objects.filter(number=account).order_by("pk").first()
    return owner.agency_id if owner is not None else 0


def _whoever(agency_id: int) -> Actor:
    """Return the operator at the machine, who may do this for that agency."""
    return Actor(
        id=SYSTEM.id,
        name="Người vận hành",
        agency_id=agency_id,
        kind=SYSTEM.kind,
    )


def as_plain(statement: Statement, *, is_saved: bool) -> dict[str, Any]:
    """Return what a statement has come to, as JSON carries it."""
    result = result_of(statement)
    rows = Mismatch.objects.filter(statement_id=statement.pk).select_related("line").order_by("pk")
    return {
        "statement": statement.code if is_saved else "",
        "saved": is_saved,
        "account": statement.account,
        "channel": str(statement.channel),
        "kind": statement.kind,
        "from": statement.first_on.isoformat(),
        "to": statement.last_on.isoformat(),
        "lines": statement.line_count,
        "known": statement.known_count,
        "repeated": statement.repeated_count,
        "came_vnd": statement.came_vnd,
        "went_vnd": statement.went_vnd,
        "matched": result.matched,
        "matched_vnd": result.matched_vnd,
        **result.counts,
        "differences": [_difference(one) for one in rows[:MOST_SHOWN]],
        "troubles": statement.troubles,
    }


def _difference(row: Mismatch) -> dict[str, Any]:
    line = row.line
    return {
        "kind": str(row.kind),
        "row": line.row if line else None,
        "ref": line.ref if line else (row.payment.partner_ref if row.payment else ""),
        "on": row.on.isoformat(),
        "order": row.order_code,
        "here_vnd": row.here_vnd,
        "there_vnd": row.there_vnd,
        "words": line.words if line else "",
    }


def words(told: dict[str, Any]) -> list[str]:
    """Return a result for people."""
    lines = [
        f"Tài khoản {told['account'] or '(không ghi)'}, {told['from']} đến {told['to']}",
        f"{told['lines']} dòng: vào {in_dong(told['came_vnd'])}, ra {in_dong(told['went_vnd'])}",
        f"Khớp: {told['matched']} ({in_dong(told['matched_vnd'])})",
        *(f"{MismatchKind(kind).label}: {told[kind]}" for kind in MismatchKind.values),
        f"Lặp trong tệp: {told['repeated']}; đã có từ trước: {told['known']}",
    ]
    for one in told["differences"]:
        amounts = [
            f"{name} {in_dong(value)}"
            for name, value in (("sổ", one["here_vnd"]), ("sao kê", one["there_vnd"]))
            if value is not None
        ]
        place = f"dòng {one['row']}, " if one["row"] else ""
        lines.append(
            f"  {MismatchKind(one['kind']).label}: {place}{one['ref']} {one['order']} "
            f"({', '.join(amounts)}) {one['words']}".rstrip()
        )
    lines += [f"  Không dùng được: {one}" for one in told["troubles"]]
    done = f"Đã ghi: {told['statement']}."
    return [*lines, done if told["saved"] else "Chỉ thử, chưa ghi gì (--save để ghi)."]
