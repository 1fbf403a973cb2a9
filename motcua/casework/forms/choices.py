from enum import StrEnum

_WORDS = {
    "text": "Chữ một dòng",
    "long_text": "Chữ nhiều dòng",
    "number": "Số",
    "money": "Số tiền",
    "date": "Ngày",
    "choice": "Chọn một",
    "choices": "Chọn nhiều",
    "yes_no": "Có / Không",
    "personal_id": "Số định danh cá nhân",
    "tax_code": "Mã số thuế",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "place": "Địa danh",
    "map_point": "Điểm trên bản đồ",
    "file": "Tệp đính kèm",
    "declaration": "Cam đoan",
    "group": "Nhóm lặp lại",
    "table": "Bảng",
}


class FieldKind(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    MAP_POINT = "map_point"
    FILE = "file"
    DECLARATION = "declaration"
    GROUP = "group"
    TABLE = "table"

    @property
    def words(self) -> str:
        """Return what people call it."""
        return _WORDS[self.value]

    @property
    def has_rows(self) -> bool:
        """Say whether its answer is a list of rows, each with fields of its own."""
        return self in {FieldKind.GROUP, FieldKind.TABLE}
