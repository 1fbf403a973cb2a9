"""What happens on the way: supplements, refusals, helpers, other desks, the hour of the day."""

from datetime import datetime

import pytest

from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI

from .citizens import WARD, Request, file_online, photograph, reads_outcomes
from .officers import (
    At,
    act,
    apologise,
    ask,
    ask_for,
    carry_through,
    do_step,
    guide,
    hand_out,
    open_steps,
    pay,
    receive,
    receive_at_desk,
    refuse,
    take,
)
from .people import People
from .wall_clock import WallClock

LAN, KHANH = "lan@dienbien.example", "khanh@dienbien.example"
CERTIFICATE = Request("1.004873", "cap-lan-dau")
LIVED_ELSEWHERE = Request(
    "1.004873",
    "cap-lan-dau",
    {"noi_khac": True, "noi_tung_cu_tru": "Xã Mường Phăng, từ năm 2019 đến năm 2023"},
)
COPY_OF_A_RECORD = Request("2.000635", "thuong")
SHOP = Request("1.001612", "ca-nhan")
ALLOWANCE = Request("1.001776", "huong-moi")
RICE_LAND = Request("1.008004", "thuong")
PDF = "application/pdf"

pytestmark = pytest.mark.usefixtures("seen")


def test_what_the_office_asks_for_stops_the_clock_until_lan_has_sent_it(people: People) -> None:
    # given a request for an allowance, of which Nga finds that a paper cannot be read
    lan, nga = people(LAN), people("nga")
    code = file_online(lan, ALLOWANCE)
    receive(people("binh"), code)
    take(nga, code, open_steps(code)[0])
    ask_for(nga, code, "Giấy xác nhận khuyết tật", "Ảnh mờ, không đọc được số")

    # when Lan reads that and photographs it again
    lan.go(f"/ho-so/{code}/")
    lan.reads("Ảnh mờ, không đọc được số")
    lan.reads("Đang tạm dừng tính thời hạn")
    lan.follow("Nộp bổ sung")
    photograph(lan, lan.main.locator("input[type=file]").first)
    lan.press("Gửi bổ sung")

    # then the clock runs again, and Nga sees what came
    lan.go(f"/ho-so/{code}/")
    lan.does_not_read("Đang tạm dừng tính thời hạn")
    nga.go(f"/xu-ly/ho-so/{code}/?phan=giay-to")
    nga.reads("nộp bổ sung")


def test_what_is_missing_at_first_is_told_in_a_guidance_slip(people: People) -> None:
    # given what Lan filed, and Bình, who finds it incomplete before he receives it
    lan, binh = people(LAN), people("binh")
    code = file_online(lan, RICE_LAND)
    guide(binh, code, "Sơ đồ thửa ruộng", "Chưa có")

    # when Lan sends it
    lan.go(f"/ho-so/{code}/")
    lan.reads("Sơ đồ thửa ruộng")
    lan.follow("Nộp bổ sung")
    photograph(lan, lan.main.locator("input[type=file]").first)
    lan.press("Gửi bổ sung")

    # then Bình receives it as any other
    receive(binh, code)
    lan.go(f"/ho-so/{code}/")
    lan.reads("Được tiếp nhận")


def test_whoever_is_not_received_reads_why_and_on_what_basis(people: People) -> None:
    # given Khánh's application at the desk
    khanh = people(KHANH)
    code = file_online(khanh, SHOP)

    # when Bình refuses it
    refuse(people("binh"), code, "Điều 82 Nghị định 168/2025/NĐ-CP")

    # then Khánh reads the reason and can fetch the slip
    khanh.go(f"/ho-so/{code}/")
    khanh.reads("Không đủ điều kiện theo quy định")
    khanh.reads("Điều 82 Nghị định 168/2025/NĐ-CP")


def test_a_refusal_after_receipt_is_signed_and_handed_out_as_an_outcome(people: People) -> None:
    # given a received application that Thắng finds cannot be granted
    khanh, thang = people(KHANH), people("thang")
    code = file_online(khanh, SHOP)
    receive(people("binh"), code)
    step = open_steps(code)[0]
    take(thang, code, step)
    act(thang, code, "Hoàn thành bước", step)
    thang.tick("Từ chối giải quyết")
    thang.main.locator("textarea[name=reason]").fill("Ngành nghề bị cấm kinh doanh")
    thang.press("Hoàn thành bước", exact=False)

    # when the head signs and the desk hands out
    assert carry_through(people, code) == ["huong"]
    hand_out(people("binh"), code)

    # then Khánh has the refusal in his hands
    assert reads_outcomes(khanh, code) == [PDF]
    khanh.reads("Từ chối")


def test_what_lan_withdraws_nobody_works_on_any_more(people: People) -> None:
    # given a dossier that was received
    lan, hanh = people(LAN), people("hanh")
    code = file_online(lan, CERTIFICATE)
    receive(people("binh"), code)

    # when Lan withdraws it
    lan.go(f"/ho-so/{code}/")
    lan.follow("Rút hồ sơ")
    lan.press("Rút hồ sơ")

    # then Hạnh has nothing left to do with it
    hanh.go(f"/xu-ly/ho-so/{code}/")
    hanh.reads("Công dân yêu cầu rút hồ sơ")
    hanh.reads("Không có bước nào đang mở.")


