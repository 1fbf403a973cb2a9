"""A place that is meant as of a day: its code on that day, and what it was called then."""

from motcua.lib.tongue import sentence

PLACE = r"^\d{2,5} · .{1,300}$"

PLACE_COMPLAINT = sentence(
    "Chưa rõ “%(label)s” là nơi nào: hãy ghi tên xã, phường như vào ngày ấy rồi chọn một nơi"
    " trong danh sách hiện ra."
)
_MARK = " · "


def place_value(code: str, name: str) -> str:
    """Return the answer that names one place on its day."""
    return f"{code}{_MARK}{name}"


def place_code(value: str) -> str:
    """Return the code an answer names; nothing if it names none."""
    code, mark, _ = value.partition(_MARK)
    return code if mark and code.isdecimal() else ""


def place_in_words(value: str) -> str:
    """Return the place as people read it: its name on its day."""
    code, mark, name = value.partition(_MARK)
    return name if mark and code.isdecimal() else value
