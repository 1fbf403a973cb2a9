"""How each gateway speaks: what it is asked, what it tells, how it signs; written anew."""

import json
from collections.abc import Mapping
from hmac import compare_digest
from hmac import new as keyed
from typing import Protocol
from urllib.parse import quote_plus, urlencode
from uuid import uuid4

from .gateway_bills import FAILED, OPEN, PAID, SECRET, SHOP, WRONG_BY, Bill, Bills, stamp

Words = dict[str, str]
Letter = tuple[str, str, bytes]  # method, what follows the address, body
_KEY = SECRET.encode()


class Refused(Exception):
    """What a payer or a program asks for and does not get."""


class Tongue(Protocol):
    """One gateway: its name in addresses, how it answers programs, tells, and sends payers back."""

    slug: str
    title: str
    site_slug: str

    def answer(self, bills: Bills, given: Words, root: str) -> Mapping[str, str]:
        """Answer a program. Raises: Refused."""

    def letter(self, bill: Bill, fault: str) -> Letter:
        """Return a notice."""

    def is_taken(self, reply: Words) -> bool:
        """Say whether the reply to a notice ends it."""

    def way_back(self, bill: Bill) -> str:
        """Return where the payer goes afterwards."""


def hexed(method: str, text: str) -> str:
    """Return a keyed digest."""
    return keyed(_KEY, text.encode(), method).hexdigest()


def broken(digest: str, fault: str) -> str:
    """Return a digest, spoiled if that is the fault."""
    return digest[::-1] if fault == "signature" else digest


def joined(address: str, query: str) -> str:
    """Return an address with more words behind it."""
    return f"{address}{'&' if '?' in address else '?'}{query}"


