"""Forms for what steps do besides: findings in the field, what is posted, the slip to others."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from motcua.casework.forms.api import FieldKind, name_from
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.fields import LongTextField, NumberField, SelectField, TextField, TickField
from motcua.lib.errors import BadInput
from motcua.lib.expressions import BadExpression, names_in
from motcua.lib.text import tidy

from .content import MONO, EntryForm, condition, line, lines, lines_of
from .form_design import option_lines, options_in

Data = Mapping[str, Any]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LARGEST, _MOST_DECIMALS, _MOST_PLACES = 10**15, 4, 40
_LONGEST_TITLE = 300
_CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
_COUNTING = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
FINDING_KINDS = (
    FieldKind.YES_NO,
    FieldKind.CHOICE,
    FieldKind.CHOICES,
    FieldKind.NUMBER,
    FieldKind.MONEY,
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.DATE,
)
_OUTSIDE = frozenset({"applicant", "case"})


class WorkForm(EntryForm):
    """An entry of which only what was changed is written; the rest stays as the text has it."""

    _ASKED_BY: ClassVar[Mapping[str, Sequence[str]]] = {}

    def plain(self, before: Data) -> dict[str, Any]:
        """Return what is new or changed as the text keeps it; None for what is not said."""
        changed, written = {*self.changed_data}, self.written()
        return {
            name: None if value is False or value in ("", None) or value == [] else value
            for name, value in written.items()
            if not before or changed & {*self._ASKED_BY.get(name, (name,))}
        }

    def written(self) -> dict[str, Any]:
        """Return the entry with the names of the text."""
        return dict(self.cleaned_data)


def _tidied(entry: Data, names: Sequence[str]) -> dict[str, Any]:
    return {name: tidy(str(entry.get(name) or "")) for name in names}


def _tidied_lines(text: str) -> str:
    """Return lines as a page gives them back."""
    return "\n".join(map(tidy, text.splitlines())).strip()


def _number(label: str, hint: str, low: int, high: int) -> NumberField:
    bounds = f" từ {low} đến {high}" if low >= 0 else ", như 300"
    return NumberField(
        label=label,
        required=False,
        min_value=low,
        max_value=high,
        help_text=hint,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Hãy ghi một số nguyên{bounds}."
        ),
    )


class SlipForm(WorkForm):
    """What goes to another body, so that it can set its dues: when, to whom, saying what."""

    name = None  # type: ignore[assignment]  # -- Django takes a field away so
    step = SelectField(
        label="Bước lập phiếu",
        choices=[],
        help_text="Bước chờ cơ quan khác trong quy trình. Chưa lập phiếu thì bước ấy chưa hoàn"
        " thành được.",
    )
    to = line("Cơ quan nhận phiếu", "Ví dụ: Thuế tỉnh Điện Biên.", required=True)
    title = line(
        "Tên phiếu",
        "In ở đầu phiếu, ví dụ: PHIẾU CHUYỂN THÔNG TIN ĐỂ XÁC ĐỊNH NGHĨA VỤ TÀI CHÍNH.",
        required=True,
    )
    form = line("Mẫu số", "Theo văn bản quy định, ví dụ: Mẫu số 19. Để trống nếu không có.")
    blocks = LongTextField(
        label="Nội dung phiếu",
        help_text="Dòng có dấu # ở đầu là tên một phần, như “# I. Người sử dụng đất”. Mỗi dòng dưới"
        " là một dòng in, như “Địa chỉ: {dia_chi}”: {dia_chi} là câu trả lời của ô ấy.",
        look={"rows": 14},
    )
    _LINES = ("step", "to", "title", "form")

    def __init__(self, *args: Any, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with: the parts of the slip as lines."""
        blocks = procedures.block_lines(entry.get("blocks") or ())
        return {**_tidied(entry, cls._LINES), "blocks": _tidied_lines(blocks)}

    def clean_blocks(self) -> list[dict[str, Any]]:
        """Return the parts of the slip. Raises: ValidationError naming the line."""
        return _read_blocks(str(self.cleaned_data["blocks"]), self.known)


def _read_blocks(text: str, known: Collection[str]) -> list[dict[str, Any]]:
    _check_places(text, known)
    try:
        return procedures.read_blocks(text)
    except BadInput as error:
        raise ValidationError(str(error)) from error


def _check_places(text: str, known: Collection[str]) -> None:
    if complaint := procedures.complaint_about_places(text, known):
        raise ValidationError(complaint)


