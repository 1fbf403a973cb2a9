"""The hall when somebody is missing; reasons that need not be typed anew."""

import pytest
from playwright.sync_api import expect

from demo.cast import gather
from demo.hall import fill_library, set_hall
from motcua.lib.clock import now

from .people import DESK, PHONE, People

pytestmark = pytest.mark.usefixtures("seen", "hall")
ARRANGE, AWAY = "/mot-cua/bo-tri/", "/xu-ly/vang-mat/"


@pytest.fixture(scope="module")
def hall(province: str) -> None:  # noqa: ARG001 -- the province comes first
    """Arrange the people of the hall and the library, as the demo does."""
    set_hall(gather(now()), now())
    fill_library(now())


def test_somebody_is_ill_and_neither_the_desk_nor_the_work_stands_still(people: People) -> None:
    # given a desk whose officer is not there, seen by its head on a phone and at the desk
    people("lien", PHONE).go(ARRANGE)
    lien = people("lien", DESK)
    lien.go(ARRANGE)

    # when she presses once, the stand-by is at work there with the powers of the post
    lien.press("Bố trí dự phòng")
    lien.reads("Tòng Thị Vân ngồi thay")
    people("van").go("/mot-cua/tiep-nhan/")
    expect(people("van").page.get_by_role("heading", level=1)).to_contain_text("Tiếp nhận")

    # when the head of a unit notes that Hạnh is ill, he sees who gets what, and it is so
    minh = people("minh", DESK)
    minh.go("/xu-ly/don-vi/")
    minh.follow("Người vắng")
    minh.choose("Ai vắng?", "Quàng Thị Hạnh")
    minh.choose("Vì sao", "Nghỉ ốm")
    minh.press("Ghi vắng mặt", exact=False)
    people("minh", PHONE).go(minh.path)
    minh.reads("Mỗi người nhận")
    minh.press("Chia", exact=False)
    minh.reads("mỗi người nhận được một thông báo")
    people("hanh").go("/xu-ly/viec/?ai=toi")
    people("hanh").does_not_read("Cấp giấy xác nhận tình trạng hôn nhân")

    # then, when she is back, what nobody began comes back to her
    minh.go("/xu-ly/don-vi/")
    minh.follow("Người vắng")
    minh.press("Đã trở lại")
    minh.press("Chuyển về các việc đã đánh dấu", exact=False)
    minh.reads("việc về")
    people("hanh").go("/xu-ly/viec/?ai=toi")
    people("hanh").reads("Cấp giấy xác nhận tình trạng hôn nhân")


def test_anybody_notes_the_own_absence_and_secondments_are_seen(people: People) -> None:
    for size in (PHONE, DESK):
        people("hanh", size).go(AWAY)
        people("quantri", size).go("/quan-tri/biet-phai/")
        people("quantri", size).go("/quan-tri/biet-phai/them/")

    people("quantri", DESK).go("/quan-tri/biet-phai/")
    people("quantri", DESK).reads("118/QĐ-SXD")


def test_a_reason_is_chosen_changed_and_counted(people: People) -> None:
    # given a librarian who adds a reason, and a place nobody knows is refused beside its field
    quan = people("quantri", DESK)
    quan.go("/quan-tri/ly-do/")
    quan.follow("Thêm lý do")
    quan.choose("Dùng khi", "Yêu cầu bổ sung, hướng dẫn hoàn thiện")
    quan.put("Tên gọi ngắn", "Thiếu lời xác nhận của bản")
    quan.put("Lời mẫu", "Hồ sơ {ma_ho} cần trưởng bản xác nhận.")
    quan.press("Thêm")
    quan.reads("Không có chỗ điền {ma_ho}")
    quan.put("Lời mẫu", "Hồ sơ {ma_ho_so} cần trưởng bản xác nhận.")
    quan.press("Thêm")
    people("quantri", PHONE).go("/quan-tri/ly-do/")
    people("quantri", PHONE).go(quan.path)

    # when Hạnh asks for a supplement, she ticks it, changes a word and sends it
    hanh = people("hanh", DESK)
    hanh.go("/xu-ly/viec/?ai=toi")
    hanh.main.locator("a[data-row]").first.click()
    hanh.page.wait_for_url("**/ho-so/**")
    code = hanh.code
    page = f"/xu-ly/ho-so/{code}/viec/yeu-cau-bo-sung/"
    people("hanh", PHONE).go(page)
    hanh.go(page)
    hanh.main.get_by_text("Chọn lý do mẫu").click()
    hanh.tick("Thiếu lời xác nhận của bản")
    hanh.press("Chèn vào ô bên dưới")
    why = hanh.main.get_by_label("Vì sao").first
    expect(why).to_have_value(f"Hồ sơ {code} cần trưởng bản xác nhận.")
    why.fill(f"Hồ sơ {code} cần trưởng bản, hoặc phó bản, xác nhận.")
    hanh.press("Yêu cầu bổ sung", exact=False)
    hanh.reads("Đã yêu cầu bổ sung hồ sơ")

    # then leaders see that it occurs, and that its words were changed
    for size in (PHONE, DESK):
        people("hoa", size).go("/xu-ly/bao-cao/ly-do/")
    people("hoa", DESK).reads("Thiếu lời xác nhận của bản")
