"""VNPAY 2.1.0: what is signed, what is believed, what is answered."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from motcua.adapters.payment_gateways import vnpay
from motcua.adapters.payment_gateways.vnpay import Vnpay, secure_hash
from motcua.casework.payments.api import (
    AttemptInfo,
    GatewayAway,
    NoticeUnreadable,
    Outcome,
    RawNotice,
)
from motcua.lib.clock import HANOI

from .conftest import HERE, SECRET

AT = datetime(2026, 11, 22, 9, 30, tzinfo=HANOI)
ATTEMPT = AttemptInfo(
    ref="TT260000015L1",
    order_code="TT26-000001-5",
    amount_vnd=25_000,
    purpose="TT260000015 nop phi",
    created_at=AT,
    expires_at=AT + timedelta(minutes=15),
    return_url="https://motcua.example/thanh-toan/vnpay/tro-ve/",
    ip="198.51.100.9",
)
PAID = {
    "vnp_TmnCode": "SHOP01",
    "vnp_Amount": "2500000",
    "vnp_BankCode": "NCB",
    "vnp_PayDate": "20261122093112",
    "vnp_OrderInfo": "TT260000015 nop phi",
    "vnp_TransactionNo": "14000001",
    "vnp_ResponseCode": "00",
    "vnp_TransactionStatus": "00",
    "vnp_TxnRef": "TT260000015L1",
}


def signed(changes: dict[str, str] | None = None, secret: str = SECRET) -> dict[str, str]:
    """Return a notice signed the way the standard says, by other means than ours."""
    said = {**PAID, **(changes or {})}
    joined = "&".join(
        f"{name}={value.replace(' ', '+')}" for name, value in sorted(said.items()) if value
    )
    digest = hmac.new(secret.encode(), joined.encode(), hashlib.sha512).hexdigest()
    return {**said, "vnp_SecureHash": digest}


def notice(query: dict[str, str], ip: str = HERE) -> RawNotice:
    return RawNotice("GET", "/thanh-toan/vnpay/bao-co/", query, b"", {}, ip)


def test_the_page_to_pay_on_says_everything_signed() -> None:
    url = Vnpay().begin(ATTEMPT, at=AT).url

    said = dict(parse_qsl(urlsplit(url).query))
    digest = said.pop("vnp_SecureHash")
    assert said == {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": "SHOP01",
        "vnp_Amount": "2500000",
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": "TT260000015L1",
        "vnp_OrderInfo": "TT260000015 nop phi",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn",
        "vnp_ReturnUrl": ATTEMPT.return_url,
        "vnp_IpAddr": "198.51.100.9",
        "vnp_CreateDate": "20261122093000",
        "vnp_ExpireDate": "20261122094500",
    }
    raw = urlsplit(url).query.rpartition("&vnp_SecureHash=")[0]
    assert digest == hmac.new(SECRET.encode(), raw.encode(), hashlib.sha512).hexdigest()


def test_the_digest_sorts_leaves_out_empty_values_and_writes_spaces_as_plus() -> None:
    said = {"vnp_B": "một hai", "vnp_A": "1", "vnp_C": "", "vnp_SecureHashType": "HMACSHA512"}

    expected = hmac.new(b"k", b"vnp_A=1&vnp_B=m%E1%BB%99t+hai", hashlib.sha512).hexdigest()

    assert secure_hash(b"k", said) == expected


def test_a_genuine_notice_of_money_is_understood() -> None:
    found = Vnpay().read(notice(signed()), at=AT)

    assert (found.is_genuine, found.is_paid, found.is_allowed) == (True, True, True)
    assert (found.attempt_ref, found.amount_vnd, found.partner_ref) == (
        "TT260000015L1",
        25_000,
        "14000001",
    )
    assert found.paid_at == datetime(2026, 11, 22, 9, 31, 12, tzinfo=HANOI)


@pytest.mark.parametrize("said", ["", "00000000000000", "00010101000000", "20261399000000"])
def test_no_moment_is_the_moment_of_the_notice(said: str) -> None:
    assert Vnpay().read(notice(signed({"vnp_PayDate": said})), at=AT).paid_at == AT


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vnp_ResponseCode": "24", "vnp_TransactionStatus": "02"}, "Người nộp hủy giao dịch"),
        ({"vnp_ResponseCode": "51", "vnp_TransactionStatus": "02"}, "Tài khoản không đủ số dư"),
        ({"vnp_TransactionStatus": "07"}, "Đã trừ tiền, giao dịch bị nghi ngờ"),
        ({"vnp_ResponseCode": "77", "vnp_TransactionStatus": "02"}, "Mã 77 của cổng"),
    ],
)
def test_only_two_zeros_are_money(changes: dict[str, str], words: str) -> None:
    found = Vnpay().read(notice(signed(changes)), at=AT)

    assert (found.is_genuine, found.is_paid, found.words) == (True, False, words)


@pytest.mark.parametrize(
    "query",
    [
        {**signed(), "vnp_Amount": "100"},
        signed({}, "khác"),
        {**PAID},
        {**PAID, "vnp_SecureHash": "é"},
        signed({"vnp_TmnCode": "SHOP99"}),
        signed({"vnp_TmnCode": "SHOP02"}),
    ],
)
def test_what_is_not_signed_by_the_partner_is_not_genuine(query: dict[str, str]) -> None:
    assert not Vnpay().read(notice(query), at=AT).is_genuine


def test_another_shop_of_ours_has_its_own_secret() -> None:
    query = signed({"vnp_TmnCode": "SHOP02"}, "khoa-hai")

    assert Vnpay().read(notice(query), at=AT).is_genuine


def test_the_old_way_of_signing_is_refused_by_name() -> None:
    joined = "&".join(f"{name}={PAID[name].replace(' ', '+')}" for name in sorted(PAID))
    digest = hashlib.sha256(f"{SECRET}{joined}".encode()).hexdigest()

    found = Vnpay().read(
        notice({**PAID, "vnp_SecureHashType": "SHA256", "vnp_SecureHash": digest}), at=AT
    )

    assert (found.is_genuine, found.words) == (
        False,
        "Ký theo cách cũ (SHA-256), không còn được nhận.",
    )


def test_a_notice_from_elsewhere_is_told_apart() -> None:
    assert not Vnpay().read(notice(signed(), ip="192.0.2.1"), at=AT).is_allowed


@pytest.mark.parametrize(
    "query", [{}, signed({"vnp_Amount": "abc"}), signed({"vnp_Amount": "2500050"})]
)
def test_what_cannot_be_read_is_said_so(query: dict[str, str]) -> None:
    with pytest.raises(NoticeUnreadable):
        Vnpay().read(notice(query), at=AT)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.CONFIRMED, "00"),
        (Outcome.NO_ORDER, "01"),
        (Outcome.ALREADY, "02"),
        (Outcome.NOT_ALLOWED, "03"),
        (Outcome.WRONG_AMOUNT, "04"),
        (Outcome.BAD_SIGNATURE, "97"),
        (Outcome.ERROR, "99"),
    ],
)
def test_each_outcome_has_its_answer(outcome: Outcome, code: str) -> None:
    reply = Vnpay().answer(outcome)

    assert (reply.status, json.loads(reply.body)["RspCode"]) == (200, code)


def test_an_answer_about_another_attempt_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (
        *("ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount"),
        *("BankCode", "PayDate", "TransactionNo", "TransactionType", "TransactionStatus"),
        *("OrderInfo", "PromotionCode", "PromotionAmount"),
    )

    def ask_about(ref: str) -> object:
        said = {**PAID, "vnp_TxnRef": ref}
        joined = "|".join(said.get(f"vnp_{one}", "") for one in names)
        digest = hmac.new(SECRET.encode(), joined.encode(), hashlib.sha512).hexdigest()
        monkeypatch.setattr(vnpay, "asked", lambda *_: {**said, "vnp_SecureHash": digest})
        return Vnpay().ask(ATTEMPT, at=AT)

    assert ask_about(ATTEMPT.ref) == Vnpay().read(notice(signed()), at=AT)
    with pytest.raises(GatewayAway, match="giao dịch khác"):
        ask_about("TT260000015L2")


def test_a_file_that_others_can_read_is_not_used(secrets: Path) -> None:
    secrets.chmod(0o644)

    with pytest.raises(GatewayAway, match="0600"):
        Vnpay().begin(ATTEMPT, at=AT)
    with pytest.raises(NoticeUnreadable, match="0600"):
        Vnpay().read(notice(signed()), at=AT)
