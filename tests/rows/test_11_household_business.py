"""Row 11: the fee comes first and stays, any commune, a tax code typed from outside."""

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.foundation.organisation.api import PostRole

from .acts import KHANH, Request, act, carry_through, file_online, finish, receive
from .hall import Hall, dossier, due, open_steps, whole

BUSINESS = "1.001612"


def test_nothing_is_received_before_the_fee_is_there(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(BUSINESS, "ca-nhan"))
    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/")
    assert not desk.has_button("Tiếp nhận")

    receive(hall("binh"), code)

    assert due(code) == "16/03 17:00"
    assert [one.status for one in whole(code).moves] == [
        "submitted",
        "awaiting_payment",
        "awaiting_payment",
        "received",
    ]
    assert [fee.amount_vnd for fee in whole(code).fees] == [150_000]


def test_a_refusal_keeps_the_fee_and_says_so(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(BUSINESS, "ca-nhan"))
    receive(hall("binh"), code)
    step = open_steps(code)[0]
    refusal = {"kind": "refused", "reason": "Tên hộ kinh doanh trùng với hộ đã đăng ký"}
    finish(hall.doer(step), code, step, refusal)
    step = open_steps(code)[0]
    act(hall.doer(step), code, "ky", step=step)

    assert whole(code).outcomes[0].kind == "refused"
    [order] = payments.orders_of(dossiers.subject_of(code))
    assert list(payments.whole_order(order).refunds) == []
    assert [fee.amount_vnd for fee in whole(code).fees] == [150_000]


def test_another_commune_decides_and_the_tax_code_is_checked(hall: Hall) -> None:
    code = file_online(hall(KHANH), Request(BUSINESS, "ca-nhan", agency=hall.agency("H18.135")))
    desk = hall.officer("H18.135", PostRole.DESK_OFFICER)
    receive(desk, code)
    step = open_steps(code)[0]
    wrong = {"comment": "Hợp lệ", "ma_so_thue": "12"}
    officer = hall.doer(step)
    act(officer, code, "nhan", step=step)
    act(officer, code, "hoan-thanh", wrong, step=step, refused=True).reads("10 hoặc 12 chữ số")

    carry_through(hall, code)

    assert whole(code).outcomes[0].entries == {"ma_so_thue": "5600000013"}
    assert dossier(code).status == "resolved"
