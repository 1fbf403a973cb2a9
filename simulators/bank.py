"""A bank, played: it reads VietQR codes, “transfers” money, tells of it, and writes statements.

`python -m simulators.bank FOLDER` shows a page that plays the app of the payer's bank; the
accounts that receive are whatever the codes name. `POST /faults` makes it misbehave.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from hmac import new as keyed
from html import escape
from pathlib import Path
from threading import RLock, Thread
from time import sleep
from urllib.parse import quote, urlencode, urlsplit

from motcua.lib.clock import HANOI, local, local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.httpclient import AddressRefused, Bounds, NoAnswer, ask
from motcua.lib.money import in_dong
from motcua.lib.text import whole_number
from motcua.lib.vietqr import Transfer, bank_name, read_payload

from .bank_statements import KINDS, Line
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

BANK, ACCOUNT = "970405", "3800201000001"
SECRET = "khoa-ngan-hang-minh-hoa-dien-bien"  # noqa: S105 -- of a play
TRIES, PAUSE_S, PATIENCE_S = 4, 0.5, 10.0
NOTICES = "/ngan-hang/bao-co/"
FAULTS = {
    "": "Chạy bình thường: báo có ngay, sao kê đủ",
    "late": "Báo có muộn",
    "doubled": "Báo có hai lần cùng lúc",
    "signature": "Báo có sai chữ ký",
    "silent": "Không báo có, chỉ có trong sao kê",
    "future": "Báo có ghi ngày ở tương lai",
    "twice": "Sao kê ghi mỗi dòng hai lần",
    "missing": "Sao kê thiếu dòng cuối",
}


class Bank:
    """What came in, kept in a file from one start to the next, and the fault that is on."""

    def __init__(self, folder: Path, *, site: str, late_s: float) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "transfers.json"
        self._lock = RLock()
        self.site, self.late_s, self.fault = site.rstrip("/"), late_s, ""
        self.told: list[str] = []
        self.lines: list[Line] = []
        if self._path.exists():
            self.lines = [Line(**one) for one in json.loads(self._path.read_text())]

    def take(self, transfer: Transfer, words: str, payer: str) -> Line:
        """Book a transfer and tell the owner of the account."""
        with self._lock:
            at = local(now()).replace(microsecond=0)
            ref = f"FT{at:%y%m%d}{len(self.lines) + 1:06d}"
            amount = transfer.amount_vnd or 0
            line = Line(ref, transfer.account, amount, words, payer, at.isoformat())
            self.lines.append(line)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps([asdict(one) for one in self.lines]))
            beside.replace(self._path)
        for _ in range({"silent": 0, "doubled": 2}.get(self.fault, 1)):
            Thread(target=self._tell, args=(line, self.fault), daemon=True).start()
        return line

    def statement(self, account: str, day: date) -> Sequence[Line]:
        """Return the lines of an account on a day, with the fault that is on."""
        lines = [one for one in self.lines if (one.account, one.day) == (account, day)]
        if self.fault == "twice":
            return [copy for one in lines for copy in (one, one)]
        return lines[:-1] if self.fault == "missing" else lines

    def _tell(self, line: Line, fault: str) -> None:
        if fault == "late":
            sleep(self.late_s)
        body = json.dumps(notice_of(line, fault)).encode()
        for number in range(TRIES):
            said = called(f"{self.site}{NOTICES}", body)
            with self._lock:
                self.told.append(f"{line.ref} → {said or 'không trả lời'}")
            if said.get("code") in ("00", "02"):
                return
            sleep(PAUSE_S * 2**number)


def notice_of(line: Line, fault: str) -> dict[str, str]:
    """Return what is told of a line, signed."""
    at = line.moment + timedelta(days=1 if fault == "future" else 0)
    said = {
        "account": line.account,
        "amount": f"{line.amount}",
        "bank": BANK,
        "booked_at": f"{at.astimezone(HANOI):%Y%m%d%H%M%S}",
        "payer_name": line.payer,
        "ref": line.ref,
        "words": line.words,
    }
    joined = "|".join(said[one] for one in sorted(said))
    digest = keyed(SECRET.encode(), joined.encode(), sha256).hexdigest()
    return {**said, "signature": digest[::-1] if fault == "signature" else digest}


def called(address: str, body: bytes) -> dict[str, str]:
    """Call the owner of the account; nothing if it does not answer in JSON."""
    bounds = Bounds(frozenset({urlsplit(address).netloc}), total_s=PATIENCE_S, allows_private=True)
    headers = {"Content-Type": "application/json"}
    try:
        said = ask("POST", address, bounds=bounds, body=body, headers=headers).json()
    except (NoAnswer, AddressRefused):
        return {}
    return {str(a): str(b) for a, b in said.items()} if isinstance(said, dict) else {}


def answer(bank: Bank, asked: Asked) -> Said:
    """Answer one request."""
    if asked.path in ("/faults", "/loi"):
        name = asked.body.decode() if asked.path == "/faults" else asked.form.get("fault", "")
        bank.fault = name if name in FAULTS else ""
        return as_json({"fault": bank.fault}) if asked.path == "/faults" else going_to("/")
    if asked.path == "/sao-ke":
        return statement(bank, asked)
    if asked.path == "/chuyen-khoan/":
        return transfer_page(asked.query.get("ma", "").strip(), asked.query.get("ve", ""))
    if asked.path == "/chuyen" and asked.method == "POST":
        return transferred(bank, asked.form)
    if asked.path == "/lines":
        return as_json({"lines": [asdict(one) for one in bank.lines], "told": bank.told})
    return as_page("Ngân hàng minh họa", home(bank))


def transfer_page(payload: str, back: str = "") -> Said:
    """Show what a code asks for, as the app of a bank does."""
    title = "Chuyển khoản bằng mã VietQR"
    try:
        found = read_payload(payload)
    except BadInput as error:
        body = f"<p class='bad'>{escape(str(error))}</p><p><a href='/'>Nhập mã khác</a>"
        return as_page(title, body, 400)
    amount = "" if found.amount_vnd is None else f"{found.amount_vnd}"
    sum_words = in_dong(found.amount_vnd) if found.amount_vnd is not None else ""
    return as_page(
        title,
        f"<p class='sum'>{sum_words}</p><dl><dt>Ngân hàng nhận</dt><dd>"
        f"{escape(bank_name(found.bank_bin) or found.bank_bin)}</dd><dt>Tài khoản</dt>"
        f"<dd>{escape(found.account)}</dd></dl><form method='post' action='/chuyen'>"
        f"<input type='hidden' name='ma' value='{escape(payload)}'>"
        "<label>Số tiền (đồng) <input name='so_tien' inputmode='numeric' "
        f"value='{amount}' required></label><label>Nội dung <input name='noi_dung' maxlength='140' "
        f"value='{escape(found.purpose)}'></label><label>Người chuyển "
        "<input name='nguoi' value='NGUYEN THI LAN' maxlength='70'></label>"
        f"<input type='hidden' name='ve' value='{escape(back)}'>"
        "<button class='main'>Chuyển tiền</button></form>",
    )


def transferred(bank: Bank, form: dict[str, str]) -> Said:
    """Do what the payer pressed."""
    try:
        found = asked_for(form)
    except BadInput as error:
        return as_page("Chuyển khoản", f"<p class='bad'>{escape(str(error))}</p>", 400)
    amount = whole_number(form.get("so_tien", "").replace(".", ""))
    if not amount:
        return as_page("Chuyển khoản", "<p class='bad'>Số tiền không đúng.</p>", 400)
    words, payer = form.get("noi_dung", "").strip(), form.get("nguoi", "").strip()
    line = bank.take(replace(found, amount_vnd=amount), words, payer)
    return as_page(
        "Chuyển khoản",
        f"<p class='told'>Đã chuyển {in_dong(line.amount)} tới tài khoản {escape(line.account)}. "
        f"Số tham chiếu {line.ref}.</p>{way_back(bank, form.get('ve', ''))}"
        "<p><a href='/'>Trang đầu của ngân hàng</a>",
    )


def way_back(bank: Bank, path: str) -> str:
    """Return a link to the page of the site from which the payer came, or words to go there."""
    if not path.startswith("/") or path.startswith("//"):
        return "<p>Quay lại trang của cơ quan để xem kết quả.</p>"
    return f"<p><a href='{escape(bank.site + path)}'>Về trang nộp tiền</a></p>"


def asked_for(form: dict[str, str]) -> Transfer:
    """Return the transfer of a code, or of an account that was typed. Raises: BadInput."""
    account = form.get("tai_khoan", "").replace(" ", "")
    return Transfer(BANK, account) if account else read_payload(form.get("ma", ""))


def statement(bank: Bank, asked: Asked) -> Said:
    """Return a statement as a file."""
    account = asked.query.get("tai-khoan", ACCOUNT)
    kind = KINDS.get(asked.query.get("kieu", "csv"))
    try:
        day = date.fromisoformat(asked.query.get("ngay") or local_day(now()).isoformat())
    except ValueError:
        kind = None
        day = local_day(now())
    if kind is None:
        return as_page("Sao kê", "<p class='bad'>Không có kiểu sao kê hoặc ngày này.</p>", 404)
    write, media, suffix = kind
    name = quote(f"sao-ke-{account}-{day:%Y%m%d}.{suffix}")
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Said(200, media, write(account, day, bank.statement(account, day)), headers)


def home(bank: Bank) -> str:
    """Return the page of the bank."""
    accounts = sorted({ACCOUNT, *(one.account for one in bank.lines)})
    today = local_day(now())
    files = "".join(
        f"<li>{account}: "
        + " · ".join(
            f"<a href='/sao-ke?{urlencode({'tai-khoan': account, 'ngay': today, 'kieu': kind})}'>"
            f"{kind}</a>"
            for kind in KINDS
        )
        for account in accounts
    )
    lines = "".join(
        f"<article>{escape(one.ref)} · {datetime.fromisoformat(one.at):%d/%m/%Y %H:%M} · "
        f"{in_dong(one.amount)} → {escape(one.account)}<br>{escape(one.words)} · "
        f"{escape(one.payer)}</article>"
        for one in list(reversed(bank.lines))[:60]
    )
    told = "".join(f"<li>{escape(one)}" for one in bank.told[-20:])
    return (
        "<section><h2>Đóng vai người trả tiền</h2><form action='/chuyen-khoan/'>"
        "<label>Nội dung mã VietQR (bắt đầu bằng 000201)"
        "<textarea name='ma' rows='3' required></textarea></label>"
        "<button class='main'>Quét mã</button></form>"
        "<h2>Hoặc gõ tay</h2><form method='post' action='/chuyen'>"
        "<label>Số tài khoản nhận <input name='tai_khoan' inputmode='numeric' required></label>"
        "<label>Số tiền (đồng) <input name='so_tien' inputmode='numeric' required></label>"
        "<label>Nội dung <input name='noi_dung' maxlength='140'></label>"
        "<label>Người chuyển <input name='nguoi' value='LO THI LAN' maxlength='70'></label>"
        "<button>Chuyển tiền</button></form></section>"
        f"{faults_form(FAULTS, bank.fault)}"
        f"<section><h2>Sao kê hôm nay</h2><ul>{files}</ul></section>"
        f"<section><h2>Tiền đã vào</h2>{lines or '<p>Chưa có.</p>'}<ul>{told}</ul></section>"
    )


def main() -> None:
    """Serve until told to stop."""
    options = arguments("Ngân hàng (mô phỏng).")
    bank = Bank(options.folder, site=options.site, late_s=options.late)

    def made(_root: str) -> Callable[[Asked], Said]:
        if options.tell:
            tell_secrets(options.tell, {"banks": {BANK: {"secret": SECRET}}})
        return lambda asked: answer(bank, asked)

    serve(made, options.port)


if __name__ == "__main__":
    main()