def test_an_apology_names_a_new_day_and_keeps_the_old_one(people: People) -> None:
    # given a certificate that was promised for Monday
    lan = people(LAN)
    code = file_online(lan, CERTIFICATE)
    receive(people("binh"), code)

    # when Minh apologises and promises Thursday
    apologise(people("minh"), code, "19/03/2026", "Chờ xác minh ở nơi cư trú cũ")

    # then Lan reads both days and the reason
    lan.go(f"/ho-so/{code}/")
    lan.reads("trước 17 giờ, thứ Năm 19/03/2026")
    lan.reads("Hẹn lần đầu: trước 17 giờ, thứ Hai 16/03/2026")
    lan.reads("Chờ xác minh ở nơi cư trú cũ")


def test_a_question_nobody_answers_delays_with_an_apology_but_stops_nothing(
    people: People, clock: WallClock
) -> None:
    # given Lan, who has lived elsewhere, and that commune, which Hạnh asks
    code = file_online(people(LAN), LIVED_ELSEWHERE)
    receive(people("binh"), code)
    do_step(people, code, open_steps(code)[0])
    step, elsewhere = open_steps(code)[0], organisation.tree().agency_by_code("H18.135")
    assert elsewhere is not None
    take(people("hanh"), code, step)
    ask(people("hanh"), code, step, agency=elsewhere.name)
    apologise(people("minh"), code, "19/03/2026", "Chờ nơi cư trú cũ trả lời")

    # when nobody has answered by Monday, and Hạnh says on what she goes on
    clock.set(datetime(2026, 3, 16, 9, 0, tzinfo=HANOI))
    act(people("hanh"), code, "Hoàn thành bước", step)
    people("hanh").press("Hoàn thành bước", exact=False)
    people("hanh").reads("hãy ghi rõ giải quyết tiếp theo căn cứ nào")
    people("hanh").main.locator("textarea[name=comment]").fill("Theo cam đoan của người nộp")
    people("hanh").press("Hoàn thành bước", exact=False)

    # then the certificate is signed and handed out before the new day
    assert carry_through(people, code) == ["minh", "hoa"]
    hand_out(people("binh"), code)
    people(LAN).go(f"/ho-so/{code}/")
    people(LAN).reads("Chờ nơi cư trú cũ trả lời")


def test_a_fee_due_at_filing_is_asked_for_and_noted_before_receipt(people: People) -> None:
    # given Khánh's application, which the desk may not receive without its fee
    khanh, binh = people(KHANH), people("binh")
    code = file_online(khanh, SHOP)
    binh.go(f"/mot-cua/ho-so/{code}/")
    binh.follow("Yêu cầu nộp lệ phí", exact=False)
    binh.press("Yêu cầu nộp", exact=False)

    # when Khánh has read that, and pays
    khanh.go(f"/ho-so/{code}/")
    khanh.reads("Yêu cầu thực hiện nghĩa vụ tài chính")
    khanh.reads("150.000 đồng")
    pay(binh, code)

    # then it is received as any other
    binh.press("Tiếp nhận", exact=False)
    binh.reads("Hẹn trả trước 17 giờ, thứ Hai 16/03/2026")


def test_what_one_commune_receives_another_decides_and_the_first_hands_out(
    people: People,
) -> None:
    # given Sùng A Páo at the desk of his own commune, for a shop in the ward
    dung = people("dung")
    at_desk = At("thành lập hộ kinh doanh", "Sùng A Páo", "0912000777", agency=WARD, fee="BL-0042")
    code = receive_at_desk(dung, at_desk)

    # when the ward handles and signs it
    assert carry_through(people, code) == ["thang", "huong"]

    # then the desk at home hands it out, and the ward's desk has no such thing to do
    hand_out(dung, code)
    answer = people("binh").go(f"/mot-cua/ho-so/{code}/tra/")
    people("binh").does_not_read("Người nhận kết quả")
    assert answer is not None


def test_before_three_o_clock_it_is_promised_for_today_without_a_slip(people: People) -> None:
    binh = people("binh")
    code = file_online(people(LAN), COPY_OF_A_RECORD)

    receive(binh, code)

    binh.reads("Hẹn trả trước 17 giờ, thứ Tư 11/03/2026")
    expect_button = binh.main.get_by_role("button", name="In giấy hẹn (người nộp yêu cầu)")
    assert expect_button.count() == 1


def test_after_three_o_clock_it_is_promised_for_tomorrow_with_a_slip(
    people: People, clock: WallClock
) -> None:
    clock.set(datetime(2026, 3, 11, 15, 10, tzinfo=HANOI))
    code = file_online(people(LAN), COPY_OF_A_RECORD)
    binh = people("binh")

    receive(binh, code)

    binh.reads("Hẹn trả trước 17 giờ, thứ Năm 12/03/2026")
    slip = binh.main.get_by_role("link", name="In giấy tiếp nhận").get_attribute("href")
    assert binh.page.request.get(slip or "").headers["content-type"] == PDF


def test_whoever_helps_is_named_beside_whom_he_helped(people: People) -> None:
    # given Khánh, who fills in for a neighbour without a phone
    khanh, binh = people(KHANH), people("binh")
    helped = Request(
        "1.008004",
        "thuong",
        {"ho_ten": "Sùng A Páo"},
        authority="helper",
        people={"full_name": "Sùng A Páo"},
    )
    code = file_online(khanh, helped)

    # when Bình opens it
    receive(binh, code)
    binh.go(f"/mot-cua/ho-so/{code}/")

    # then he sees whose it is and who helped
    binh.reads("Sùng A Páo")
    binh.reads("Người hỗ trợ")
    binh.reads("Nguyễn Văn Khánh")


def test_an_officer_of_another_commune_does_not_find_the_dossier(people: People) -> None:
    code = file_online(people(LAN), CERTIFICATE)

    answer = people("dung").go(f"/mot-cua/ho-so/{code}/")

    assert answer is not None
    assert answer.status == 404
