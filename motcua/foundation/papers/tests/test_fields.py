"""Every field that the law lists for a form stands on the printed paper."""

from collections.abc import Callable

import pytest

from motcua.foundation.papers import api as papers

from . import make, make_books
from .said import text_of

HEAD = (
    "ỦY BAN NHÂN DÂN PHƯỜNG MƯỜNG THANH",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Mường Thanh, ngày 02 tháng 01 năm 2026",
)
APPLICANT = (
    "Nguyễn Thị Lan",
    "Địa chỉ: Số 12, tổ 5, phường Mường Thanh, tỉnh Điện Biên",
    "Số điện thoại: 0912 345 678",
    "Thư điện tử: lan.nguyen@example.vn",
)
ABOUT = (f"Mã hồ sơ: {make.CODE}", make.PROCEDURE, make.LOOKUP)

FIELDS: dict[Callable[[], papers.OfficialPaper], tuple[str, ...]] = {
    make.make_reception_slip: (
        *HEAD,
        *APPLICANT,
        *ABOUT,
        "Mẫu số 01",
        "Số: 07/TNHS",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "STT Tên giấy tờ Loại Số lượng",
        "1 Tờ khai cấp Giấy xác nhận Bản chính 1",
        "2 Trích lục ghi chú ly hôn (đối chiếu) Bản sao 2",
        "3 Giấy xác nhận đã cấp trước đây SHA-256: 9f86d081884c7d65… Bản điện tử 1",
        "Số lượng hồ sơ: 1 (bộ)",
        "Thời gian giải quyết theo quy định: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 10 giờ 30 phút, ngày 02 tháng 01 năm 2026",
        "17 giờ 00 phút, ngày 07 tháng 01 năm 2026 (thứ Tư)",
        "đủ 3 ngày làm việc là 07/01",
        "Đăng ký nhận kết quả tại: Bộ phận Một cửa phường Mường Thanh",
        "Lệ phí cấp giấy 15.000 đồng (biên lai số AB/26E-0000123)",
        "Phí bản sao 1.208.000 đồng",
        "quyển số 02/2026, số thứ tự 145",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Văn Bình",
        "Hỏi đáp: 0215 3825 000",
    ),
    make.make_supplement_request: (
        *HEAD,
        *APPLICANT,
        *ABOUT,
        "Mẫu số 02",
        "Số: 12/HDHS",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "1 Tờ khai: mục “Nơi cư trú trước đây” Chưa ghi thời gian cư trú tại xã Thanh Nưa",
        "2 Trích lục ghi chú ly hôn Bản chụp mờ, không đọc được số trích lục",
        "trước 17 giờ 00 phút, ngày 07 tháng 01 năm 2026",
        "liên hệ quầy số 3, điện thoại 0215 3825 111",
        "NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên) Trần Văn Bình",
    ),
    make.make_refusal: (
        *HEAD,
        *APPLICANT,
        *ABOUT,
        "Mẫu số 03",
        "Số: 03/TCHS",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Người yêu cầu thường trú tại phường khác; đề nghị nộp tại nơi thường trú.",
        "Điều 21 Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",
        "liên hệ 0215 3825 222",
        "Trần Văn Bình",
    ),
    make.make_apology: (
        *HEAD,
        *ABOUT,
        "Mẫu số 04",
        "Số: 05/PXL",
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: Bà Nguyễn Thị Lan",
        "10 giờ 30 phút, ngày 02 tháng 01 năm 2026",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 07 tháng 01 năm 2026",
        "Lý do: Chưa nhận được văn bản trả lời xác minh của xã Thanh Nưa.",
        "sẽ trả kết quả vào 17 giờ 00 phút, ngày 12 tháng 01 năm 2026 (thứ Hai)",
        "thành thật xin lỗi",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hoa",
        "- Như trên; - Bộ phận Một cửa; - Lưu: VT.",
    ),
    make.make_stop_notice: (
        *HEAD,
        *APPLICANT,
        *ABOUT,
        "Mẫu số 05",
        "Số: 09/TB-UBND",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Thời gian nhận hồ sơ: 10 giờ 30 phút, ngày 02 tháng 01 năm 2026",
        "kể từ 17 giờ 00 phút, ngày 07 tháng 01 năm 2026",
        "Lý do dừng giải quyết: Người nộp rút hồ sơ theo đơn ngày 05/01/2026.",
        "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
        "Xử lý phí, lệ phí: Hoàn trả 15.000 đồng tại quầy số 3",
        "Trả lại giấy tờ: Trả lại toàn bộ bản chính tại Bộ phận Một cửa",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hoa",
    ),
    make_books.make_progress_sheet: (
        *HEAD,
        *ABOUT,
        "Mẫu số 06",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Tên cá nhân, tổ chức: Nguyễn Thị Lan",
        "Nơi tiếp nhận hồ sơ: Bộ phận Một cửa phường Mường Thanh",
        "Cơ quan chủ trì giải quyết: Ủy ban nhân dân phường Mường Thanh",
        "Cơ quan phối hợp giải quyết: Ủy ban nhân dân xã Thanh Nưa; Công an phường",
        "Thời gian nhận hồ sơ: 10 giờ 30 phút, ngày 02 tháng 01 năm 2026",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 07 tháng 01 năm 2026",
        "Phòng Tư pháp - Hộ tịch",
        "Người giao: Trần Văn Bình Người nhận: Vũ Thị Hạnh",
        "Người giao: Vũ Thị Hạnh Người nhận: Lê Thị Hoa",
        "Trước hạn",
        "Quá hạn",
        "kèm bản giấy",
    ),
    make_books.make_register: (
        *HEAD,
        "Mẫu số 07",
        "SỔ THEO DÕI HỒ SƠ",
        "Quyển số: 02/2026. Từ ngày 01/01/2026 đến ngày 30/06/2026. Lĩnh vực: Hộ tịch.",
        "Nguyễn Thị Lan Tổ 5, phường Mường Thanh; 0912 345 678 UBND phường Mường Thanh",
        "10:30 02/01/2026 17:00 07/01/2026 17:00 07/01/2026 17:00 12/01/2026 Trực tiếp Lan đã ký",
        "2 H18.101-261008-0002 Cấp Giấy xác nhận tình trạng hôn nhân 1",
        "Sổ này có 2 hồ sơ, 1 trang; khóa sổ ngày 31 tháng 12 năm 2026",
        "NGƯỜI GIỮ SỔ (Ký và ghi rõ họ tên) Trần Văn Bình",
        "Lê Thị Hoa",
    ),
    make.make_submission_receipt: (
        *HEAD,
        *APPLICANT,
        *ABOUT,
        "THÔNG BÁO ĐÃ NHẬN HỒ SƠ NỘP TRỰC TUYẾN",
        "Người nộp: Nguyễn Văn Sơn",
        "Thời gian nộp: 10 giờ 30 phút, ngày 02 tháng 01 năm 2026",
        "Việc tiếp theo: Cán bộ Bộ phận Một cửa kiểm tra hồ sơ",
        "trả lời trước 17 giờ 00 phút, ngày 07 tháng 01 năm 2026 (thứ Tư)",
    ),
    make_books.make_hand_over_list: (
        *HEAD,
        "Số: 04/BGHS",
        "DANH SÁCH BÀN GIAO HỒ SƠ",
        "Bên giao: Bộ phận Một cửa phường Mường Thanh",
        "Bên nhận: Phòng Tư pháp - Hộ tịch",
        "Thời gian giao: 10 giờ 30 phút, ngày 02 tháng 01 năm 2026. Số hồ sơ: 1.",
        f"1 {make.CODE} {make.PROCEDURE} Nguyễn Thị Lan 2 17:00 07/01/2026 gấp",
        "Trần Văn Bình",
        "Vũ Thị Hạnh",
    ),
    make_books.make_received_list: (
        *HEAD,
        "DANH SÁCH HỒ SƠ ĐÃ TIẾP NHẬN",
        "Người nộp hồ sơ: Nguyễn Thị Lan",
        "Nơi tiếp nhận: Bộ phận Một cửa phường Mường Thanh",
        "10 giờ 30 phút, ngày 02 tháng 01 năm 2026. Số hồ sơ: 2.",
        f"1 {make.CODE} {make.PROCEDURE} UBND phường Mường Thanh 2 3 15.000 đồng 17:00 07/01/2026",
        "2 H18.101-261008-0002 Đăng ký khai sinh UBND phường Mường Thanh 1 1 8.000 đồng",
        "Đã thu tất cả: 23.000 đồng",
        "Tra cứu hồ sơ tại: https://dichvucong.dienbien.example/tra-cuu/",
        "NGƯỜI NỘP (Ký và ghi rõ họ tên) Nguyễn Thị Lan",
        "Trần Văn Bình",
    ),
    make_books.make_report: (
        *HEAD,
        "Số: 31/BC-TTPVHCC",
        "Đơn vị báo cáo: Bộ phận Một cửa phường Mường Thanh",
        "Từ ngày 01/01/2026 đến ngày 31/01/2026",
        "1 Hộ tịch 261 203 47 11 216 150 64 2 40 39 1 5",
        "2 Đất đai 18 18 0 0 12 0 12 0 6 6 0 0",
        "Tổng cộng 279 221 47 11 228 150 76 2 46 45 1 5",
        "Người lập biểu: Trần Văn Bình",
        "Lê Thị Hoa",
    ),
    make.make_outcome: (
        "ỦY BAN NHÂN DÂN PHƯỜNG MƯỜNG THANH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 15/QĐ-UBND",
        "Mường Thanh, ngày 05 tháng 3 năm 2026",
        "QUYẾT ĐỊNH Về việc trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Lan",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG MƯỜNG THANH",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Mức trợ cấp hằng tháng: 1.000.000 đồng",
        "Điều 1. Trợ cấp xã hội hằng tháng từ tháng 4 năm 2026.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.",
        "- Như Điều 2; - Sở Y tế; - Lưu: VT.",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hoa",
    ),
}


@pytest.mark.parametrize(
    ("make_paper", "value"),
    [
        pytest.param(make_paper, value, id=f"{make_paper.__name__[5:]}: {value[:40]}")
        for make_paper, values in FIELDS.items()
        for value in values
    ],
)
def test_the_paper_says(make_paper: Callable[[], papers.OfficialPaper], value: str) -> None:
    assert value in text_of(make_paper())
