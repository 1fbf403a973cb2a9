"""Show with whom messages are exchanged; enter a partner and its certificate."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.exchange.api import (
    CounterpartIn,
    CounterpartShown,
    Delivery,
    Way,
    add_certificate,
    certificate_in,
    counterparts_on_record,
    set_counterpart,
)
from motcua.foundation.access.api import Power
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated

OPERATOR = replace(
    SYSTEM,
    name="Quản trị máy chủ (dòng lệnh)",
    province_powers=frozenset({Power.EDIT_ORGANISATION}),
)


class Command(BaseCommand):
    """Without --set list the partners; with it enter one."""

    help = "Đối tác liên thông: xem danh sách; khai báo đối tác và chứng thư của họ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--set", metavar="MÃ", help="khai báo hoặc sửa đối tác mang mã này")
        parser.add_argument("--name", metavar="TÊN", default="")
        parser.add_argument("--way", choices=Way.values, default=Way.PEER, help="đường truyền")
        parser.add_argument(
            "--codes", nargs="+", default=[], metavar="MÃ", help="cơ quan đối tác nói thay"
        )
        parser.add_argument("--address", default="", metavar="https://…")
        parser.add_argument("--client-ref", default="", metavar="TÊN", help="tên của ta ở đó")
        parser.add_argument(
            "--pulled", action="store_true", help="đối tác tự đến lấy (ta không gọi được tới họ)"
        )
        parser.add_argument("--fetch", action="store_true", help="ta tự đến lấy ở đối tác")
        parser.add_argument("--certificate", type=Path, metavar="TỆP", help="chứng thư của họ")

    def handle(self, *_args: object, **options: Any) -> None:
        """Enter what is said, then show the list."""
        if options["set"]:
            try:
                self._enter(options, OPERATOR)
            except Anticipated as error:
                raise CommandError(str(error)) from error
        for one in counterparts_on_record():
            self.stdout.write(line_of(one))

    def _enter(self, options: dict[str, Any], by: Actor) -> None:
        at = now()
        given = CounterpartIn(
            code=options["set"],
            name=options["name"] or options["set"],
            way=Way(options["way"]),
            codes=tuple(options["codes"]),
            address=options["address"],
            client_ref=options["client_ref"],
            delivery=Delivery.PULL if options["pulled"] else Delivery.PUSH,
            is_fetched=options["fetch"],
            valid_from=local_day(at),
        )
        set_counterpart(given, by=by, at=at)
        if options["certificate"] is None:
            return
        content = options["certificate"].read_bytes()
        known = {
            certificate.sha256
            for one in counterparts_on_record()
            if one.row.code == given.code
            for certificate in one.certificates
            if certificate.ended_at is None
        }
        if certificate_in(content).sha256 not in known:
            add_certificate(given.code, content, by=by, at=at)


def line_of(one: CounterpartShown) -> str:
    """Return a partner in a few lines."""
    row = one.row
    state = "thôi dùng" if row.ended_at else "đang lỗi" if row.is_failing else "đang dùng"
    lines = [f"{row.code}: {row.name} ({row.get_way_display()}, {state})"]
    lines.append(f"  cơ quan: {', '.join(row.codes)}; địa chỉ: {row.address or '–'}")
    lines += [
        f"  chứng thư {certificate.sha256} đến {certificate.not_after:%d/%m/%Y}"
        for certificate in one.certificates
        if certificate.ended_at is None
    ]
    lines.append(f"  chờ gửi {one.waiting}, gửi không được {one.failed}")
    return "\n".join(lines)
