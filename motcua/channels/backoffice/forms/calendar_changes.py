"""Forms about a drafted change of a calendar."""

from motcua.channels.kit.fields import KitForm, TextField

from .organisation import first_day


class DecisionForm(KitForm):
    """By which decision a change is applied."""

    number = TextField(
        label="Số quyết định",
        max_length=60,
        help_text="Ví dụ: 1234/QĐ-UBND.",
        look={"width": "20"},
    )
    on = first_day("Ngày quyết định", "Ví dụ: 20/11/2026.")
