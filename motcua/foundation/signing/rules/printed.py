"""Whether the number and day that an officer names are those that stand in the document.

Source: docs/law/signing.md
"""

from datetime import date

from motcua.lib.errors import BadInput

from .placing import Facts


def check_printed_number(facts: Facts, number: str, on: date | None, *, is_compared: bool) -> None:
    """Raises: BadInput, with what to do, unless both are as printed.

    In a scan nobody can read them by machine: there somebody says that both were compared.
    """
    if not number.strip():
        message = "Hãy ghi số, ký hiệu như trong văn bản, ví dụ 12/QĐ-UBND."
        raise BadInput(message, field="printed_number")
    if on is None:
        raise BadInput("Hãy ghi ngày ban hành như trong văn bản.", field="printed_on")
    if not facts["has_text"]:
        if not is_compared:
            message = (
                "Văn bản là bản quét, máy không đọc được số và ngày; hãy đối chiếu bằng mắt rồi"
                " đánh dấu ô đã đối chiếu."
            )
            raise BadInput(message, field="is_compared")
        return
    printed = (facts["number"] or {}).get("printed", "")
    if not printed:
        message = "Không thấy số đã ghi sau chữ “Số:” trong văn bản; hãy ghi số vào văn bản trước."
        raise BadInput(message, field="printed_number")
    if _bare(printed) != _bare(number):
        message = f"Văn bản ghi số {printed}, khác số ông/bà ghi; hãy sửa cho khớp."
        raise BadInput(message, field="printed_number")
    _check_day((facts["day"] or {}).get("printed", {}), on)


def _check_day(printed: dict[str, int], on: date) -> None:
    whole = {"d": on.day, "m": on.month, "y": on.year}
    if set(printed) != set(whole):
        message = "Không thấy đủ ngày, tháng, năm trong văn bản; hãy ghi ngày vào văn bản trước."
        raise BadInput(message, field="printed_on")
    if printed != whole:
        said = f"{printed['d']:02d}/{printed['m']:02d}/{printed['y']}"
        message = f"Văn bản ghi ngày {said}, khác ngày ông/bà ghi; hãy sửa cho khớp."
        raise BadInput(message, field="printed_on")


def _bare(number: str) -> str:
    return number.strip().rstrip(".").lstrip("0").casefold()
