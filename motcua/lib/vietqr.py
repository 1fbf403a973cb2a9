"""VietQR: the text in a QR code by which every bank's app fills in a transfer (EMVCo, NAPAS).

Fields are two digits of name, two of length, then the value; the last is a check sum over all.

Source: docs/law/money.md
"""

import re
from binascii import crc_hqx
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .errors import BadInput
from .text import fold, tidy

GUID: Final = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
LONGEST_PURPOSE, LONGEST_ACCOUNT, LONGEST_AMOUNT = 25, 19, 13
_LONGEST_VALUE, _LONGEST_PAYLOAD = 99, 512
_BIN = re.compile(r"[0-9]{6}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}", re.ASCII)
_CARD = re.compile(r"[0-9]{16}|[0-9]{19}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,13}(?:\.0{0,2})?", re.ASCII)
_HEAD = re.compile(r"[0-9]{4}", re.ASCII)
_PURPOSE = re.compile(r"[ -~]*", re.ASCII)
_NOT_FOR_BANKS = re.compile(r"[^0-9A-Za-z./ -]+", re.ASCII)
_CHECK_SUM = re.compile(r"6304([0-9A-F]{4})", re.ASCII)
_CHECK_SIZE = 8


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer as its payer's bank is told of it; `amount_vnd` None leaves it to the payer."""

    bank_bin: str
    account: str
    amount_vnd: int | None = None
    purpose: str = ""
    bill: str = ""
    is_card: bool = False


def payload_of(transfer: Transfer) -> str:
    """Return the text of the QR code: dynamic with an amount, static without.

    Raises: BadInput, with the field concerned.
    """
    _check(transfer)
    where = _field("00", transfer.bank_bin) + _field("01", transfer.account)
    service = TO_CARD if transfer.is_card else TO_ACCOUNT
    extra = _field("01", transfer.bill) + _field("08", transfer.purpose)
    said = (
        _field("00", "01")
        + _field("01", "11" if transfer.amount_vnd is None else "12")
        + _field("38", _field("00", GUID) + _field("01", where) + _field("02", service))
        + _field("53", "704")
        + _field("54", "" if transfer.amount_vnd is None else f"{transfer.amount_vnd}")
        + _field("58", "VN")
        + _field("62", extra)
        + "6304"
    )
    return said + check_sum(said)


def read_payload(payload: str) -> Transfer:
    """Return the transfer that a QR code asks for.

    Raises: BadInput if it is no VietQR, is damaged, or contradicts itself.
    """
    if len(payload) > _LONGEST_PAYLOAD or not payload.isascii():
        raise BadInput("Mã không phải VietQR: quá dài hoặc có ký tự lạ.")
    found = _CHECK_SUM.fullmatch(payload[-_CHECK_SIZE:])
    if found is None:
        raise BadInput("Mã không phải VietQR: không kết thúc bằng mã kiểm tra 6304….")
    if found[1] != check_sum(payload[:-4]):
        raise BadInput("Mã VietQR sai mã kiểm tra: mã đã bị sửa hoặc quét thiếu.")
    fields = _fields(payload[:-_CHECK_SIZE], "mã VietQR")
    for name, value, words in (
        ("00", "01", "phiên bản 01"),
        ("53", "704", "tiền tệ là đồng Việt Nam (704)"),
        ("58", "VN", "nước là VN"),
    ):
        if fields.get(name) != value:
            raise BadInput(f"Mã VietQR phải ghi {words} ở trường {name}.")
    transfer = _transfer_in(fields)
    _check(transfer)
    return transfer


def check_sum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE as four capital hexadecimal digits."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"


def purpose_of(code: str, words: str = "") -> str:
    """Return what a transfer is for as every bank carries it: the code first, without tones.

    What is longer than a bank's app shows is cut from the words, never from the code.

    Raises: BadInput if the code alone does not fit.
    """
    if len(code) > LONGEST_PURPOSE or _NOT_FOR_BANKS.search(code) or not code:
        raise BadInput(f"Mã “{code}” không đặt vừa nội dung chuyển khoản.", field="purpose")
    bare = without_tones(f"{code} {words}")
    return bare[:LONGEST_PURPOSE].rstrip()


def without_tones(text: str) -> str:
    """Return a text in letters, digits and spaces that every bank carries; case is kept."""
    bare = "".join(
        fold(one).upper() if one.isupper() else fold(one) for one in tidy(text) if one.isprintable()
    )
    return tidy(_NOT_FOR_BANKS.sub(" ", bare))


def bank_name(bank_bin: str) -> str:
    """Return the short name of a bank, or "" if the number is not among those known."""
    return BANKS.get(bank_bin, "")


