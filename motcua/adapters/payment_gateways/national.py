"""The national payment platform: INIT with the bill of a dossier, by the platform's own names.

Which way the digest joins the fields is not published; ours is told in docs/reference/payments.md
and stands in one place, `digest_of`.

Shape: docs/reference/payments.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.casework.payments import api as payments
from motcua.lib.vietqr import without_tones

from .partners import Partner, asked, known_partner, pages_of, partner
from .wording import (
    amount_in,
    is_same,
    json_of,
    moment,
    moment_in,
    piped,
    plain,
    shown,
    told,
    unbelieved,
)

VERSION, DONE, OPEN, UNKNOWN, UNDER_WAY = "1.0.6", "00", "01", "02", "03"
DIGEST = "MaXacThuc"
ORDERS: Mapping[str, Sequence[str]] = {
    "INIT": (
        *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan"),
        *("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang"),
        *("ThongTinGiaoDich", "ThoiGianGD", "Ip"),
    ),
    "QUERY": ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"),
    "REFUND": (
        *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "MaGiaoDich", "MaHoanTien"),
        *("SoTien", "ThongTinGiaoDich", "ThoiGianGD"),
    ),
    "CONFIRM": (
        *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "MaGiaoDich", "SoTien"),
        *("MaLoi", "MoTa", "ThoiGianGD"),
    ),
    "ANSWER": (
        *("MaDoiTac", "MaThamChieu", "MaGiaoDich", "SoTien", "MaLoi", "MoTa", "ThoiGianGD"),
        "UrlThanhToan",
    ),
    "LOOKUP": ("MaDoiTac", "MaHoSo", "MaTraCuuTT"),
}
REPLIES: Mapping[payments.Outcome, tuple[str, str]] = {
    payments.Outcome.CONFIRMED: ("00", "Thành công"),
    payments.Outcome.ALREADY: ("02", "Đã ghi nhận trước đó"),
    payments.Outcome.NO_ORDER: ("01", "Không có mã tham chiếu"),
    payments.Outcome.NOT_ALLOWED: ("03", "Địa chỉ không được phép"),
    payments.Outcome.WRONG_AMOUNT: ("04", "Sai số tiền"),
    payments.Outcome.BAD_SIGNATURE: ("97", "Sai mã xác thực"),
    payments.Outcome.ERROR: ("99", "Lỗi khác"),
}


def digest_of(secret: bytes, kind: str, said: Mapping[str, str]) -> str:
    """Return the digest over the fields of a message in their own order."""
    return piped(secret, (said.get(one, "") for one in ORDERS[kind]))


def is_signed(secret: bytes, kind: str, said: Mapping[str, str]) -> bool:
    """Say whether a message has the digest it should have."""
    return is_same(digest_of(secret, kind, said), said.get(DIGEST, ""))


class NationalPlatform:
    """Implements `payments.Gateway`."""

    channel = payments.Channel.NATIONAL
    begins_here = False

    def pages(self) -> frozenset[str]:
        """Return where the payer goes, each as scheme://host."""
        return pages_of("national")

    def begin(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.Begun:  # noqa: ARG002 -- of the port
        """Register the attempt with its bill; return the platform's page. Raises: GatewayAway.

        Without a page to come back to, the payer is on the national portal already, which looked
        the bill up itself: nothing is registered then.
        """
        if not attempt.return_url:
            return payments.Begun(words="Người nộp trả tiền trên Cổng dịch vụ công quốc gia.")
        shop = partner("national", attempt.terminal)
        said = {
            "LoaiBanTin": "INIT",
            "PhienBan": VERSION,
            "MaDoiTac": shop.client,
            "MaThamChieu": attempt.ref,
            "SoTien": f"{attempt.amount_vnd}",
            "LoaiHinhThanhToan": "PAY",
            "MaKenhThanhToan": "1",
            "MaThietBi": "1",
            "NgonNgu": "vi-VN",
            "MaTienTe": "VND",
            "MaNganHang": "PAYMENT",
            "ThongTinGiaoDich": attempt.purpose,
            "ThoiGianGD": moment(attempt.created_at),
            "Ip": attempt.ip or "127.0.0.1",
        }
        beside = {
            "UrlQuayVe": attempt.return_url,
            "ThoiGianHetHan": moment(attempt.expires_at),
            "ThongTinBienLai": bill_of(attempt),
        }
        found = _asked(shop, "INIT", said, beside)
        if found.get("MaLoi") != DONE or not found.get("UrlThanhToan"):
            raise payments.GatewayAway(
                f"Nền tảng thanh toán không mở được giao dịch ({shown(found.get('MoTa', ''))})."
            )
        return payments.Begun(url=found["UrlThanhToan"])

    def read(self, notice: payments.RawNotice, *, at: datetime) -> payments.NoticeIn:
        """Return what a notice says. Raises: NoticeUnreadable."""
        said = json_of(notice)
        if "MaThamChieu" not in said:
            raise payments.NoticeUnreadable("Báo cáo không theo dạng của nền tảng thanh toán.")
        is_allowed = known_partner("national").may_call_from(notice.ip)
        if not _is_ours(said):
            words = "Mã xác thực không đúng."
            return unbelieved(said["MaThamChieu"], words, at=at, is_allowed=is_allowed)
        return _understood(said, at, is_allowed=is_allowed)

    def answer(self, outcome: payments.Outcome) -> payments.Reply:
        """Return the reply that the platform understands."""
        return told(*REPLIES[outcome], names=("MaLoi", "MoTa"))

    def ask(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.NoticeIn | None:
        """Ask what has become of an attempt. Raises: GatewayAway."""
        shop = partner("national", attempt.terminal)
        said = {
            "LoaiBanTin": "QUERY",
            "PhienBan": VERSION,
            "MaDoiTac": shop.client,
            "MaThamChieu": attempt.ref,
            "ThoiGianGD": moment(at),
        }
        found = _asked(shop, "QUERY", said)
        if found.get("MaLoi") in (OPEN, UNKNOWN):
            return None
        if "SoTien" not in found:
            raise payments.GatewayAway("Nền tảng thanh toán trả lời điều không hiểu được.")
        return _understood(found, at, is_allowed=True)

    def refund(self, refund: payments.RefundInfo, *, at: datetime) -> payments.Refunded:
        """Give money back; the same `MaHoanTien` is given back once. Raises: GatewayAway."""
        shop = partner("national", refund.attempt.terminal)
        said = {
            "LoaiBanTin": "REFUND",
            "PhienBan": VERSION,
            "MaDoiTac": shop.client,
            "MaThamChieu": refund.attempt.ref,
            "MaGiaoDich": refund.payment_partner_ref,
            "MaHoanTien": refund.ref,
            "SoTien": f"{refund.amount_vnd}",
            "ThongTinGiaoDich": without_tones(refund.reason)[:100],
            "ThoiGianGD": moment(at),
        }
        found = _asked(shop, "REFUND", said)
        code, words = found.get("MaLoi", ""), shown(found.get("MoTa", ""))
        if code == "99":
            raise payments.GatewayAway(f"Nền tảng thanh toán chưa hoàn được tiền ({words}).")
        return payments.Refunded(
            is_done=code == DONE,
            is_refused=code not in (DONE, UNDER_WAY),
            partner_ref=found.get("MaGiaoDich", ""),
            words=words,
        )


def bill_of(attempt: payments.AttemptInfo) -> dict[str, object]:
    """Return the bill by the platform's names; fields of other services stay empty."""
    bill, account = attempt.bill, attempt.beneficiary
    lines = bill.get("lines")
    return {
        "MaDichVu": "2",
        "MaTTHC": bill.get("procedure_code", ""),
        "TenTTHC": bill.get("procedure_name", ""),
        "MaDonVi": bill.get("agency_code", ""),
        "TenDonVi": bill.get("agency_name", ""),
        "MaHoSo": bill.get("subject", attempt.order_code),
        "TKThuHuong": account.number if account else "",
        "MaNHThuHuong": account.bank_bin if account else "",
        "TenTKThuHuong": account.name if account else "",
        "NoiDungThanhToan": attempt.purpose,
        "HoTenNguoiNop": bill.get("payer_name", ""),
        "DiaChiNguoiNop": bill.get("payer_address", ""),
        "PhiLePhi": [_line(one) for one in lines] if isinstance(lines, list | tuple) else [],
        "DSKhoanNop": [{"NoiDung": attempt.purpose, "SoTien": f"{attempt.amount_vnd}"}],
    }


def _line(line: Mapping[str, object]) -> dict[str, object]:
    return {
        "LoaiPhiLePhi": "2" if line.get("kind") == payments.LineKind.CHARGE else "1",
        "MaPhiLePhi": line.get("code", ""),
        "TenPhiLePhi": line.get("name", ""),
        "SoTien": f"{line.get('amount_vnd', 0)}",
    }


def _asked(
    shop: Partner, kind: str, said: dict[str, str], beside: Mapping[str, object] | None = None
) -> dict[str, str]:
    """Ask the platform and return a genuine answer. Raises: GatewayAway."""
    digest = digest_of(shop.secret, kind, said)
    found = plain(asked(shop.api, {**said, **(beside or {}), DIGEST: digest}))
    if found.get("MaThamChieu") != said["MaThamChieu"] or not is_signed(
        shop.secret, "ANSWER", found
    ):
        raise payments.GatewayAway("Trả lời của nền tảng thanh toán sai mã xác thực.")
    return found


def _is_ours(said: Mapping[str, str]) -> bool:
    try:
        shop = partner("national", said.get("MaDoiTac", ""))
    except payments.GatewayAway:
        return False
    return is_signed(shop.secret, "CONFIRM", said)


def _understood(said: Mapping[str, str], at: datetime, *, is_allowed: bool) -> payments.NoticeIn:
    code = said.get("MaLoi", "")
    return payments.NoticeIn(
        is_genuine=True,
        attempt_ref=said["MaThamChieu"],
        amount_vnd=amount_in(said.get("SoTien", "")),
        is_paid=code == DONE,
        partner_ref=said.get("MaGiaoDich", ""),
        paid_at=moment_in(said.get("ThoiGianGD", ""), at),
        code=code,
        words=shown(said.get("MoTa", "")),
        is_allowed=is_allowed,
    )
