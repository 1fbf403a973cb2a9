"""How old a paper may be when it is handed in.

Source: docs/law/further-procedures.md
"""

from datetime import date

from .months import months_after


def check_age(name: str, issued: object, most_months: int, on: date) -> str:
    """Return what is wrong with the day on which a paper was issued; nothing if it may be used."""
    try:
        day = date.fromisoformat(str(issued))
    except ValueError:
        return ""  # that it is no day the form itself says
    if day > on:
        return f"Ngày cấp “{name}” không thể sau hôm nay."
    last = months_after(day, most_months)
    if last < on:
        return (
            f"“{name}” cấp ngày {day:%d/%m/%Y} chỉ dùng được đến {last:%d/%m/%Y}"
            f" ({most_months} tháng); hãy xin cấp giấy mới."
        )
    return ""
