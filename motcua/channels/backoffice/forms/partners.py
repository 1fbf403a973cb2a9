"""Forms about partners of exchange."""

from datetime import date
from typing import Any

from motcua.casework.exchange.api import CounterpartIn, Delivery, Way
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    RadioField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)

from .organisation import CODE, basis, first_day, last_day

_WIDE = {"width": "20", "attrs": {"spellcheck": "false"}}
_MOST_BYTES = 100_000


class PartnerForm(KitForm):
    """With whom messages are exchanged, and how."""

    name = TextField(label="Tên đối tác", max_length=200, help_text="Ví dụ: Tỉnh Sơn La.")
    codes = LongTextField(
        label="Mã định danh cơ quan",
        max_length=20_000,
        help_text="Mỗi dòng một mã; mã cấp trên gồm mọi cơ quan bên dưới, ví dụ H52. "
        "Dấu * là mọi cơ quan không thuộc đối tác khác (trục quốc gia).",
    )
    address = TextField(
        label="Địa chỉ",
        required=False,
        max_length=300,
        help_text="Ví dụ https://lien-thong.sonla.example:8443. Để trống khi đối tác tự đến lấy.",
        look=_WIDE,
    )
    client_ref = TextField(
        label="Tên của ta ở đó",
        required=False,
        max_length=200,
        help_text="Mã hệ thống trên trục, LGSP; bí mật đặt trong tệp cấu hình máy chủ.",
        look=CODE,
    )
    delivery = RadioField(
        label="Văn bản của ta cho đối tác", choices=Delivery.choices, initial=Delivery.PUSH
    )
    is_fetched = TickField(
        label="Ta tự đến lấy văn bản ở đối tác",
        required=False,
        help_text="Khi đối tác không gọi được tới máy chủ này (sau tường lửa), và với trục.",
    )
    valid_from = first_day("Dùng từ ngày")
    valid_to = last_day("Dùng đến hết ngày")
    basis = basis()

    def given(self, code: str, way: Way) -> CounterpartIn:
        """Return what was entered."""
        values = self.cleaned_data
        return CounterpartIn(
            code=code,
            name=values["name"],
            way=way,
            codes=tuple(values["codes"].replace(",", " ").split()),
            address=values["address"].strip().rstrip("/"),
            client_ref=values["client_ref"],
            delivery=Delivery(values["delivery"]),
            is_fetched=values["is_fetched"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            basis=values["basis"],
        )


class NewPartnerForm(PartnerForm):
    """A new partner: its code and way stay."""

    code = TextField(label="Mã đối tác", max_length=40, help_text="Ví dụ tinh-son-la.", look=CODE)
    way = SelectField(label="Đường truyền", choices=Way.choices)
    field_order = ("name", "code", "way", "codes")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first = {"valid_from": today, "delivery": Delivery.PUSH}
        super().__init__(*args, **{"initial": first, **kwargs})


class PartnerCertificateForm(KitForm):
    """A certificate of a partner."""

    file = UploadField(
        label="Tệp chứng thư của đối tác",
        accept=".cer,.crt,.pem,.der",
        max_bytes=_MOST_BYTES,
        help_text="Đối tác xuất bằng lệnh “exchange identity”. Gọi điện đọc dấu vân tay để đối "
        "chiếu trước khi nhập.",
    )


class PartnerReasonForm(KitForm):
    """Why a partner is used no more, or how something in trouble was seen to."""

    reason = LongTextField(label="Lý do", max_length=300)