class VnpayTongue:
    """VNPAY 2.1.0."""

    slug, title, site_slug = "vnpay", "Cổng VNPAY", "vnpay"

    def sign(self, said: Words) -> str:
        """Return the digest of pairs as they stand in an address, by name."""
        pairs = sorted((name, value) for name, value in said.items() if value)
        return hexed("sha512", "&".join(f"{quote_plus(a)}={quote_plus(b)}" for a, b in pairs))

    def enter(self, bills: Bills, query: Mapping[str, str]) -> Bill:
        """Take a payer in. Raises: Refused."""
        said = {key: value for key, value in query.items() if key != "vnp_SecureHash"}
        if not compare_digest(self.sign(said), query.get("vnp_SecureHash", "")):
            raise Refused("Sai chữ ký (97).")
        if said.get("vnp_TmnCode") != SHOP or said.get("vnp_Version") != "2.1.0":
            raise Refused("Website chưa được phê duyệt (02).")
        if said.get("vnp_ExpireDate", "") < stamp():
            raise Refused("Giao dịch đã quá thời gian chờ thanh toán (15).")
        return bills.enter(
            Bill(
                self.slug,
                said["vnp_TxnRef"],
                int(said["vnp_Amount"]) // 100,
                said["vnp_OrderInfo"],
                said["vnp_ReturnUrl"],
                SHOP,
                said["vnp_ExpireDate"],
            )
        )

    def answer(self, bills: Bills, given: Words, root: str) -> Mapping[str, str]:  # noqa: ARG002 -- as others
        """Answer querydr and refund."""
        command = given.get("vnp_Command", "")
        names = "RequestId Version Command TmnCode"
        names += (
            " TxnRef TransactionDate CreateDate IpAddr OrderInfo"
            if command == "querydr"
            else " TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy CreateDate"
            " IpAddr OrderInfo"
        )
        wanted = hexed("sha512", "|".join(given.get(f"vnp_{one}", "") for one in names.split()))
        if not compare_digest(wanted, given.get("vnp_SecureHash", "")):
            return self._signed(
                {"vnp_ResponseCode": "97", "vnp_Message": "Invalid checksum"}, command
            )
        bill = bills.find(self.slug, given.get("vnp_TxnRef", ""))
        if bill is None:
            return self._signed({"vnp_ResponseCode": "91", "vnp_Message": "Not found"}, command)
        if command == "refund":
            return self._signed(self._give_back(bills, bill, given), command)
        status = {OPEN: "01", PAID: "00", FAILED: "02"}[bill.state]
        said = {**self._about(bill, bill.amount), "vnp_ResponseCode": "00", "vnp_Message": "OK"}
        return self._signed({**said, "vnp_TransactionStatus": status}, command)

    def _give_back(self, bills: Bills, bill: Bill, given: Words) -> Words:
        amount = int(given["vnp_Amount"]) // 100
        fate = bills.give_back(bill, given["vnp_RequestId"], amount)
        said = {**self._about(bill, amount), "vnp_Command": "refund"}
        said["vnp_TransactionType"] = given["vnp_TransactionType"]
        if fate == "refused":
            return {**said, "vnp_ResponseCode": "95", "vnp_Message": "Refund refused"}
        status = "05" if fate == "waits" else "00"
        return {
            **said,
            "vnp_ResponseCode": "00",
            "vnp_Message": "OK",
            "vnp_TransactionStatus": status,
        }

    def _about(self, bill: Bill, amount: int) -> Words:
        return {
            "vnp_TmnCode": SHOP,
            "vnp_TxnRef": bill.ref,
            "vnp_Amount": f"{amount * 100}",
            "vnp_BankCode": "NCB",
            "vnp_PayDate": bill.paid_at,
            "vnp_TransactionNo": bill.number or "0",
            "vnp_TransactionType": "01",
            "vnp_OrderInfo": bill.words,
        }

    def _signed(self, said: Words, command: str) -> Words:
        said = {"vnp_ResponseId": uuid4().hex, "vnp_Command": command, **said}
        names = (
            "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate "
            "TransactionNo TransactionType TransactionStatus OrderInfo"
        ) + (" PromotionCode PromotionAmount" if command == "querydr" else "")
        joined = "|".join(said.get(f"vnp_{one}", "") for one in names.split())
        return {**said, "vnp_SecureHash": hexed("sha512", joined)}

    def letter(self, bill: Bill, fault: str) -> Letter:
        """Return a notice: everything in the address."""
        wrong = WRONG_BY if fault == "amount" else 0
        said = {
            **self._about(bill, bill.amount + wrong),
            "vnp_BankTranNo": f"VNP{bill.number}",
            "vnp_CardType": "ATM",
            "vnp_ResponseCode": bill.code,
            "vnp_TransactionStatus": "00" if bill.state == PAID else "02",
        }
        del said["vnp_TransactionType"]
        if fault == "future":
            said["vnp_PayDate"] = stamp(days=1)
        said["vnp_SecureHash"] = broken(self.sign(said), fault)
        return "GET", f"?{urlencode(said)}", b""

    def is_taken(self, reply: Words) -> bool:
        """Say whether VNPAY would stop telling."""
        return reply.get("RspCode") in ("00", "02")

    def way_back(self, bill: Bill) -> str:
        """Return the shop's page with the same words that a notice has."""
        return joined(bill.return_url, self.letter(bill, "")[1].removeprefix("?"))


