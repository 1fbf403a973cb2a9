"""Forms for what follows in a version: facts that follow from answers, what waiting does."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.fields import (
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)
from motcua.foundation.calendar.api import WaitingRule
from motcua.lib.errors import BadInput

from .content import (
    LONGEST,
    MONO,
    EntryForm,
    check_condition,
    limit_words,
    line,
    lines,
    lines_of,
    read_limit,
)

Data = Mapping[str, Any]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LIMITS = ("reset_to", "window")


class DerivedForm(EntryForm):
    """A fact that follows from the answers: its name, how it follows, what officers are told."""

    name = TextField(
        label="Tên gọi",
        max_length=60,
        help_text="Chữ thường không dấu, số, gạch dưới, như qua_han. Điều kiện ở mọi trang gọi bằng"
        " tên này.",
        look=MONO,
    )
    value = TextField(
        label="Tính bằng",
        max_length=LONGEST,
        help_text="Ví dụ: age(ngay_sinh, filed_on) >= 75. filed_on là ngày nộp, channel là cách"
        " nộp, case là trường hợp.",
        look=MONO,
        validators=[check_condition],
    )
    flag = line(
        "Khi đúng thì nhắc cán bộ",
        "Ví dụ: Đăng ký quá hạn 60 ngày. Để trống nếu không nhắc.",
    )

    def __init__(self, *args: Any, taken: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean_name(self) -> str:
        """Return the name. Raises: ValidationError for another shape, or one that is a field's."""
        name = str(self.cleaned_data["name"])
        if not _NAME.fullmatch(name):
            raise ValidationError(
                "Tên bắt đầu bằng chữ thường, chỉ gồm chữ thường không dấu, số và gạch dưới."
            )
        if name in self.taken:
            message = f"“{name}” đã là tên một ô hoặc một điều suy ra khác; hãy đặt tên khác."
            raise ValidationError(message)
        return name


