"""Forms for what a version says: the procedure itself, a case, a paper, a fee, a result."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    ManyField,
    MoneyField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)
from motcua.foundation.calendar.api import LimitUnit
from motcua.lib.errors import BadInput
from motcua.lib.expressions import compile_expression

from .organisation import first_day

LONGEST_NAME, LONGEST = 1200, 2000
CONDITION = "Ví dụ: dien_tich > 1000. Gọi ô của tờ khai bằng tên của ô; để trống là luôn đúng."
CHANNELS = tuple(procedures.FilingChannel)
UNITS = {str(unit.label): unit for unit in LimitUnit}
NAME_OF_UNIT = {unit.value: words for words, unit in UNITS.items()}
_LIMIT = re.compile(r"(\d{1,4})\s+(\D+)")
LEVELS = [(str(one), str(one.label)) for one in procedures.CompetentLevel]
COLLECTED = [("at_return", "Khi trả kết quả"), ("at_filing", "Khi nộp hồ sơ")]
NEW_SECTOR = ("", "– (lĩnh vực mới)")
NO_SECTOR = "Chỉ ghi khi lĩnh vực chưa có trong danh sách trên."
MONO = {"attrs": {"spellcheck": "false", "autocapitalize": "none"}}
Data = Mapping[str, Any]


def limit_words(limit: Any) -> str:
    """Return a limit of the text as people write it: “3 ngày làm việc”."""
    if isinstance(limit, Mapping):
        amount, unit = str(limit.get("amount", "")), str(limit.get("unit", ""))
    else:
        amount, _, unit = str(limit or "").rpartition(" ")
    return " ".join(filter(None, [amount, NAME_OF_UNIT.get(unit, unit)]))


def read_limit(words: str) -> str:
    """Return a limit as the text keeps it. Raises: ValidationError saying how to write one."""
    said = words.lower()
    if said == LimitUnit.SAME_DAY.label:
        return str(LimitUnit.SAME_DAY)
    found = _LIMIT.fullmatch(said)
    unit = UNITS.get(found[2].strip()) if found else None
    if found is None or unit is None or unit == LimitUnit.SAME_DAY or not int(found[1]):
        known = ", ".join(f"“3 {one}”" for one, unit in UNITS.items() if unit != "same_day")
        message = f"Hãy ghi số rồi đơn vị, như {known}; hoặc “{LimitUnit.SAME_DAY.label}”."
        raise ValidationError(message)
    return f"{int(found[1])} {unit.value}"


def check_condition(words: str) -> None:
    """Raises: ValidationError for a condition that cannot be understood."""
    try:
        compile_expression(words)
    except BadInput as error:
        raise ValidationError(str(error)) from error


def lines_of(value: Any) -> str:
    """Return a list of words as lines."""
    return value if isinstance(value, str) else "\n".join(str(one) for one in value or ())


def line(label: str, hint: str = "", *, required: bool = False) -> TextField:
    return TextField(label=label, help_text=hint, required=required, max_length=LONGEST_NAME)


def lines(label: str, hint: str = "Mỗi dòng một mục.") -> LongTextField:
    return LongTextField(label=label, help_text=hint, required=False)


def condition(label: str, hint: str = CONDITION) -> TextField:
    return TextField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        look=MONO,
        validators=[check_condition],
    )


class SectorForm(KitForm):
    """Asks for the sector: one that is known here, or a new one by name."""

    def __init__(self, *args: Any, sectors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sectors = dict(sectors)
        self.fields["sector_code"].choices = [NEW_SECTOR, *sectors]  # type: ignore[attr-defined]  # -- a choice field

    def clean(self) -> dict[str, Any]:
        """Take the name of a known sector from the list."""
        values = dict(super().clean() or self.cleaned_data)
        known = self.sectors.get(str(values.get("sector_code") or ""))
        if known:
            values["sector_name"] = known
        elif not values.get("sector_name"):
            self.add_error("sector_code", "Hãy chọn lĩnh vực, hoặc ghi tên lĩnh vực mới ở ô dưới.")
        return values


class NewProcedureForm(SectorForm):
    """What must be known of a procedure before anything else is written."""

    code = TextField(
        label="Mã thủ tục",
        max_length=40,
        help_text="Mã trên Cơ sở dữ liệu quốc gia về thủ tục hành chính, như 1.001193.",
        look={"width": "10"},
    )
    name = line("Tên thủ tục", "Đúng như quyết định công bố.", required=True)
    plain_name = line("Tên dễ hiểu", "Lời người dân hay nói, như “Xin giấy xác nhận độc thân”.")
    sector_code = SelectField(label="Lĩnh vực", required=False)
    sector_name = line("Tên lĩnh vực mới", NO_SECTOR)
    level = SelectField(label="Cấp giải quyết", choices=LEVELS)

    def clean_code(self) -> str:
        """Return the code. Raises: ValidationError for another shape, or one that is taken."""
        code = str(self.cleaned_data["code"])
        if not procedures.CODE.match(code):
            raise ValidationError("Mã có dạng một chữ số, dấu chấm, sáu chữ số: 1.001193.")
        try:
            procedures.get_procedure(code)
        except procedures.NoSuchProcedure:
            return code
        message = f"Thủ tục {code} đã có; hãy mở từ danh sách thủ tục rồi soạn tiếp."
        raise ValidationError(message)

    def plain(self) -> dict[str, Any]:
        """Return the beginning of the text."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class GeneralForm(SectorForm):
    """What the procedure says of itself."""

    valid_from = first_day("Hiệu lực từ ngày")
    name = line("Tên thủ tục", required=True)
    plain_name = line("Tên dễ hiểu", "Lời người dân hay nói.")
    keywords = lines("Từ khóa tìm kiếm", "Mỗi dòng một từ người dân hay gõ.")
    sector_code = SelectField(label="Lĩnh vực", required=False)
    sector_name = line("Tên lĩnh vực mới", NO_SECTOR)
    level = SelectField(label="Cấp giải quyết", choices=LEVELS)
    agency_codes = lines(
        "Chỉ những cơ quan này giải quyết",
        "Mỗi dòng một mã cơ quan, như H18.06. Để trống là mọi cơ quan của cấp đã chọn.",
    )
    decided_by = line("Người có thẩm quyền quyết định", "Ví dụ: Chủ tịch UBND cấp xã.")
    subjects = lines("Đối tượng thực hiện", "Mỗi dòng một đối tượng, như “Công dân Việt Nam”.")
    how = lines("Trình tự thực hiện", "Lời kể cho người dân, mỗi dòng một bước.")
    conditions = LongTextField(label="Yêu cầu, điều kiện", required=False)
    legal_basis = lines("Căn cứ pháp lý", "Mỗi dòng một văn bản: số hiệu | tên văn bản.")
    announced_by = line("Quyết định công bố", "Ví dụ: 1509/QĐ-UBND.")
    service_level = SelectField(
        label="Mức độ trực tuyến",
        choices=[
            (one.value, one.label)
            for one in procedures.ServiceLevel
            if not one.value.startswith("level_")
        ],
    )
    service_level_reason = line("Vì sao chưa toàn trình", "Bắt buộc khi chọn “Một phần”.")

    _LISTS = ("keywords", "agency_codes", "subjects", "how")

    @classmethod
    def parts(cls) -> list[str]:
        """Return the parts of the text that this page edits."""
        return [name for name in cls.base_fields if name != "valid_from"]

    @classmethod
    def initial_of(cls, data: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        basis = [one for one in data.get("legal_basis") or () if isinstance(one, Mapping)]
        told = [" | ".join(filter(None, [one.get("number"), one.get("title")])) for one in basis]
        listed = {name: lines_of(data.get(name)) for name in cls._LISTS}
        if data.get("sector_code"):
            listed["sector_name"] = ""
        level = data.get("service_level") or procedures.ServiceLevel.FULL.value
        return {**data, **listed, "legal_basis": "\n".join(told), "service_level": level}

    def clean_legal_basis(self) -> str:
        """Raises: ValidationError for a text of law without a number."""
        typed = str(self.cleaned_data["legal_basis"])
        if any(one.startswith("|") for one in typed.splitlines()):
            raise ValidationError(
                "Mỗi dòng phải bắt đầu bằng số hiệu, như “60/2014/QH13 | Luật …”."
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the service is not full."""
        values = dict(super().clean() or self.cleaned_data)
        partial = values.get("service_level") == procedures.ServiceLevel.PARTIAL
        if partial and not values.get("service_level_reason"):
            self.add_error("service_level_reason", "Hãy ghi vì sao dịch vụ chưa toàn trình.")
        return values

    def plain(self) -> dict[str, Any]:
        """Return the parts as the text keeps them; None for what is not said."""
        values = {name: self.cleaned_data[name] or None for name in self.parts()}
        for name in self._LISTS:
            values[name] = str(values[name] or "").splitlines() or None
        basis = [one.partition("|") for one in str(values["legal_basis"] or "").splitlines()]
        values["legal_basis"] = [
            {"number": number.strip(), "title": title.strip()}
            for number, _, title in basis
            if number.strip()
        ] or None
        return values


class EntryForm(KitForm):
    """One entry of a list of the version."""

    name = line("Tên", required=True)

    def __init__(
        self,
        *args: Any,
        cases: Sequence[tuple[str, str]] = (),
        choices: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if "cases" in self.fields and len(cases) > 1:
            self.fields["cases"].choices = cases  # type: ignore[attr-defined]  # -- a choice field
        else:
            self.fields.pop("cases", None)
        for name, offered in (choices or {}).items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]  # -- a choice field

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        return dict(entry)

    def plain(self, _before: Data) -> dict[str, Any]:
        """Return the entry as the text keeps it; None for what is not said."""
        return {
            name: value if value not in ("", [], False) else None for name, value in self.said()
        }

    def said(self) -> list[tuple[str, Any]]:
        return list(self.cleaned_data.items())


class CaseForm(EntryForm):
    """One case: when it is that, and how long each way of filing takes."""

    name = line("Tên trường hợp", "Ví dụ: Cấp lần đầu.", required=True)
    counter = line("Thời hạn khi nộp trực tiếp", "Ví dụ: 3 ngày làm việc. Để trống: không nhận.")
    portal = line("Thời hạn khi nộp trực tuyến", "Để trống: không nhận trực tuyến.")
    post = line("Thời hạn khi nộp qua bưu chính", "Để trống: không nhận qua bưu chính.")
    when = condition(
        "Là trường hợp này khi",
        "Điều kiện theo tờ khai. Để trống nếu người nộp tự chọn trường hợp.",
    )

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with: limits in words."""
        limits = entry.get("limits")
        known = limits if isinstance(limits, Mapping) else {}
        return {**entry, **{str(one): limit_words(known.get(str(one))) for one in CHANNELS}}

    def clean(self) -> dict[str, Any]:
        """Read the limits; a case that is taken in no way is none."""
        values = dict(super().clean() or self.cleaned_data)
        typed = {str(one): str(values.get(str(one)) or "") for one in CHANNELS}
        for name, words in typed.items():
            try:
                values[name] = read_limit(words) if words else ""
            except ValidationError as error:
                self.add_error(name, error)
        if not any(typed.values()):
            self.add_error("counter", "Hãy ghi thời hạn của ít nhất một cách nộp.")
        return values

    def plain(self, before: Data) -> dict[str, Any]:
        """Return the case; a limit whose words are the same stays as it is written."""
        known = before.get("limits")
        old = known if isinstance(known, Mapping) else {}
        values = self.cleaned_data
        limits = {}
        for one in map(str, CHANNELS):
            if values[one]:
                is_same = limit_words(old.get(one)) == limit_words(values[one])
                limits[one] = old[one] if is_same and one in old else values[one]
        return {"name": values["name"], "limits": limits, "when": values["when"] or None}


class PaperForm(EntryForm):
    """One paper: what becomes of it, when it is needed, how many of it."""

    name = line("Tên giấy tờ", required=True)
    handling = SelectField(
        label="Người nộp làm gì",
        choices=[(str(one), one.label) for one in procedures.PaperHandling],
    )
    always = TickField(label="Luôn phải có", required=False)
    required = condition("Chỉ phải có khi", f"Để trống nếu theo ô trên. {CONDITION}")
    originals = NumberField(label="Số bản chính", required=False, min_value=0, max_value=99)
    copies = NumberField(label="Số bản sao", required=False, min_value=0, max_value=99)
    cases = ManyField(label="Chỉ của trường hợp", required=False)
    replaced_by_data = line(
        "Được thay bằng",
        "Ví dụ: Tờ khai điền trực tuyến. Có thì nộp trực tuyến không phải gửi tệp này.",
    )
    note = line("Ghi chú cho người nộp")

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        required = entry.get("required", True)
        told = str(required).lower() if isinstance(required, bool) else str(required)
        is_plain = told in {"true", "false", ""}
        return {**entry, "always": told == "true", "required": "" if is_plain else told}

    def said(self) -> list[tuple[str, Any]]:
        """Return the paper with when it is needed as one thing."""
        values = dict(self.cleaned_data)
        always = values.pop("always")
        values["required"] = values["required"] or ("" if always else "false")
        return list(values.items())


class FeeForm(EntryForm):
    """One fee: so much, or as a table says; when it is due, who is free of it."""

    name = line("Tên khoản thu", required=True)
    kind = SelectField(label="Loại", choices=[(str(one), one.label) for one in procedures.FeeKind])
    amount_vnd = MoneyField(label="Mức thu", required=False)
    table = SelectField(
        label="Hoặc tính theo bảng thu",
        required=False,
        help_text="Bảng soạn ở “Mức thu phí, lệ phí”; phải được công bố trước thủ tục.",
    )
    quantity = condition(
        "Số lượng", "Ví dụ: so_ban_sao. Mức thu nhân với số này; để trống là một lần."
    )
    when = condition("Chỉ thu khi")
    exempt_when = condition("Miễn khi")
    exemptions = line("Ai được miễn, giảm", "Lời cho người dân đọc.")
    collected = SelectField(label="Thu lúc nào", choices=COLLECTED)
    cases = ManyField(label="Chỉ của trường hợp", required=False)
    basis = line("Văn bản quy định mức thu", "Ví dụ: Nghị quyết 12/2025/NQ-HĐND.")

    def clean(self) -> dict[str, Any]:
        """Let a fee have an amount or a table, not both."""
        values = dict(super().clean() or self.cleaned_data)
        if values.get("table") and values.get("amount_vnd"):
            self.add_error("amount_vnd", "Đã chọn bảng thu thì để trống mức thu.")
        elif not values.get("table") and values.get("amount_vnd") is None:
            self.add_error("amount_vnd", "Hãy ghi mức thu (0 là không thu), hoặc chọn bảng thu.")
        return values

    def plain(self, before: Data) -> dict[str, Any]:
        """Return the fee; of nothing it says 0, not nothing."""
        values = super().plain(before)
        if not values.get("table"):
            values["amount_vnd"] = self.cleaned_data["amount_vnd"]
        return values


class OutcomeForm(EntryForm):
    """One result: its heading and words, when there is one, how long it holds."""

    name = line("Tên kết quả", required=True)
    title = line("Tiêu đề in trên kết quả", "Ví dụ: GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN.")
    body = lines(
        "Nội dung in",
        "Mỗi dòng một đoạn. {ten_o} là câu trả lời của ô ấy, {applicant} là người được cấp."
        " Có mẫu Word thì dùng mẫu Word thay cho các dòng này.",
    )
    when = condition("Chỉ có khi")
    validity_months = NumberField(
        label="Hiệu lực (tháng)",
        required=False,
        min_value=0,
        max_value=1200,
        help_text="Để trống là không thời hạn.",
    )
    result_code = line("Mã kết quả", "Ví dụ: KQ.G15.000061.")
    on_paper_only = TickField(label="Chỉ cấp bản giấy", required=False)

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with."""
        return {**entry, "body": lines_of(entry.get("body"))}

    def clean(self) -> dict[str, Any]:
        """Let what is renewed end: without an end nobody is reminded."""
        values = dict(super().clean() or self.cleaned_data)
        if self.initial.get("renewal") and not values.get("validity_months"):
            message = "Kết quả này có cách gia hạn; hãy ghi hiệu lực, hoặc bỏ cách gia hạn trước."
            self.add_error("validity_months", message)
        return values

    def said(self) -> list[tuple[str, Any]]:
        """Return the result with its words as a list."""
        return list({**self.cleaned_data, "body": self.cleaned_data["body"].splitlines()}.items())


FORMS: Mapping[str, type[EntryForm]] = {
    "cases": CaseForm,
    "papers": PaperForm,
    "fees": FeeForm,
    "outcomes": OutcomeForm,
}
