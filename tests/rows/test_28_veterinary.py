"""Row 28: the fee of the day, the difference back, five years, renewed with what is known."""

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import now

from .acts import LAN, Request, carry_through, file_online, hand_out, take_cash
from .hall import Hall, dossier, whole
from .visitor import Visitor

VETERINARY = "1.004756"
FILED = Request(VETERINARY, "cap-moi")


def province_desk(hall: Hall) -> Visitor:
    return hall.officer("H18.01", PostRole.DESK_OFFICER)


def granted(hall: Hall) -> str:
    """Let Lan have a certificate in her hands; return the code of its dossier."""
    code = file_online(hall(LAN), FILED)
    province_desk(hall).go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")
    carry_through(hall, code)
    hand_out(province_desk(hall), code)
    return code


def test_half_the_fee_until_the_end_of_the_year_and_all_of_it_after(hall: Hall) -> None:
    before = file_online(hall(LAN), FILED)
    hall.set("31/12/2026 16:00")
    last_day = file_online(hall(LAN), FILED)
    hall.set("01/01/2027 09:00")
    after = file_online(hall(LAN), FILED)

    asked = [hall(LAN).go(f"/ho-so/{one}/").text for one in (before, last_day, after)]

    assert ["25.000" in one for one in asked] == [True, True, False]
    assert "50.000" in asked[2]


def test_too_much_taken_goes_back_as_the_difference(hall: Hall) -> None:
    code = file_online(hall(LAN), FILED)
    by = province_desk(hall)
    by.go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")
    officer = hall.doer(whole(code).open_steps[0])
    officer.go(f"/xu-ly/ho-so/{code}/viec/yeu-cau-nop-tien/")
    officer.press("Gửi yêu cầu", {"name_1": "Phí cấp chứng chỉ", "amount_1": "50.000"})
    take_cash(province_desk(hall), code)
    order = payments.orders_of(dossiers.subject_of(code))[-1]

    desk = province_desk(hall).go(f"/mot-cua/don/{order.code}/")
    desk.press(
        "Gửi đề nghị hoàn",
        {
            "amount": "25.000",
            "reason": "Thu nhầm mức sau ngày 31/12/2026",
            "basis": "Thông tư 64/2025/TT-BTC",
        },
    )

    [refund] = payments.whole_order(payments.get_order(order.code)).refunds
    assert (refund.amount_vnd, refund.state) == (25_000, "asked")


def test_before_five_years_are_over_a_renewal_is_prepared_and_not_filed(hall: Hall) -> None:
    code = granted(hall)
    ends = whole(code).outcomes[0].valid_until
    assert f"{ends:%d/%m/%Y}" == "11/03/2031"
    hall.set("01/01/2031 09:00")
    assert dossiers.remind(at=now()) == 1
    assert dossiers.remind(at=now()) == 0

    lan = hall(LAN).go("/ho-so/").follow("Soạn sẵn cho ông/bà")
    lan.reads("Chứng chỉ hành nghề thú y", "Có giá trị đến 11/03/2031")
    lan.press("Soạn hồ sơ gia hạn")

    [draft] = [one for one in dossiers.Draft.objects.all() if one.case_code == "gia-han"]
    assert draft.answers["bang_cap"] == whole(code).answers["bang_cap"]
    assert {one["spec_code"] for one in draft.papers} == {"bang-cap", "suc-khoe"}
    assert dossiers.Dossier.objects.count() == 1
    assert dossier(code).status == "returned"


def test_who_wants_no_reminder_gets_none(hall: Hall) -> None:
    granted(hall)
    hall.set("01/01/2031 09:00")
    assert dossiers.remind(at=now()) == 1
    lan = hall(LAN).go("/ho-so/soan-san/")

    lan.press("Không nhắc tôi việc này nữa")

    lan.reads("không nhắc ông/bà", "Hiện không có hồ sơ nào soạn sẵn")
    granted(hall)
    hall.set("01/01/2036 09:00")
    assert dossiers.remind(at=now()) == 0