class WaitingForm(EntryForm):
    """What a time of waiting does to the limit, and for how long the office may ask."""

    name = None  # type: ignore[assignment]  # -- Django takes a field away so
    code = SelectField(label="Khi hồ sơ chờ vì", choices=[])
    rule = SelectField(
        label="Thời hạn giải quyết", choices=[(one.value, one.label) for one in WaitingRule]
    )
    reset_to = line(
        "Thời hạn mới", "Chỉ ghi khi chọn “Tính một thời hạn mới”, như 18 ngày làm việc."
    )
    window = line(
        "Chỉ được yêu cầu bổ sung trong",
        "Kể từ khi tiếp nhận, như 3 ngày làm việc. Chỉ dùng khi chờ bổ sung hồ sơ.",
    )

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with: limits in words."""
        return {**entry, **{name: limit_words(entry.get(name)) for name in _LIMITS}}

    def clean(self) -> dict[str, Any]:
        """Read the limits; a new limit must be said where one begins, and only there."""
        values = dict(super().clean() or self.cleaned_data)
        for name in _LIMITS:
            try:
                values[name] = read_limit(values[name]) if values.get(name) else ""
            except ValidationError as error:
                self.add_error(name, error)
        if values.get("rule") == WaitingRule.RESET and not values.get("reset_to"):
            self.add_error("reset_to", "Hãy ghi thời hạn mới, như 18 ngày làm việc.")
        elif values.get("rule") != WaitingRule.RESET and values.get("reset_to"):
            self.add_error("reset_to", "Chỉ ghi khi chọn “Tính một thời hạn mới”.")
        if values.get("window") and values.get("code") != procedures.Ground.SUPPLEMENT:
            self.add_error("window", "Chỉ ghi khi chờ bổ sung hồ sơ.")
        return values


class CouncilForm(EntryForm):
    """How the council of a step meets, and what its minutes must say."""

    code = SelectField(label="Họp ở bước", choices=[])
    name = line("Tên hội đồng", "Ví dụ: Hội đồng xác định mức độ khuyết tật.", required=True)
    members = LongTextField(
        label="Thành viên theo quy định",
        help_text="Mỗi dòng một chức danh: dòng đầu là chủ tịch, dòng thứ hai là thư ký.",
    )
    quorum = NumberField(
        label="Họp được khi có mặt ít nhất (%)",
        required=False,
        min_value=0,
        max_value=100,
        help_text="Tính trên tất cả thành viên ở trên. Để trống là không quy định.",
    )
    records = lines(
        "Biên bản phải ghi",
        "Mỗi dòng một điều: ten_o | Điều phải ghi. Có lựa chọn thì ghi thêm: muc_do | Mức độ |"
        " nang = Nặng; nhe = Nhẹ. Loại khác: chữ nhiều dòng, số, số tiền, ngày, có / không.",
    )
    vote_on = TextField(
        label="Biểu quyết về ô",
        required=False,
        max_length=60,
        help_text="Tên một ô có lựa chọn ở trên; đa số quyết định, ngang phiếu thì theo chủ tịch.",
        look=MONO,
    )
    both_parties = TickField(label="Chỉ họp khi các bên đều có mặt", required=False)
    parties = lines(
        "Ô của tờ khai ghi tên bên kia", "Mỗi dòng một tên ô, như ben_kia. Để trống nếu không có."
    )
    absent_twice = lines(
        "Một bên vắng lần thứ hai thì ghi nhận",
        "Mỗi dòng một điều, như ket_qua = khong-thanh. Để trống nếu không quy định.",
    )

    def __init__(
        self,
        *args: Any,
        before: Sequence[Data] = (),
        answers: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.answers = before, answers

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with: lists as lines."""
        absent = entry.get("absent_twice")
        known = absent if isinstance(absent, Mapping) else {}
        return {
            **entry,
            "members": lines_of(entry.get("members")),
            "parties": lines_of(entry.get("parties")),
            "absent_twice": "\n".join(f"{name} = {value}" for name, value in known.items()),
            "records": procedures.record_lines(entry.get("records") or ()),
        }

    def clean_records(self) -> list[dict[str, Any]]:
        """Return what the minutes must say as fields. Raises: ValidationError."""
        try:
            return procedures.read_records(str(self.cleaned_data["records"]), self.before)
        except BadInput as error:
            raise ValidationError(str(error)) from error

    def clean_absent_twice(self) -> dict[str, str]:
        """Return what counts as found. Raises: ValidationError."""
        rows = [row.partition("=") for row in str(self.cleaned_data["absent_twice"]).splitlines()]
        found = {name.strip(): value.strip() for name, _, value in rows if name.strip()}
        if not all(found.values()):
            raise ValidationError("Hãy ghi tên ô, dấu bằng rồi giá trị: ket_qua = khong-thanh.")
        return found

    def clean(self) -> dict[str, Any]:
        """Let the council vote and find only what its minutes ask, with parties who are named."""
        values = dict(super().clean() or self.cleaned_data)
        records = {one["name"]: one for one in values.get("records") or ()}
        vote = values.get("vote_on")
        if vote and not records.get(vote, {}).get("options"):
            self.add_error("vote_on", "Hãy ghi tên một ô có lựa chọn ở mục “Biên bản phải ghi”.")
        if strange := sorted({*(values.get("absent_twice") or {})} - {*records}):
            self.add_error("absent_twice", f"Biên bản không có ô “{strange[0]}”.")
        if strange := sorted({*str(values.get("parties") or "").splitlines()} - {*self.answers}):
            self.add_error("parties", f"Tờ khai không có ô “{strange[0]}”.")
        if taken := sorted({*records} & {*self.answers}):
            message = f"“{taken[0]}” đã là tên một ô của tờ khai; hãy đặt tên khác."
            self.add_error("records", message)
        return values

    def said(self) -> list[tuple[str, Any]]:
        """Return the council with its lists."""
        values = dict(self.cleaned_data)
        for name in ("members", "parties"):
            values[name] = str(values[name]).splitlines()
        return [(name, value or None) for name, value in values.items()]


RULE_FORMS: Mapping[str, type[EntryForm]] = {
    "derived": DerivedForm,
    "waiting": WaitingForm,
    "councils": CouncilForm,
}