def _transfer_in(fields: Mapping[str, str]) -> Transfer:
    bank = _fields(fields.get("38", ""), "trường 38")
    if bank.get("00") != GUID:
        raise BadInput("Mã QR không phải VietQR: trường 38 không thuộc NAPAS (A000000727).")
    if bank.get("02") not in (TO_ACCOUNT, TO_CARD):
        raise BadInput("Mã VietQR ghi dịch vụ khác QRIBFTTA (tài khoản) và QRIBFTTC (thẻ).")
    where = _fields(bank.get("01", ""), "trường 38.01")
    extra = _fields(fields.get("62", ""), "trường 62")
    amount = fields.get("54")
    is_once = {"11": False, "12": True}.get(fields.get("01", ""))
    if is_once is None or (is_once and amount is None):
        raise BadInput("Mã VietQR phải là mã tĩnh (11), hoặc mã động (12) có số tiền.")
    if amount is not None and _AMOUNT.fullmatch(amount) is None:
        raise BadInput("Số tiền trong mã VietQR phải là số đồng chẵn.", field="amount")
    return Transfer(
        bank_bin=where.get("00", ""),
        account=where.get("01", ""),
        amount_vnd=None if amount is None else int(amount.split(".", maxsplit=1)[0]),
        purpose=extra.get("08", ""),
        bill=extra.get("01", ""),
        is_card=bank["02"] == TO_CARD,
    )


def _check(transfer: Transfer) -> None:
    if _BIN.fullmatch(transfer.bank_bin) is None:
        raise BadInput("Mã ngân hàng (BIN) gồm đúng 6 chữ số, như 970403.", field="bin")
    number = _CARD if transfer.is_card else _ACCOUNT
    if number.fullmatch(transfer.account) is None:
        raise BadInput(
            "Số thẻ gồm 16 hoặc 19 chữ số."
            if transfer.is_card
            else f"Số tài khoản gồm 1 đến {LONGEST_ACCOUNT} chữ số hoặc chữ cái không dấu.",
            field="account",
        )
    if transfer.amount_vnd is not None and not 0 < transfer.amount_vnd < 10**LONGEST_AMOUNT:
        raise BadInput(
            f"Số tiền là số đồng chẵn, lớn hơn 0, nhiều nhất {LONGEST_AMOUNT} chữ số.",
            field="amount",
        )
    for value, field, words in (
        (transfer.purpose, "purpose", "Nội dung chuyển khoản"),
        (transfer.bill, "bill", "Số hóa đơn"),
    ):
        if len(value) > LONGEST_PURPOSE:
            raise BadInput(
                f"{words} dài {len(value)} ký tự; ngân hàng chỉ nhận {LONGEST_PURPOSE}. "
                "Hãy để mã hồ sơ ở đầu và rút ngắn phần sau.",
                field=field,
            )
        if _PURPOSE.fullmatch(value) is None:
            raise BadInput(f"{words} phải viết không dấu, chỉ dùng ký tự ASCII.", field=field)


def _field(name: str, value: str) -> str:
    """Return one field; nothing for an empty value."""
    if len(value) > _LONGEST_VALUE:
        raise BadInput(f"Trường {name} của mã VietQR dài quá {_LONGEST_VALUE} ký tự.")
    return f"{name}{len(value):02}{value}" if value else ""


def _fields(text: str, where: str) -> dict[str, str]:
    """Return the fields of a text. Raises: BadInput if they do not fill it exactly, each once."""
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        head, start = text[place : place + 4], place + 4
        size = int(head[2:]) if _HEAD.fullmatch(head) else 0
        if not size or start + size > len(text):
            raise BadInput(f"Độ dài ghi trong {where} không khớp với nội dung (ở ký tự {place}).")
        if head[:2] in found:
            raise BadInput(f"Trường {head[:2]} có hai lần trong {where}.")
        found[head[:2]] = text[start : start + size]
        place = start + size
    return found


# As of 2026 the members of NAPAS' transfers by QR code, and the wallets among them.
BANKS: Final[Mapping[str, str]] = {
    "970400": "SaigonBank",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970406": "Vikki Bank (DongA Bank)",
    "970407": "Techcombank",
    "970408": "GPBank",
    "970409": "Bac A Bank",
    "970410": "Standard Chartered",
    "970412": "PVcomBank",
    "970414": "MBV (OceanBank)",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970421": "VRB",
    "970422": "MB",
    "970423": "TPBank",
    "970424": "Shinhan Bank",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970430": "PGBank",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "VietBank",
    "970434": "Indovina Bank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BaoViet Bank",
    "970439": "Public Bank",
    "970440": "SeABank",
    "970441": "VIB",
    "970442": "Hong Leong Bank",
    "970443": "SHB",
    "970444": "VCBNeo (CB)",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "KienlongBank",
    "970454": "BVBank",
    "970455": "IBK Hà Nội",
    "970456": "IBK TP. Hồ Chí Minh",
    "970457": "Woori Bank",
    "970458": "UOB",
    "970462": "Kookmin Hà Nội",
    "970463": "Kookmin TP. Hồ Chí Minh",
    "422589": "CIMB",
    "458761": "HSBC",
    "533948": "Citibank",
    "546034": "CAKE by VPBank",
    "546035": "Ubank by VPBank",
    "668888": "Kasikornbank",
    "796500": "DBS",
    "801011": "Nonghyup",
    "963388": "Timo",
    "971005": "Viettel Money",
    "971011": "VNPT Money",
    "971025": "MoMo",
    "999888": "Ngân hàng Chính sách xã hội",
}
