"""What is asked when a document is sent, recalled or given back."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.documents.api import AddressGroup, Recipient, RecipientIn, Way
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    ManyField,
    RadioField,
    SelectField,
    TextField,
)

OTHER = [(str(Way.PAPER), "Gửi bản giấy"), (str(Way.EMAIL), "Gửi thư điện tử")]


class RecipientsForm(KitForm):
    """To whom: agencies of the address book, groups, and anybody else on paper."""

    group = SelectField(label="Thêm cả nhóm", required=False)
    agencies = ManyField(label="Cơ quan trong hệ thống", required=False)
    others = LongTextField(
        label="Nơi nhận khác (mỗi dòng một nơi)", required=False, max_length=5000
    )
    others_way = RadioField(
        label="Nơi nhận khác nhận bằng", choices=OTHER, initial=str(Way.PAPER), required=False
    )
    group_name = TextField(
        label="Lưu các nơi đã chọn thành nhóm tên", required=False, max_length=200
    )

    def __init__(
        self,
        *args: Any,
        book: Sequence[RecipientIn],
        groups: Sequence[AddressGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.book = {one.code: one for one in book}
        self.groups = {str(one.pk): one for one in groups}
        choose = [("", "Không"), *((key, one.name) for key, one in self.groups.items())]
        _offer(self, "group", choose)
        _offer(self, "agencies", [(one.code, one.name) for one in book])

    def chosen(self) -> list[RecipientIn]:
        """Return every recipient once."""
        data = self.cleaned_data
        group = self.groups.get(data["group"])
        codes = dict.fromkeys([*data["agencies"], *(group.members if group else ())])
        found = [self.book[code] for code in codes if code in self.book]
        way = Way(data["others_way"] or Way.PAPER)
        names = [line.strip() for line in data["others"].splitlines() if line.strip()]
        return [*found, *(RecipientIn(name[:300], way) for name in dict.fromkeys(names))]


def _offer(form: KitForm, name: str, options: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, SelectField | ManyField):
        field.choices = list(options)


def shown(recipients: Sequence[Recipient]) -> dict[str, Any]:
    """Return what the form shows of those chosen before."""
    others = [one for one in recipients if not one.code]
    return {
        "agencies": [one.code for one in recipients if one.code],
        "others": "\n".join(one.name for one in others),
        "others_way": str(others[0].way) if others else str(Way.PAPER),
    }


class AnswerForm(KitForm):
    """Whether a document is given back to who sent it."""

    agrees = RadioField(
        label="Trả lời nơi gửi",
        choices=[("co", "Đồng ý; thôi dùng văn bản này"), ("khong", "Không đồng ý")],
    )
    reason = LongTextField(label="Lý do (khi không đồng ý)", required=False, max_length=1000)


class ReasonForm(KitForm):
    """Why a document is recalled."""

    reason = LongTextField(label="Lý do thu hồi", max_length=1000)
