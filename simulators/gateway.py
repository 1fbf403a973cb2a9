"""Gateways where people pay, played: VNPAY, one in the shape of VNPT Pay, the national platform.

`python -m simulators.gateway FOLDER` shows a page to pay on for each, answers programs, tells of
payments as those do, and misbehaves when asked to (`POST /faults`, or on its page).
"""

import csv
import json
from collections.abc import Callable, Mapping
from html import escape
from io import StringIO
from threading import Thread
from time import sleep
from urllib.parse import quote, urlencode, urlsplit

from motcua.lib.httpclient import AddressRefused, Answer, Bounds, NoAnswer, ask
from motcua.lib.money import in_dong

from .gateway_bills import FAULTS, OPEN, PAID, SECRET, SHOP, Bill, Bills, stamp
from .gateway_tongues import NATIONAL, TONGUES, VNPAY, Refused, Tongue
from .paying_door import (
    Asked,
    Said,
    arguments,
    as_json,
    as_page,
    faults_form,
    going_to,
    serve,
    tell_secrets,
)

TRIES, PAUSE_S, SLOW_S, PATIENCE_S = 4, 0.5, 15.0, 10.0
ENDS = {"00": "Trả tiền", "51": "Tài khoản không đủ số dư", "24": "Hủy giao dịch"}
STATES = {"open": "chờ trả", "paid": "đã trả", "failed": "không trả"}
LOOK_UP = "/thanh-toan-quoc-gia/tra-cuu/"


