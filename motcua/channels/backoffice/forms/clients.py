"""Forms about applications of others."""

from datetime import date
from typing import Any

from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    NumberField,
    TextField,
)
from motcua.foundation.clients.api import FOR_CLIENTS, Client, ClientIn, Scope
from motcua.foundation.organisation import api as organisation

from .organisation import CODE, basis

_MOST_DAYS = 30
_CHOICES = [(scope.value, f"{scope.label} ({scope})") for scope in FOR_CLIENTS]


class ClientForm(KitForm):
    """What an application is let do: as whom, which acts, for whom, from where, until when."""

    name = TextField(label="Tên ứng dụng", max_length=120, help_text="Tên này đứng trong nhật ký.")
    contact = TextField(
        label="Người phụ trách", max_length=300, help_text="Tên, điện thoại, để gọi khi có sự cố."
    )
    username = TextField(
        label="Tài khoản công vụ",
        max_length=150,
        help_text="Ứng dụng làm thay tài khoản này, trong quyền của vị trí. Nên lập riêng cho máy.",
        look=CODE,
    )
    scopes = ManyField(
        label="Phạm vi",
        choices=_CHOICES,
        help_text="Quyết định và ký là việc của người, không giao cho ứng dụng.",
    )
    agency_codes = LongTextField(
        label="Cơ quan",
        required=False,
        max_length=4000,
        help_text="Mỗi dòng một mã, ví dụ H18.101. Để trống: mọi nơi vị trí với tới.",
    )
    networks = LongTextField(
        label="Mạng được gọi tới",
        required=False,
        max_length=2000,
        help_text="Mỗi dòng một địa chỉ hoặc dải, ví dụ 203.0.113.0/24. Để trống: mọi nơi.",
    )
    valid_to = DayField(label="Dùng đến hết ngày", help_text="Nhiều nhất hai năm.")
    basis = basis()

    def given(self) -> ClientIn:
        """Return what was entered."""
        values = self.cleaned_data
        return ClientIn(
            name=values["name"],
            contact=values["contact"],
            username=values["username"],
            scopes=[Scope(one) for one in values["scopes"]],
            valid_to=values["valid_to"],
            agency_codes=values["agency_codes"].replace(",", " ").split(),
            networks=values["networks"].replace(",", " ").split(),
            basis=values["basis"],
        )


def kept_in(client: Client) -> dict[str, Any]:
    """Return what a form about the application begins with."""
    tree = organisation.tree()
    codes = [one.code for one in tree.agencies() if one.id in set(client.agency_ids)]
    return {
        "name": client.name,
        "contact": client.contact,
        "username": client.account.username,
        "scopes": client.scopes,
        "agency_codes": "\n".join(codes),
        "networks": "\n".join(client.networks),
        "valid_to": client.valid_to,
        "basis": client.basis,
    }


class KeyForm(KitForm):
    """How long the former key holds on."""

    days = NumberField(
        label="Khóa cũ dùng thêm mấy ngày",
        min_value=0,
        max_value=_MOST_DAYS,
        initial=7,
        help_text="0: hết ngay. Trong những ngày này bên kia đổi sang khóa mới.",
    )


class EndForm(KitForm):
    """Why an application is ended."""

    reason = LongTextField(label="Lý do", max_length=300)


def year_from(today: date) -> date:
    """Return the last day proposed: a year without a day."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)
