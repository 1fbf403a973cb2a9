"""What is asked of the books of the registry."""

from motcua.casework.documents.api import Between
from motcua.channels.kit.fields import DayField, KitForm, LongTextField, NumberField, TickField
from motcua.lib.errors import BadInput

_TYPED = {"single": True}


class DaysForm(KitForm):
    """Which days of a book are shown or printed."""

    from_day = DayField(label="Từ ngày", required=False, look=_TYPED)
    to_day = DayField(label="Đến ngày", required=False, look=_TYPED)

    def between(self, *, after: int = 0, before: int | None = None) -> Between:
        """Return the lines that were asked for. Raises: BadInput if the days are in disorder."""
        data = self.cleaned_data if self.is_valid() else {}
        first, last = data.get("from_day"), data.get("to_day")
        if first and last and last < first:
            raise BadInput("“Đến ngày” phải từ “Từ ngày” trở đi.", field="to_day")
        return Between(after=after, before=before, from_day=first, to_day=last)


class CancelForm(KitForm):
    """Which number is cancelled, and why."""

    ordinal = NumberField(label="Số hủy", min_value=1, look={"width": "5"})
    reason = LongTextField(
        label="Lý do", max_length=500, help_text="Lý do hiện trong sổ cùng với số."
    )


class CloseForm(KitForm):
    """That the book is to be closed for ever."""

    sure = TickField(label="Đã đối chiếu sổ; hiểu rằng sổ đã khóa không mở lại được")