class Play:
    """All three gateways at one address."""

    def __init__(self, bills: Bills, *, site: str, late_s: float, root: str) -> None:
        self.bills, self.site, self.late_s, self.root = bills, site.rstrip("/"), late_s, root

    def answer(self, asked: Asked) -> Said:
        """Answer one request."""
        parts = asked.path.strip("/").split("/")
        tongue = TONGUES.get(parts[0])
        if tongue is None or len(parts) == 1:
            return self._house(asked)
        if parts[1] == "bao-cao.csv":
            return report(self.bills, tongue, asked.query.get("ngay", stamp()[:8]))
        if parts[1] == "api":
            return self._program(tongue, asked)
        if self.bills.fault in ("down", "nonsense"):
            return as_page(tongue.title, "<p class='bad'>Hệ thống đang bảo trì.</p>", 503)
        steps: Mapping[str, Callable[[Tongue, Asked], Said]] = {
            "vpcpay.html": self._arrive,
            "thanh-toan": self._pay_page,
            "ket-thuc": self._finish,
            "tra-cuu": self._look_up,
        }
        step = steps.get(parts[1])
        return step(tongue, asked) if step else self._house(asked)

    def _house(self, asked: Asked) -> Said:
        """Show the page of the play, or do what was pressed on it."""
        if asked.path in ("/faults", "/loi"):
            name = asked.body.decode() if asked.path == "/faults" else asked.form.get("fault", "")
            self.bills.fault = name if name in FAULTS else ""
            return as_json({"fault": name}) if asked.path == "/faults" else going_to("/")
        if asked.path == "/bao-lai":
            bill = self.bills.rows.get(asked.form.get("khoa", ""))
            if bill is not None and bill.state != OPEN:
                self.tell(bill, "")
            return going_to("/")
        if asked.path == "/bills":
            return as_json({key: one.told for key, one in self.bills.rows.items()})
        return as_page("Cổng thanh toán", home(self))

    def _program(self, tongue: Tongue, asked: Asked) -> Said:
        """Answer a program, with the fault that is on."""
        fault = self.bills.fault
        if fault == "slow":
            sleep(SLOW_S)
        if fault == "down":
            return as_json({"error": "unavailable"}, 503)
        if fault == "nonsense":
            return as_page(tongue.title, "<p>Hệ thống đang bảo trì.</p>")
        try:
            given = json.loads(asked.body)
            words = {name: value for name, value in given.items() if isinstance(value, str)}
            return as_json(tongue.answer(self.bills, words, self.root))
        except (ValueError, KeyError, AttributeError):
            return as_json({"error": "bad request"}, 400)

    def _arrive(self, tongue: Tongue, asked: Asked) -> Said:
        """Take a payer in who comes with everything in the address."""
        try:
            bill = VNPAY.enter(self.bills, asked.query)
        except (Refused, KeyError, ValueError) as error:
            return as_page(tongue.title, f"<p class='bad'>{escape(str(error))}</p>", 400)
        return going_to(f"/{tongue.slug}/thanh-toan/?{urlencode({'ma': bill.ref})}")

    def _pay_page(self, tongue: Tongue, asked: Asked) -> Said:
        bill = self.bills.find(tongue.slug, asked.query.get("ma", ""))
        if bill is None:
            return as_page(tongue.title, "<p class='bad'>Không có giao dịch này.</p>", 404)
        if bill.state != OPEN:
            return as_page(tongue.title, ended(bill, tongue))
        return as_page(tongue.title, paying(bill, tongue))

    def _finish(self, tongue: Tongue, asked: Asked) -> Said:
        """Take the payer's decision, tell the shop, send the payer back."""
        bill = self.bills.find(tongue.slug, asked.form.get("ma", ""))
        if bill is None or asked.form.get("ket_qua") not in ENDS:
            return as_page(tongue.title, "<p class='bad'>Không có giao dịch này.</p>", 404)
        if self.bills.settle(bill, asked.form["ket_qua"]):
            self.tell(bill, self.bills.fault)
        return going_to(tongue.way_back(bill))

    def _look_up(self, tongue: Tongue, asked: Asked) -> Said:
        """Play the national portal: look a dossier's bill up at the site, and let it be paid."""
        dossier = asked.form.get("ho_so", "").strip()
        question = json.dumps(NATIONAL.question(dossier)).encode()
        answer = called("POST", f"{self.site}{LOOK_UP}", question)
        found = words_in(answer)
        if found.get("error_code") != "0":
            told = found.get("message") or "Không tra cứu được."
            return as_page(tongue.title, f"<p class='bad'>{escape(told)}</p><p><a href='/'>Về</a>")
        bill = self.bills.enter(
            Bill(
                tongue.slug,
                found["MaThamChieu"],
                int(found["SoTien"]),
                found.get("NoiDungThanhToan", ""),
                "",
                SHOP,
                "",
            )
        )
        return going_to(f"/{tongue.slug}/thanh-toan/?{urlencode({'ma': bill.ref})}")

    def tell(self, bill: Bill, fault: str) -> None:
        """Tell the shop in the background, in the way that the fault says."""
        if fault == "silent":
            self.bills.note(bill, "(im lặng)")
            return
        for _ in range(2 if fault == "doubled" else 1):
            Thread(target=self._tell, args=(bill, fault), daemon=True).start()

    def _tell(self, bill: Bill, fault: str) -> None:
        tongue = TONGUES[bill.tongue]
        if fault == "late":
            sleep(self.late_s)
        for number in range(TRIES):
            method, query, body = tongue.letter(bill, fault)
            answer = called(method, self.notice_address(bill, tongue) + query, body)
            said = words_in(answer)
            self.bills.note(bill, f"báo {fault or 'đúng'} → {said or 'không trả lời'}")
            if tongue.is_taken(said):
                return
            sleep(PAUSE_S * 2**number)

    def notice_address(self, bill: Bill, tongue: Tongue) -> str:
        """Return where the shop wants to be told: beside the page to which payers come back."""
        parts = urlsplit(bill.return_url)
        if parts.path.endswith("/tro-ve/"):
            return parts._replace(
                path=f"{parts.path.removesuffix('tro-ve/')}bao-co/", query="", fragment=""
            ).geturl()
        return f"{self.site}/thanh-toan/{tongue.site_slug}/bao-co/"


def called(method: str, address: str, body: bytes) -> Answer | None:
    """Call the shop; None if nobody answers."""
    bounds = Bounds(frozenset({urlsplit(address).netloc}), total_s=PATIENCE_S, allows_private=True)
    headers = {"Content-Type": "application/json"} if body else {}
    try:
        return ask(method, address, bounds=bounds, body=body or None, headers=headers)
    except (NoAnswer, AddressRefused):
        return None


def words_in(answer: Answer | None) -> dict[str, str]:
    """Return the words of an answer in JSON; nothing if it is none."""
    try:
        said = answer.json() if answer else None
    except NoAnswer:
        said = None
    if not isinstance(said, dict):
        return {}
    return {str(name): str(value) for name, value in said.items()}


def report(bills: Bills, tongue: Tongue, day: str) -> Said:
    """Return what a gateway took on a day as its report for shops."""
    out = StringIO()
    table = csv.writer(out)
    heads = ["STT", "Mã giao dịch", "Mã tham chiếu", "Số tiền", "Thời gian thanh toán"]
    table.writerow([*heads, "Trạng thái", "Loại giao dịch"])
    plain = day.replace("-", "")
    rows = [
        *(
            (one, one.number, one.amount, one.paid_at, "Thanh toán")
            for one in bills.paid_on(tongue.slug, plain)
        ),
        *((*given, "Hoàn tiền") for given in bills.returned_on(tongue.slug, plain)),
    ]
    for place, (one, number, amount, at, kind) in enumerate(rows, start=1):
        when = f"{at[6:8]}/{at[4:6]}/{at[:4]} {at[8:10]}:{at[10:12]}:{at[12:]}"
        table.writerow([place, number, one.ref, amount, when, "Thành công", kind])
    name = quote(f"bao-cao-{tongue.slug}-{day}.csv")
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Said(200, "text/csv; charset=utf-8", out.getvalue().encode("utf-8-sig"), headers)


