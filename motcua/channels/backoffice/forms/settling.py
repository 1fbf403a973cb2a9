"""One doubt of an imported text and what a person may answer."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Doubt, FilingChannel, Settlement
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    ManyField,
    MoneyField,
    NumberField,
    SelectField,
    TickField,
)
from motcua.foundation.calendar.api import LimitUnit

WORDS_STAY = "words"
LONGEST_LIST = 20_000


class LimitForm(KitForm):
    """A time limit: number and unit, or that the law sets none."""

    amount = NumberField(label="Số", required=False, min_value=1, max_value=9999)
    unit = SelectField(
        label="Đơn vị",
        choices=[
            ("", "– chọn –"),
            *LimitUnit.choices,
            (WORDS_STAY, "Không ấn định thời hạn: giữ nguyên lời"),
        ],
    )

    def settlement(self) -> Settlement:
        """Return what was answered."""
        answers = self.cleaned_data
        if answers["unit"] == WORDS_STAY:
            return Settlement(keeps_words=True)
        return Settlement(amount=answers["amount"] or 0, unit=LimitUnit(answers["unit"]))


class ChannelForm(LimitForm):
    """A row whose way of filing is unknown: the ways, then the limit."""

    channels = ManyField(label="Cách nộp", choices=FilingChannel.choices, required=False)

    def settlement(self) -> Settlement:
        """Return what was answered."""
        answers = self.cleaned_data
        if answers["unit"] == WORDS_STAY:
            return Settlement(keeps_words=True)
        return Settlement(
            amount=answers["amount"] or 0,
            unit=LimitUnit(answers["unit"]),
            channels=[FilingChannel(one) for one in answers["channels"]],
        )


class FeeForm(KitForm):
    """An amount, or that the words decide."""

    amount_vnd = MoneyField(label="Số tiền", required=False)
    keeps_words = TickField(
        label="Không phải một số tiền cố định: giữ nguyên lời cho người dân đọc", required=False
    )

    def settlement(self) -> Settlement:
        """Return what was answered."""
        answers = self.cleaned_data
        return Settlement(keeps_words=answers["keeps_words"], amount_vnd=answers["amount_vnd"] or 0)


class PapersForm(KitForm):
    """The papers one by one, or that the words stay."""

    papers = LongTextField(
        label="Giấy tờ, mỗi giấy tờ một dòng", required=False, max_length=LONGEST_LIST
    )
    keeps_words = TickField(label="Giữ nguyên lời cho người dân đọc", required=False)

    def settlement(self) -> Settlement:
        """Return what was answered."""
        answers = self.cleaned_data
        return Settlement(keeps_words=answers["keeps_words"], papers=answers["papers"].splitlines())


SettlementForm = LimitForm | FeeForm | PapersForm


def form_for(doubt: Mapping[str, Any], posted: Any) -> SettlementForm:
    """Return the form that fits the doubt; a bare number of the source stands in it already."""
    kind = Doubt(doubt["doubt"])
    if kind in procedures.FEE_DOUBTS:
        return FeeForm(posted)
    if kind in procedures.PAPER_DOUBTS:
        return PapersForm(posted)
    words = str(doubt["words"])
    initial = {"amount": words} if words.isdecimal() else {}
    form = ChannelForm if kind == Doubt.CHANNEL_UNKNOWN else LimitForm
    return form(posted, initial=initial)
