"""Invented people and dossiers for the gallery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse

from . import pages
from .contact_fields import EmailField
from .fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    MoneyField,
    PersonalIdField,
    PhoneField,
    RadioField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from .old_names import OldName

ERROR_PAGES: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": pages.bad_request,
    "403": pages.forbidden,
    "404": pages.not_found,
    "500": pages.server_error,
    "503": pages.database_away,
    "cham": pages.too_slow,
    "csrf": pages.csrf_failure,
}


OLD_NAMES = [
    OldName("Phường Him Lam", "Phường Điện Biên Phủ", date(2025, 7, 1), "", "", "03127", "#tim")
]


class SampleForm(KitForm):
    """One field of each kind."""

    full_name = TextField(label="Họ và tên", look={"autocomplete": "name", "width": "20"})
    personal_id = PersonalIdField(
        label="Số định danh cá nhân", help_text="12 chữ số, ở mặt trước thẻ căn cước."
    )
    birthday = DayField(label="Ngày sinh", look={"birthday": True})
    phone = PhoneField(label="Số điện thoại", help_text="Để báo khi hồ sơ có kết quả.")
    email = EmailField(label="Thư điện tử", required=False)
    commune = SelectField(
        label="Xã, phường nơi ở", choices=[("", "Chọn một nơi"), ("1", "Phường Trần Phú")]
    )
    returning = RadioField(
        label="Ông/bà muốn nhận kết quả ở đâu?",
        choices=[
            ("desk", "Tại Bộ phận Một cửa"),
            ("post", "Qua bưu chính"),
            ("online", "Bản điện tử"),
        ],
        hints={"post": "Bưu tá thu phí khi giao, khoảng 30.000 đồng."},
    )
    papers = ManyField(
        label="Giấy tờ mang theo", choices=[("a", "Giấy chứng sinh"), ("b", "Thẻ căn cước")]
    )
    income = MoneyField(label="Thu nhập một tháng", required=False)
    reason = LongTextField(label="Lý do", required=False, max_length=500)
    file = UploadField(label="Ảnh chụp giấy chứng sinh", multiple=True, upload_url="/tep/bat-dau/")
    honest = TickField(label="Tôi cam đoan những điều khai trên là đúng.")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the sample work list."""

    code: str
    procedure: str
    applicant: str
    days: int | None
    word: str
    tone: str
    paused: bool = False


def work_rows() -> list[WorkRow]:
    kinds = (
        (3, "Đang giải quyết", "info", False),
        (0, "Chờ ký duyệt", "info", False),
        (-2, "Đang giải quyết", "info", False),
        (1, "Mới tiếp nhận", "neutral", False),
        (5, "Chờ bổ sung", "paused", True),
        (None, "Đã có kết quả", "ok", False),
    )
    return [
        WorkRow(
            f"H18.101-260105-{number:04}",
            "Đăng ký khai sinh" if number % 3 else "Cấp giấy phép xây dựng nhà ở riêng lẻ",
            "Nguyễn Thị Lan" if number % 2 else "Trần Quốc Bảo",
            *kinds[number % len(kinds)],
        )
        for number in range(1, 13)
    ]


def sample_messages() -> list[Message]:
    return [
        Message(
            constants.SUCCESS, "Đã tiếp nhận hồ sơ H18.101-260105-0007, hẹn trả thứ Tư, 07/01/2026."
        ),
        Message(constants.INFO, "Hồ sơ đã chuyển sang bước thẩm định; cô Hoa sẽ xem tiếp."),
        Message(constants.WARNING, "Còn một giấy tờ chưa có bản chụp: Giấy chứng sinh."),
        Message(
            constants.ERROR, "Hồ sơ này vừa được anh Bình nhận trước, nên chưa có gì thay đổi."
        ),
    ]
