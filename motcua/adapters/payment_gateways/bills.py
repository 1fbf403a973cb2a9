"""What the national portal looks up before a person pays there: the bill of a dossier.

Shape: docs/reference/payments.md
"""

import re
from datetime import datetime, timedelta

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import AttemptState, Channel
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import Anticipated

from .national import bill_of, is_signed
from .partners import partner
from .wording import json_of, moment_in, piped

OK, PAID, ERROR = 0, 1, -1
_AS_OLD_AS = timedelta(days=1)
_MOMENT = re.compile(r"(?P<code>.+)(?P<at>[0-9]{14})", re.ASCII)
PORTAL = Actor(id=0, name="Cổng dịch vụ công quốc gia", kind=ActorKind.PARTNER)


def looked_up(notice: payments.RawNotice, *, at: datetime) -> dict[str, object]:
    """Return the bill of a dossier that waits for money, or why there is none.

    A question is known by its digest and its moment; an old one is not answered.
    """
    try:
        said = json_of(notice)
        client = partner("national", said.get("MaDoiTac", ""))
    except (payments.NoticeUnreadable, payments.GatewayAway):
        return _no(ERROR, "Yêu cầu không đúng dạng.")
    if not is_signed(client.secret, "LOOKUP", said) or not client.may_call_from(notice.ip):
        return _no(ERROR, "Sai mã xác thực.")
    code = said.get("MaHoSo", "").strip()
    if not _is_fresh(code, said.get("MaTraCuuTT", ""), at):
        return _no(ERROR, "Mã tra cứu không đúng hoặc đã cũ.")
    return _bill(code, client.secret, at)


def _is_fresh(code: str, mark: str, at: datetime) -> bool:
    found = _MOMENT.fullmatch(mark)
    if found is None or found["code"] != code:
        return False
    return abs(moment_in(found["at"], datetime.min.replace(tzinfo=at.tzinfo)) - at) < _AS_OLD_AS


def _bill(code: str, secret: bytes, at: datetime) -> dict[str, object]:
    subject = f"dossier:{code}"
    order = payments.waiting_order(subject)
    if order is None:
        is_paid = any(one.paid_at is not None for one in payments.orders_of(subject))
        if is_paid:
            return _no(PAID, "Hồ sơ đã nộp đủ tiền.")
        return _no(ERROR, "Hồ sơ không có khoản phải nộp.")
    try:
        attempt = _attempt(order, at)
    except Anticipated as error:
        return _no(ERROR, str(error))
    info = payments.info_of(attempt)
    said: dict[str, str] = {"MaThamChieu": attempt.ref, "SoTien": f"{attempt.amount_vnd}"}
    return {
        "error_code": OK,
        "message": "",
        **said,
        "MaTienTe": "VND",
        **bill_of(info),
        "MaXacThuc": piped(secret, (said["MaThamChieu"], said["SoTien"])),
    }


def _attempt(order: payments.Order, at: datetime) -> payments.Attempt:
    """Return the attempt that waits for the portal, or a new one. Raises: Anticipated."""
    found = _waiting(order, at)
    if found is None:
        payments.begin_attempt(order.code, Channel.NATIONAL, by=PORTAL, at=at)
        found = _waiting(order, at)
    if found is None:
        raise payments.PaymentError(
            "Người nộp đang trả khoản này từ trang của tỉnh; xin thử lại sau 15 phút."
        )
    return found


def _waiting(order: payments.Order, at: datetime) -> payments.Attempt | None:
    return (
        payments.Attempt.objects.filter(
            order_id=order.pk,
            channel=Channel.NATIONAL,
            state=AttemptState.OPEN,
            return_url="",
            amount_vnd=order.left_vnd,
            expires_at__gt=at,
        )
        .order_by("-number")
        .first()
    )


def _no(code: int, words: str) -> dict[str, object]:
    return {"error_code": code, "message": words}
