"""Forms about what documents need, and about the partners that are asked."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.fields import (
    KitForm,
    NumberField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, InitialBy, Level, TurnRole
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceKind

from .organisation import CODE, basis, first_day
from .signing import NO_AGENCY

_BETWEEN, _WHO = ":", "|"
_MOST_LIST = 10_000_000


def orders() -> list[tuple[str, str]]:
    """Return each kind of document with each order in which it may be signed."""
    return [
        (
            _BETWEEN.join((kind, *turns)) + "".join(f"{_WHO}{one}" for one in initials),
            f"{kind.label}: {signing.order_words(turns, kind, initials)}",
        )
        for kind, possible in signing.ORDERS.items()
        for turns in possible
        for initials in signing.INITIALLERS[turns.count(TurnRole.INITIAL)]
    ]


class PolicyForm(KitForm):
    """What the documents of one kind need from a day on."""

    order = SelectField(label="Loại văn bản, thứ tự ký", choices=orders)
    level = SelectField(label="Mức chữ ký", choices=Level.choices)
    is_required = TickField(
        label="Bắt buộc ký số",
        required=False,
        help_text="Nếu không chọn, chưa có chứng thư số thì vẫn làm bản không ký số được.",
    )
    is_apart = TickField(
        label="Mỗi người chỉ ký một lượt",
        required=False,
        initial=True,
        help_text="Người đã ký nháy không ký ban hành cùng văn bản.",
    )
    agency = TextField(
        label="Mã cơ quan",
        required=False,
        max_length=35,
        help_text="Để trống: mọi cơ quan.",
        look=CODE,
    )
    procedure = TextField(
        label="Mã thủ tục",
        required=False,
        max_length=40,
        help_text="Để trống: mọi thủ tục.",
        look=CODE,
    )
    valid_from = first_day("Áp dụng từ ngày")
    basis = basis()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_agency(self) -> int:
        """Return the number of the agency, 0 for all."""
        code: str = self.cleaned_data["agency"]
        if not code:
            return 0
        found = organisation.tree().agency_by_code(code)
        if found is None:
            raise ValidationError(NO_AGENCY, code="invalid")
        return found.id

    def clean_procedure(self) -> str:
        """Return the code of a procedure that there is, nothing for all."""
        code: str = self.cleaned_data["procedure"]
        if code:
            try:
                procedures.get_procedure(code)
            except procedures.NoSuchProcedure as error:
                raise ValidationError(str(error), code="invalid") from error
        return code

    def clean_valid_from(self) -> date:
        """Return the first day; what has been is not changed."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise ValidationError("Chính sách chỉ áp dụng từ hôm nay trở đi.", code="invalid")
        return day

    def given(self) -> signing.PolicyIn:
        """Return what was entered."""
        values = self.cleaned_data
        order, *initials = values["order"].split(_WHO)
        kind, *turns = order.split(_BETWEEN)
        return signing.PolicyIn(
            DocumentKind(kind),
            Level(values["level"]),
            [TurnRole(role) for role in turns],
            is_required=values["is_required"],
            valid_from=values["valid_from"],
            agency_id=values["agency"],
            procedure_code=values["procedure"],
            basis=values["basis"],
            initials=[InitialBy(one) for one in initials],
            is_apart=values["is_apart"],
        )


SERVICE_FIELDS = (
    *("name", "url", "more_hosts", "api_version", "client_ref", "timeout_s"),
    "is_public",
)


class AddressForm(KitForm):
    """How one partner is asked over the network."""

    name = TextField(label="Tên dịch vụ", max_length=200)
    url = TextField(
        label="Địa chỉ",
        max_length=500,
        look={"width": "20", "attrs": {"spellcheck": "false"}},
    )
    more_hosts = TextField(
        label="Máy khác được hỏi",
        required=False,
        max_length=500,
        help_text="Tên máy, cách nhau bằng khoảng trắng; máy trong địa chỉ trên luôn được hỏi.",
        look={"width": "20", "attrs": {"spellcheck": "false"}},
    )
    api_version = TextField(label="Phiên bản giao diện", required=False, max_length=10, look=CODE)
    client_ref = TextField(
        label="Tên của ta ở đó",
        required=False,
        max_length=200,
        help_text="Mã khách hàng; mật khẩu và khóa đặt trong cấu hình máy chủ, không ghi ở đây.",
        look=CODE,
    )
    timeout_s = NumberField(
        label="Chờ tối đa", min_value=1, max_value=60, initial=10, look={"suffix": "giây"}
    )
    is_public = TickField(
        label="Công dân, doanh nghiệp dùng dịch vụ này để ký trên cổng",
        required=False,
        help_text="Chỉ cho dịch vụ ký số từ xa; không đánh dấu thì chỉ cán bộ dùng.",
    )

    def given(self, code: str, kind: ServiceKind) -> trust.ServiceIn:
        """Return what was entered of the partner with this code."""
        values = {name: self.cleaned_data[name] for name in SERVICE_FIELDS}
        return trust.ServiceIn(code=code, kind=kind, **values)


class ServiceForm(AddressForm):
    """A new partner: its code and kind stay."""

    code = TextField(label="Mã", max_length=40, help_text="Ví dụ tsa-chinh-phu.", look=CODE)
    kind = SelectField(label="Loại", choices=ServiceKind.choices)
    field_order = ("kind", "name", "code", "url")


class ListForm(KitForm):
    """A list of revoked certificates brought in by hand."""

    file = UploadField(
        label="Tệp danh sách thu hồi",
        accept=".crl,.pem,.der",
        max_bytes=_MOST_LIST,
        help_text="Dùng khi máy chủ không ra được mạng; tệp .crl của tổ chức chứng thực.",
    )