class VnptTongue:
    """The shape of VNPT Pay."""

    slug, title, site_slug = "vnpt-pay", "Cổng VNPT Pay", "vnpt-pay"

    def sign(self, said: Mapping[str, str]) -> str:
        """Return the digest over values by name."""
        return hexed("sha256", "|".join(said[one] for one in sorted(said) if one != "secure_code"))

    def answer(self, bills: Bills, given: Words, root: str) -> Mapping[str, str]:
        """Answer INIT, QUERY and REFUND."""
        said: Words = {"nonce": given.get("nonce", ""), "transaction_id": given["transaction_id"]}
        if not compare_digest(self.sign(given), given.get("secure_code", "")):
            said |= {"response_code": "97", "message": "wrong secure_code"}
        elif given["command"] == "INIT":
            said |= self._init(bills, given, root)
        else:
            said |= self._about(bills, given)
        return {**said, "secure_code": self.sign(said)}

    def _init(self, bills: Bills, given: Words, root: str) -> Words:
        bill = bills.enter(
            Bill(
                self.slug,
                given["transaction_id"],
                int(given["trans_amount"]),
                given["description"],
                given["return_url"],
                given["client_id"],
                given["expires_at"],
            )
        )
        where = f"{root}/{self.slug}/thanh-toan/?{urlencode({'ma': bill.ref})}"
        return {"response_code": "00", "message": "success", "redirect_url": where}

    def _about(self, bills: Bills, given: Words) -> Words:
        bill = bills.find(self.slug, given["transaction_id"])
        if bill is None:
            return {"response_code": "02", "message": "not found"}
        if given["command"] == "REFUND":
            fate = bills.give_back(bill, given["refund_id"], int(given["trans_amount"]))
            code = {"done": "00", "waits": "03", "refused": "95"}[fate]
            return {
                "response_code": code,
                "message": fate,
                "partner_refund_id": f"RF{bill.number}{given['refund_id'][-6:]}",
            }
        code = "01" if bill.state == OPEN else bill.code
        return {"response_code": code, "message": bill.state, **self._money(bill, 0)}

    def _money(self, bill: Bill, wrong: int) -> Words:
        return {
            "trans_amount": f"{bill.amount + wrong}",
            "partner_transaction_id": bill.number,
            "pay_date": bill.paid_at,
        }

    def letter(self, bill: Bill, fault: str) -> Letter:
        """Return a notice in JSON."""
        said = {
            "client_id": bill.client,
            "command": "CONFIRM",
            "transaction_id": bill.ref,
            "response_code": bill.code,
            "message": bill.state,
            "version": "1.0.6",
            **self._money(bill, WRONG_BY if fault == "amount" else 0),
        }
        if fault == "future":
            said["pay_date"] = stamp(days=1)
        said["secure_code"] = broken(self.sign(said), fault)
        return "POST", "", json.dumps(said).encode()

    def is_taken(self, reply: Words) -> bool:
        """Say whether it stops telling."""
        return reply.get("response_code") in ("00", "02")

    def way_back(self, bill: Bill) -> str:
        """Return the shop's page."""
        said = {"transaction_id": bill.ref, "response_code": bill.code}
        return joined(bill.return_url, urlencode(said))