class PostingForm(WorkForm):
    """What a step posts in public; for how long is said by the step."""

    name = None  # type: ignore[assignment]  # -- Django takes a field away so
    code = SelectField(
        label="Bước niêm yết",
        choices=[],
        help_text="Bước niêm yết công khai trong quy trình. Niêm yết bao lâu là thời gian của bước"
        " ấy; trong thời gian đó ai cũng gửi được ý kiến.",
    )
    title = TextField(
        label="Tiêu đề",
        max_length=_LONGEST_TITLE,
        help_text="Ví dụ: Đăng ký đất đai của ông/bà {applicant}. {applicant} là tên người nộp.",
    )
    body = LongTextField(
        label="Nội dung niêm yết",
        help_text="Mỗi dòng một đoạn, như “Thửa đất số {so_thua}, tại {dia_chi_dat}”: {so_thua} là"
        " câu trả lời của ô ấy. Số dài từ 9 chữ số (như số định danh) tự được che.",
        look={"rows": 8},
    )
    places = line("Nơi dán bản in", "Ví dụ: Trụ sở Ủy ban nhân dân xã và nhà văn hóa bản.")

    def __init__(
        self,
        *args: Any,
        known: Collection[str] = (),
        untimed: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.untimed = known, untimed

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        body = _tidied_lines(lines_of(entry.get("body")))
        return {**_tidied(entry, ("code", "title", "places")), "body": body}

    def clean_code(self) -> str:
        """Return the step. Raises: ValidationError for one that has no time of its own."""
        step = str(self.cleaned_data["code"])
        if step in self.untimed:
            raise ValidationError(
                "Bước này chưa ghi thời gian, nên không biết niêm yết bao lâu. Hãy ghi thời gian"
                " của bước ở trang Quy trình trước."
            )
        return step

    def clean_title(self) -> str:
        """Return the title. Raises: ValidationError for a place without an answer."""
        title = str(self.cleaned_data["title"])
        _check_places(title, self.known)
        return title

    def clean_body(self) -> list[str]:
        """Return the lines. Raises: ValidationError for a place without an answer."""
        text = str(self.cleaned_data["body"])
        _check_places(text, self.known)
        return [row for row in text.splitlines() if row]


class FindingForm(WorkForm):
    """One thing an officer looks at and writes down in the field."""

    field_order = (
        "step",
        "label",
        "kind",
        "options",
        "always",
        "required_when",
        "minimum",
        "maximum",
        "decimals",
        "hint",
        "name",
        "place",
    )  # the name may be made of the label
    step = SelectField(
        label="Bước ghi nhận", choices=[], help_text="Bước kiểm tra thực địa trong quy trình."
    )
    label = TextField(
        label="Điều phải ghi nhận",
        max_length=_LONGEST_TITLE,
        help_text="Lời cán bộ đọc, ví dụ: Đúng vị trí, ranh giới trong bản vẽ.",
    )
    kind = SelectField(
        label="Cách ghi",
        choices=[(str(one), one.words) for one in FINDING_KINDS],
        help_text="Cán bộ trả lời bằng gì, ví dụ: Có / Không.",
    )
    options = lines(
        "Các mục chọn",
        "Mỗi dòng một mục: giá trị = tên, như “ngheo = Hộ nghèo”. Chỉ ghi khi cách ghi là “Chọn"
        " một” hoặc “Chọn nhiều”.",
    )
    always = TickField(label="Bắt buộc ghi", required=False)
    required_when = condition(
        "Chỉ bắt buộc khi",
        "Để trống nếu theo ô trên. Ví dụ: dat = false. Chỉ gọi điều khác của cùng bước này.",
    )
    minimum = _number(
        "Nhỏ nhất", "Chỉ ghi khi cách ghi là số hoặc số tiền, ví dụ: 0.", -_LARGEST, _LARGEST
    )
    maximum = _number(
        "Lớn nhất", "Chỉ ghi khi cách ghi là số hoặc số tiền, ví dụ: 300.", -_LARGEST, _LARGEST
    )
    decimals = _number(
        "Số chữ số sau dấu phẩy",
        "Chỉ ghi khi cách ghi là số: 1 thì ghi được 152,5. Để trống là số nguyên.",
        0,
        _MOST_DECIMALS,
    )
    hint = line("Gợi ý cho cán bộ", "Ví dụ: thửa 211: 120 m²; thửa 212: 98 m².")
    name = TextField(
        label="Tên gọi",
        required=False,
        max_length=60,
        help_text="Chữ thường không dấu, số, gạch dưới, như dung_vi_tri. Điều kiện của bước sau và"
        " kết quả gọi bằng tên này. Để trống thì lấy từ lời ở trên.",
        look=MONO,
    )
    place = _number(
        "Đứng thứ mấy",
        "Thứ tự trong danh mục của bước, ví dụ: 1. Để trống khi thêm là đứng cuối.",
        1,
        _MOST_PLACES,
    )
    _ASKED_BY: ClassVar[Mapping[str, Sequence[str]]] = {"required": ("always", "required_when")}

    def __init__(
        self,
        *args: Any,
        others: Mapping[str, Collection[str]] | None = None,
        taken: Collection[str] = (),
        place: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others, self.taken = others or {}, taken
        self.initial["place"] = place

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        required = entry.get("required", True)
        told = str(required).lower() if isinstance(required, bool) else tidy(str(required))
        return {
            **entry,
            **_tidied(entry, ("step", "label", "hint", "name")),
            "kind": str(entry.get("kind", FieldKind.TEXT)),
            "options": _tidied_lines(option_lines(entry.get("options") or ())),
            "always": told == "true",
            "required_when": "" if told in {"true", "false", ""} else told,
        }

    def clean_name(self) -> str:
        """Return the name, made of the words if none is typed. Raises: ValidationError."""
        name = str(self.cleaned_data["name"] or self.initial.get("name") or "")
        name = name or name_from(str(self.cleaned_data.get("label", "")))
        if not _NAME.fullmatch(name):
            raise ValidationError(
                "Tên bắt đầu bằng chữ thường, chỉ gồm chữ thường không dấu, số và gạch dưới."
            )
        if name in self.taken:
            raise ValidationError(
                f"“{name}” đã là tên một ô của tờ khai hoặc một điều suy ra; hãy đặt tên khác."
            )
        if name in self._beside():
            message = f"Bước này đã có điều mang tên “{name}”; hãy đặt tên khác."
            raise ValidationError(message)
        return name

    def _beside(self) -> Collection[str]:
        """Return the names of what else is found in the step."""
        return self.others.get(str(self.cleaned_data.get("step", "")), ())

    def clean_required_when(self) -> str:
        """Return the condition. Raises: ValidationError for a name the step does not have."""
        words = str(self.cleaned_data["required_when"])
        try:
            heads = {name.partition(".")[0] for name in names_in(words)}
        except BadExpression as error:
            raise ValidationError(str(error)) from error
        strange = sorted(heads - {*self._beside()} - _OUTSIDE)
        if strange:
            message = f"Bước này không có điều nào khác tên “{strange[0]}”."
            raise ValidationError(message)
        return words

    def clean(self) -> dict[str, Any]:
        """Let each kind say only what it can have."""
        values = dict(super().clean() or self.cleaned_data)
        kind = values.get("kind")
        if kind is None:
            return values
        self._check_options(str(values.get("options") or ""), is_chosen=kind in _CHOOSING)
        low, high = values.get("minimum"), values.get("maximum")
        for name in ("minimum", "maximum"):
            if values.get(name) is not None and kind not in _COUNTING:
                self.add_error(name, "Chỉ ghi khi cách ghi là số hoặc số tiền; hãy để trống.")
        if low is not None and high is not None and low > high:
            self.add_error("maximum", f"Số lớn nhất phải từ {low} trở lên, như số nhỏ nhất.")
        if values.get("decimals") and kind != FieldKind.NUMBER:
            self.add_error("decimals", "Chỉ ghi khi cách ghi là số; hãy để trống.")
        return values

    def _check_options(self, text: str, *, is_chosen: bool) -> None:
        values = [one["value"] for one in options_in(text)]
        labels = [one["label"] for one in options_in(text)]
        if not is_chosen:
            if values:
                message = "Chỉ ghi khi cách ghi là “Chọn một” hoặc “Chọn nhiều”; hãy để trống."
                self.add_error("options", message)
        elif len({*values}) < max(len(values), 2) or not all([*values, *labels]):
            self.add_error(
                "options", "Hãy ghi từ hai mục khác nhau, mỗi dòng một mục: ngheo = Hộ nghèo."
            )

    def written(self) -> dict[str, Any]:
        """Return the finding with when it is required as one thing."""
        values = dict(self.cleaned_data)
        always = values.pop("always")
        told = values.pop("required_when") or ("" if always else "false")
        said = {"name": values.pop("name"), **values, "required": told}  # as people write them
        return {**said, "options": options_in(values["options"])}


WORK_FORMS: Mapping[str, type[EntryForm]] = {
    "findings": FindingForm,
    "postings": PostingForm,
    "slip": SlipForm,
}
