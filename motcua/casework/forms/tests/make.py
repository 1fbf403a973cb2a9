"""A small form for tests: a child's birth."""

from typing import Any

from motcua.casework.forms.api import Form, parse_form


def make_form(**extra: Any) -> Form:
    """Return a form with one page about the child and one about copies."""
    child = [
        {"name": "tre_ho_ten", "label": "Họ, chữ đệm, tên của trẻ", "searchable": True},
        {"name": "tre_ngay_sinh", "label": "Ngày sinh", "kind": "date"},
        {
            "name": "tre_gioi_tinh",
            "label": "Giới tính",
            "kind": "choice",
            "options": [{"value": "nam", "label": "Nam"}, {"value": "nu", "label": "Nữ"}],
        },
    ]
    copies = [
        {"name": "can_ban_sao", "label": "Cần bản sao", "kind": "yes_no"},
        {
            "name": "so_ban_sao",
            "label": "Số bản sao",
            "kind": "number",
            "minimum": 1,
            "maximum": 20,
            "show_when": "can_ban_sao = true",
        },
    ]
    data = {
        "code": "khai-sinh",
        "title": "Tờ khai đăng ký khai sinh",
        "pages": [
            {"title": "Trẻ được khai sinh", "fields": [*child, *extra.get("fields", [])]},
            {"title": "Bản sao", "fields": copies},
        ],
    }
    return parse_form(data)