class NationalTongue:
    """The national payment platform."""

    slug, title, site_slug = "quoc-gia", "Nền tảng thanh toán quốc gia", "national"
    _ASKED: Mapping[str, str] = {
        "INIT": "LoaiBanTin PhienBan MaDoiTac MaThamChieu SoTien LoaiHinhThanhToan MaKenhThanhToan "
        "MaThietBi NgonNgu MaTienTe MaNganHang ThongTinGiaoDich ThoiGianGD Ip",
        "QUERY": "LoaiBanTin PhienBan MaDoiTac MaThamChieu ThoiGianGD",
        "REFUND": "LoaiBanTin PhienBan MaDoiTac MaThamChieu MaGiaoDich MaHoanTien SoTien "
        "ThongTinGiaoDich ThoiGianGD",
    }
    _TOLD = "LoaiBanTin PhienBan MaDoiTac MaThamChieu MaGiaoDich SoTien MaLoi MoTa ThoiGianGD"
    _ANSWERED = "MaDoiTac MaThamChieu MaGiaoDich SoTien MaLoi MoTa ThoiGianGD UrlThanhToan"

    def sign(self, said: Mapping[str, str], names: str) -> str:
        """Return the digest over fields in their order."""
        return hexed("sha256", "|".join(said.get(one, "") for one in names.split()))

    def answer(self, bills: Bills, given: Words, root: str) -> Mapping[str, str]:
        """Answer INIT, QUERY and REFUND."""
        kind = given.get("LoaiBanTin", "")
        said: Words = {"MaDoiTac": SHOP, "MaThamChieu": given["MaThamChieu"]}
        if kind not in self._ASKED or not compare_digest(
            self.sign(given, self._ASKED[kind]), given.get("MaXacThuc", "")
        ):
            said |= {"MaLoi": "97", "MoTa": "Sai mã xác thực"}
        elif kind == "INIT":
            said |= self._init(bills, given, root)
        else:
            said |= self._about(bills, given, kind)
        return {**said, "MaXacThuc": self.sign(said, self._ANSWERED)}

    def _init(self, bills: Bills, given: Words, root: str) -> Words:
        bill = bills.enter(
            Bill(
                self.slug,
                given["MaThamChieu"],
                int(given["SoTien"]),
                given["ThongTinGiaoDich"],
                given.get("UrlQuayVe", ""),
                given["MaDoiTac"],
                given.get("ThoiGianHetHan", ""),
            )
        )
        where = f"{root}/{self.slug}/thanh-toan/?{urlencode({'ma': bill.ref})}"
        return {"MaLoi": "00", "MoTa": "Thành công", "UrlThanhToan": where}

    def _about(self, bills: Bills, given: Words, kind: str) -> Words:
        bill = bills.find(self.slug, given["MaThamChieu"])
        if bill is None:
            return {"MaLoi": "02", "MoTa": "Không có giao dịch"}
        if kind == "REFUND":
            fate = bills.give_back(bill, given["MaHoanTien"], int(given["SoTien"]))
            code = {"done": "00", "waits": "03", "refused": "95"}[fate]
            return {"MaLoi": code, "MoTa": fate, "MaGiaoDich": f"HT{bill.number}"}
        code = "01" if bill.state == OPEN else bill.code
        return {"MaLoi": code, "MoTa": bill.state, **self._money(bill, 0)}

    def _money(self, bill: Bill, wrong: int) -> Words:
        return {
            "SoTien": f"{bill.amount + wrong}",
            "MaGiaoDich": bill.number,
            "ThoiGianGD": bill.paid_at,
        }

    def letter(self, bill: Bill, fault: str) -> Letter:
        """Return a notice in JSON."""
        said = {
            "LoaiBanTin": "CONFIRM",
            "PhienBan": "1.0.6",
            "MaDoiTac": bill.client,
            "MaThamChieu": bill.ref,
            "MaLoi": bill.code,
            "MoTa": bill.state,
            **self._money(bill, WRONG_BY if fault == "amount" else 0),
        }
        if fault == "future":
            said["ThoiGianGD"] = stamp(days=1)
        said["MaXacThuc"] = broken(self.sign(said, self._TOLD), fault)
        return "POST", "", json.dumps(said).encode()

    def is_taken(self, reply: Words) -> bool:
        """Say whether it stops telling."""
        return reply.get("MaLoi") in ("00", "02")

    def way_back(self, bill: Bill) -> str:
        """Return the page from which the payer came."""
        said = {"MaThamChieu": bill.ref, "MaLoi": bill.code}
        return joined(bill.return_url, urlencode(said)) if bill.return_url else "/"

    def question(self, dossier: str) -> Words:
        """Return how the national portal looks up what is to be paid for a dossier."""
        said = {"MaDoiTac": SHOP, "MaHoSo": dossier, "MaTraCuuTT": f"{dossier}{stamp()}"}
        return {**said, "MaXacThuc": self.sign(said, "MaDoiTac MaHoSo MaTraCuuTT")}


VNPAY, VNPT, NATIONAL = VnpayTongue(), VnptTongue(), NationalTongue()
TONGUES: Mapping[str, Tongue] = {one.slug: one for one in (VNPAY, VNPT, NATIONAL)}