def paying(bill: Bill, tongue: Tongue) -> str:
    """Return the page on which a person pays."""
    buttons = "".join(
        f"<button name='ket_qua' value='{code}'{' class=main' if code == '00' else ''}>"
        f"{escape(words)}</button>"
        for code, words in ENDS.items()
    )
    return (
        f"<p class='sum'>{in_dong(bill.amount)}</p><dl><dt>Nội dung</dt><dd>{escape(bill.words)}"
        f"</dd><dt>Mã tham chiếu</dt><dd>{escape(bill.ref)}</dd></dl>"
        f"<form method='post' action='/{tongue.slug}/ket-thuc/'>"
        f"<input type='hidden' name='ma' value='{escape(bill.ref)}'>{buttons}</form>"
    )


def ended(bill: Bill, tongue: Tongue) -> str:
    """Return what is shown of an attempt that is over."""
    back = (
        f"<p><a href='{escape(bill.return_url)}'>Về trang của cơ quan</a>"
        if bill.return_url
        else ""
    )
    kind = "told" if bill.state == PAID else "bad"
    return (
        f"<p class='{kind}'>Giao dịch {escape(bill.ref)} ({escape(tongue.title)}): "
        f"{STATES[bill.state]}, {in_dong(bill.amount)}.</p>{back}"
    )


def home(play: Play) -> str:
    """Return the page of the play: faults, reports, playing the national portal, attempts."""
    reports = "".join(
        f"<li><a href='/{one.slug}/bao-cao.csv'>{escape(one.title)}: báo cáo hôm nay (CSV)</a>"
        for one in TONGUES.values()
    )
    shown = list(reversed(play.bills.rows.values()))[:60]
    bills = "".join(_shown(one) for one in shown) or "<p>Chưa có giao dịch nào.</p>"
    return (
        f"{faults_form(FAULTS, play.bills.fault)}"
        f"<section><h2>Báo cáo đối soát</h2><ul>{reports}</ul></section>"
        "<section><h2>Đóng vai Cổng dịch vụ công quốc gia</h2>"
        "<form method='post' action='/quoc-gia/tra-cuu/'>"
        "<label>Mã hồ sơ cần trả tiền <input name='ho_so' required></label>"
        "<button>Tra cứu và trả tiền</button></form></section>"
        f"<section><h2>Giao dịch</h2>{bills}</section>"
    )


def _shown(bill: Bill) -> str:
    told = "".join(f"<li>{escape(one)}" for one in bill.told)
    again = (
        "<form method='post' action='/bao-lai'><input type='hidden' name='khoa' value='"
        f"{escape(bill.key)}'><button>Báo lại cho cơ quan</button></form>"
        if bill.state != OPEN
        else ""
    )
    back = sum(bill.refunds.values())
    refunds = f" · đã hoàn {in_dong(back)}" if back else ""
    return (
        f"<article><strong>{escape(TONGUES[bill.tongue].title)} {escape(bill.ref)}</strong><br>"
        f"{in_dong(bill.amount)} · {STATES[bill.state]}{refunds} · {escape(bill.words)}"
        f"<ul>{told}</ul>{again}</article>"
    )


def secrets_at(root: str) -> dict[str, dict[str, str]]:
    """Return what an operator enters to reach this play."""
    us = {"client": SHOP, "secret": SECRET}
    return {
        "vnpay": {
            **us,
            "address": f"{root}/vnpay/vpcpay.html",
            "api": f"{root}/vnpay/api/transaction",
        },
        "vnpt_pay": {**us, "address": root, "api": f"{root}/vnpt-pay/api/v1"},
        "national": {**us, "address": root, "api": f"{root}/quoc-gia/api/v1"},
    }


def main() -> None:
    """Serve until told to stop."""
    options = arguments("Cổng thanh toán (mô phỏng).")
    bills = Bills(options.folder)

    def made(root: str) -> Callable[[Asked], Said]:
        if options.tell:
            tell_secrets(options.tell, secrets_at(root))
        return Play(bills, site=options.site, late_s=options.late, root=root).answer

    serve(made, options.port)


if __name__ == "__main__":
    main()
