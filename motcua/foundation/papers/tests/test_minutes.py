"""Minutes, public notices, and the slip to another body: what stands on them."""

from motcua.foundation.papers import api as papers

from . import make
from .said import printed, text_of


def make_minutes() -> papers.Minutes:
    return papers.Minutes(
        letterhead=make.make_letterhead(number=3),
        kind="BIÊN BẢN KIỂM TRA THỰC ĐỊA",
        subject=make.PROCEDURE,
        facts=(papers.Fact(name="Địa điểm", value="Bản Noong Bua"),),
        sections=(papers.MinutesSection(heading="Kết quả", lines=("Đúng như hồ sơ.",)),),
        tables=(
            papers.MinutesTable(
                heading="Có mặt", columns=("Họ tên", "Chức vụ"), rows=(("Lò Văn Hặc", "Chủ tịch"),)
            ),
        ),
        closing="Biên bản đọc lại, mọi người nhất trí.",
        names=(
            papers.MinutesName(role="Cán bộ", name="Bạc Thị Liên"),
            papers.MinutesName(role="Người nộp", name="Lò Thị Lan", note="Từ chối ký"),
            papers.MinutesName(role="Chứng kiến", name="Vì Văn Sơn", drawn="10,10 90,80;5,5 9,9"),
        ),
    )


def make_transfer_slip() -> papers.TransferSlip:
    return papers.TransferSlip(
        letterhead=make.make_letterhead(number=19),
        code=make.CODE,
        procedure_name=make.PROCEDURE,
        lookup_url=make.LOOKUP,
        name="PHIẾU CHUYỂN THÔNG TIN",
        form_name="Mẫu số 19",
        addressee="Thuế cơ sở 5 tỉnh Điện Biên",
        applicant=make.make_party(),
        received_at=make.RECEIVED_AT,
        blocks=(papers.SlipPart(title="Thửa đất", lines=("Thửa 211, tờ bản đồ 12",)),),
        papers=("Đơn đăng ký biến động",),
        signer=make.make_signer(),
        recipients=("Như trên", "Lưu: VT"),
    )


def test_minutes_say_who_was_there_what_was_found_and_who_would_not_sign() -> None:
    said = text_of(make_minutes())

    for words in (
        "BIÊN BẢN KIỂM TRA THỰC ĐỊA",
        "Bản Noong Bua",
        "Đúng như hồ sơ.",
        "Lò Văn Hặc",
        "Biên bản đọc lại, mọi người nhất trí.",
        "Từ chối ký",
        "Vì Văn Sơn",
    ):
        assert words in said


def test_a_finger_s_lines_are_drawn() -> None:
    assert printed(make_minutes()).startswith(b"%PDF")


def test_the_slip_tells_the_other_body_all_it_needs() -> None:
    said = text_of(make_transfer_slip())

    for words in (
        "PHIẾU CHUYỂN THÔNG TIN",
        "Mẫu số 19",
        "Thuế cơ sở 5 tỉnh Điện Biên",
        make.CODE,
        "Thửa 211, tờ bản đồ 12",
        "Đơn đăng ký biến động",
        "Như trên",
    ):
        assert words in said
