"""Forms of the process editor: one step, a BPMN file."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.procedures.api import Ground
from motcua.casework.processes.api import DUTIES, StepKind
from motcua.channels.kit.fields import (
    KitForm,
    ManyField,
    NumberField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.foundation.calendar.api import LimitUnit
from motcua.foundation.organisation.api import PostRole

NONE = ("", "–")
MOST_BYTES = 5_000_000
Plain = Mapping[str, Any]


class StepForm(KitForm):
    """One step: who does what after which, how long, under which condition."""

    name = TextField(label="Tên bước", max_length=200)
    kind = SelectField(label="Loại", choices=[(one.value, one.label) for one in StepKind])
    duty = SelectField(label="Đầu mối thực hiện")
    role = SelectField(label="Vai trò", choices=PostRole.choices)
    after = ManyField(
        label="Theo sau các bước",
        required=False,
        help_text="Bước mở khi mọi bước được chọn đã xong. Không chọn bước nào là bước đầu. "
        "Nhiều bước cùng theo sau một bước thì làm song song.",
    )
    between = TickField(
        label="Chèn vào giữa: các bước đang theo sau nay theo bước này", required=False
    )
    amount = NumberField(label="Thời gian", required=False, min_value=0, max_value=9999)
    unit = SelectField(label="Đơn vị thời gian", choices=LimitUnit.choices)
    when = TextField(
        label="Chỉ làm khi",
        required=False,
        max_length=2000,
        help_text="Điều kiện theo câu trả lời trong tờ khai, ví dụ: dien_tich > 1000. "
        "Để trống là luôn làm.",
    )
    return_to = SelectField(label="Không đồng ý thì trả về bước", required=False)
    pause_ground = SelectField(
        label="Dừng thời hạn vì",
        required=False,
        choices=[NONE, *((one.value, one.label) for one in Ground)],
    )
    silence_is_consent = TickField(
        label="Hết thời gian mà không trả lời thì coi như đồng ý", required=False
    )
    outside_body = TextField(label="Cơ quan ngoài", required=False, max_length=200)
    agency = SelectField(
        label="Do cơ quan khác làm",
        required=False,
        help_text="Để trống là cơ quan nhận giải quyết. Chọn khi bước này ở cấp khác, "
        "như sở quyết định sau khi xã đề nghị.",
    )
    part = TextField(
        label="Thuộc phần (tiểu quy trình)",
        required=False,
        max_length=100,
        help_text="Các bước cùng phần đứng liền nhau, bắt đầu bằng một bước.",
    )

    def __init__(
        self,
        *args: Any,
        steps: Sequence[Plain],
        code: str,
        agencies: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        there = {**dict(agencies), **{one["agency"]: one["agency"] for one in steps}}
        chosen = [(key, dict(agencies).get(key, key)) for key in there if key]
        self.fields["agency"] = SelectField(
            label="Do cơ quan khác làm",
            required=False,
            choices=[NONE, *chosen],
            help_text=self.fields["agency"].help_text,
        )
        others = [(one["code"], one["name"]) for one in steps if one["code"] != code]
        duties = DUTIES | {one["duty"]: DUTIES.get(one["duty"], one["duty"]) for one in steps}
        self.fields["duty"] = SelectField(label="Đầu mối thực hiện", choices=list(duties.items()))
        self.fields["after"] = ManyField(
            label="Theo sau các bước",
            required=False,
            choices=others,
            help_text=self.fields["after"].help_text,
        )
        self.fields["return_to"] = SelectField(
            label="Không đồng ý thì trả về bước", required=False, choices=[NONE, *others]
        )
        if code:
            del self.fields["between"]

    def values(self) -> dict[str, Any]:
        """Return the step as plain data, without its code."""
        data = dict(self.cleaned_data)
        data.pop("between", None)
        amount, unit = data.pop("amount"), data.pop("unit")
        is_timed = amount is not None or unit == LimitUnit.SAME_DAY
        data["budget"] = {"amount": amount or 0, "unit": unit} if is_timed else None
        return data


def initial_of(step: Plain) -> dict[str, Any]:
    """Return what the form begins with."""
    budget = step["budget"] or {"amount": None, "unit": LimitUnit.WORKING_DAY}
    return {**step, "amount": budget["amount"], "unit": budget["unit"]}


class BpmnForm(KitForm):
    """A BPMN file from somewhere else."""

    file = UploadField(
        label="Tệp BPMN 2.0 (.bpmn)",
        accept=".bpmn,.xml,application/xml",
        max_bytes=MOST_BYTES,
    )
