"""Forms about fee tables: what stands around the grid, a file, the last day, the facts to try."""

from collections.abc import Sequence
from typing import Any

from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField, UploadField
from motcua.lib.decisions import Asked, Kind

from .organisation import CODE, ONE_BOX, first_day

MOST_BYTES = 2_000_000
YES_NO = [("", "–"), ("có", "Có"), ("không", "Không")]


class TableForm(KitForm):
    """The name of a table, from when it holds, and the text that sets its amounts."""

    name = TextField(label="Tên khoản thu", max_length=300)
    valid_from = first_day("Hiệu lực từ ngày")
    basis = TextField(
        label="Số, ký hiệu văn bản quy định",
        required=False,
        max_length=500,
        help_text="Ví dụ: Nghị quyết 12/2025/NQ-HĐND. Bắt buộc khi công bố.",
    )
    basis_on = DayField(
        label="Ngày văn bản", required=False, help_text="Bắt buộc khi công bố.", look=ONE_BOX
    )
    basis_issuer = TextField(
        label="Cơ quan ban hành",
        required=False,
        max_length=200,
        help_text="Ví dụ: HĐND tỉnh. Bắt buộc khi công bố.",
    )


class NewTableForm(TableForm):
    """A new table: its code stays."""

    code = TextField(
        label="Mã bảng",
        max_length=60,
        help_text="Chữ thường không dấu, chữ số, dấu gạch: phi-ban-sao. Thủ tục gọi bảng bằng mã.",
        look=CODE,
    )
    field_order = ("code", "name")


class DmnForm(KitForm):
    """A DMN file from somewhere else, and the code of the table it becomes a draft of."""

    code = TextField(
        label="Mã bảng",
        max_length=60,
        help_text="Mã của bảng đã có thì tệp thành dự thảo của bảng ấy; mã mới thì thành bảng mới.",
        look=CODE,
    )
    file = UploadField(
        label="Tệp DMN (1.2–1.5)", accept=".dmn,.xml,application/xml", max_bytes=MOST_BYTES
    )


class EndTableForm(KitForm):
    """The last day of a table."""

    on = first_day("Ngày cuối cùng còn thu theo bảng này")


class TryForm(KitForm):
    """Facts to try a table with; those of a dossier can be fetched."""

    dossier = TextField(
        label="Lấy dữ kiện của hồ sơ",
        required=False,
        max_length=60,
        help_text="Mã hồ sơ mà ông/bà được xem; để trống nếu tự nhập.",
        look=CODE,
    )

    def __init__(self, asked: Sequence[Asked], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[f"fact_{one.name}"] = _field(one)


def _field(one: Asked) -> TextField | SelectField:
    label = one.label or one.name
    if one.kind == Kind.TRUTH:
        return SelectField(label=label, choices=YES_NO, required=False, help_text=one.name)
    hints = {
        Kind.DAY: "Ngày, như 31/12/2026.",
        Kind.WHOLE: "Số nguyên.",
        Kind.NUMBER: "Số.",
        Kind.LIST: "Nhiều giá trị, cách nhau bằng dấu phẩy.",
    }
    hint = f"{one.name}. {hints[one.kind]}" if one.kind in hints else one.name
    return TextField(label=label, required=False, max_length=300, help_text=hint)
