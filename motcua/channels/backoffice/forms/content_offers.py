"""Forms for what leads to a version and comes after it: questions, reminders, renewals."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.fields import LongTextField, NumberField, SelectField
from motcua.lib.errors import BadInput

from .content import EntryForm, line, lines

Data = Mapping[str, Any]
LONGEST_TITLE = procedures.LONGEST_TITLE
LONGEST_REMINDER = 1000
MOST_MONTHS = 1200
_SHORTEST_MONTH = 28


def count(label: str, unit: str, most: int, hint: str) -> NumberField:
    """Return a field for how many of a unit, which says its limits whatever is wrong."""
    told = f"Hãy ghi số {unit}, từ 1 đến {most}."
    return NumberField(
        label=label,
        min_value=1,
        max_value=most,
        help_text=hint,
        look={"suffix": unit},
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), told),
    )


class QuestionForm(EntryForm):
    """A question that finds the case of somebody: what it is about, its words, its answers."""

    name = SelectField(  # type: ignore[assignment]  # -- chosen here, typed elsewhere
        label="Hỏi để biết",
        choices=[],
        error_messages={"required": "Hãy chọn tên mà câu hỏi này trả lời."},
        help_text="Tên đang dùng trong điều kiện của trường hợp, giấy tờ, khoản thu hay điều suy"
        " ra. Trả lời xong, người dân thấy đúng giấy tờ, thời hạn, số tiền của mình.",
    )
    text = line("Câu hỏi", "Lời người dân đọc. Ví dụ: Cần việc nào?", required=True)
    choices = LongTextField(
        label="Các câu trả lời",
        max_length=4000,
        help_text="Mỗi dòng một câu: giá trị = lời người dân đọc. Ví dụ: cap-moi = Cấp lần đầu."
        " Hỏi có hay không thì ghi: có = Đã được cấp.",
    )

    def __init__(
        self,
        *args: Any,
        before: Any = (),
        compared: Mapping[str, procedures.Compared] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.compared = before, compared or {}
        mine = self.compared.get(str(self.initial.get("name", "")))
        is_truth = mine is not None and mine.is_truth
        self.initial["choices"] = procedures.choice_lines(before, is_truth=is_truth)

    def clean_name(self) -> str:
        """Return the name. Raises: ValidationError for one that no condition asks for any more."""
        name = str(self.cleaned_data["name"])
        if name not in self.compared:
            raise ValidationError(
                f"Không còn điều kiện nào hỏi “{name}”, nên câu hỏi này không đổi gì; hãy chọn tên"
                " khác hoặc ghi điều kiện trước."
            )
        return name

    def clean_choices(self) -> list[dict[str, Any]]:
        """Return the answers. Raises: ValidationError."""
        compared = self.compared.get(str(self.cleaned_data.get("name", "")))
        try:
            return procedures.read_choices(str(self.cleaned_data["choices"]), self.before, compared)
        except BadInput as error:
            raise ValidationError(str(error)) from error


class ReminderForm(EntryForm):
    """Whom the province reminds of the procedure before they ask: people who reach an age."""

    name = None  # type: ignore[assignment]  # -- Django takes a field away so
    age = count(
        "Tuổi được hưởng",
        "tuổi",
        procedures.OLDEST_AGE,
        "Người sắp đủ tuổi này được nhắc. Ví dụ: 75.",
    )
    days_before = count(
        "Nhắc trước",
        "ngày",
        procedures.MOST_DAYS,
        f"Trước ngày đủ tuổi, từ 1 đến {procedures.MOST_DAYS} ngày. Ví dụ: 30.",
    )
    title = line("Tiêu đề lời nhắc", "Ví dụ: Ông/bà sắp đủ 75 tuổi", required=True)
    words = LongTextField(
        label="Lời nhắc",
        max_length=LONGEST_REMINDER,
        help_text="Nói quyền lợi và việc cần làm. Hồ sơ được điền sẵn từ thông tin đã có; chỉ khi"
        " người dân bấm nộp thì mới nộp. Mỗi người được nhắc một lần.",
    )

    def clean_title(self) -> str:
        """Return the heading. Raises: ValidationError for one too long for a message."""
        title = str(self.cleaned_data["title"])
        if len(title) > LONGEST_TITLE:
            raise ValidationError(f"Dài quá: tối đa {LONGEST_TITLE} chữ cái, nay có {len(title)}.")
        return title


class RenewalForm(EntryForm):
    """How a result that ends is asked for again, and when its holder is reminded."""

    name = None  # type: ignore[assignment]  # -- Django takes a field away so
    code = SelectField(label="Kết quả được gia hạn", choices=[])
    validity_months = count(
        "Kết quả có giá trị",
        "tháng",
        MOST_MONTHS,
        "Kể từ ngày cấp. Ví dụ: 6; năm năm thì ghi 60.",
    )
    days_before = count(
        "Nhắc trước khi hết giá trị",
        "ngày",
        procedures.MOST_DAYS,
        f"Từ 1 đến {procedures.MOST_DAYS} ngày; từ hôm ấy người dân nộp gia hạn được. Ví dụ: 30.",
    )
    case = SelectField(
        label="Trường hợp của hồ sơ gia hạn",
        choices=[],
        help_text="Ví dụ: Cấp lại. Câu trả lời, giấy tờ còn dùng được của lần trước chép sang.",
    )
    answers = lines(
        "Điền sẵn khác lần trước",
        "Chỉ ghi ô phải khác lần trước, mỗi dòng một ô: tên ô = câu trả lời. Ví dụ: cap_lai = có."
        " Để trống nếu mọi câu trả lời giữ như cũ.",
    )
    paper = SelectField(
        label="Giấy cũ nộp làm giấy tờ",
        required=False,
        choices=[],
        help_text="Bản điện tử của kết quả cũ được kèm sẵn vào mục này. Để trống nếu không cần.",
    )

    def __init__(
        self,
        *args: Any,
        cases: Sequence[tuple[str, str]] = (),
        papers: Mapping[str, Collection[str]] | None = None,
        before: Any = None,
        asked: procedures.Fields | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, cases=cases, **kwargs)
        self.cases, self.papers = dict(cases), papers or {}
        self.before, self.asked = before, asked

    @classmethod
    def initial_of(cls, entry: Data) -> dict[str, Any]:
        """Return what the page begins with: the answers as lines."""
        return {**entry, "answers": procedures.answer_lines(entry.get("answers"))}

    def clean_case(self) -> str:
        """Return the case. Raises: ValidationError for one that is gone."""
        case = str(self.cleaned_data["case"])
        if case not in self.cases:
            raise ValidationError(f"Không còn trường hợp “{case}”; hãy chọn trường hợp khác.")
        return case

    def clean_answers(self) -> dict[str, Any]:
        """Return the answers. Raises: ValidationError naming the line."""
        try:
            return procedures.read_answers(
                str(self.cleaned_data["answers"]), self.before, self.asked
            )
        except BadInput as error:
            raise ValidationError(str(error)) from error

    def clean_paper(self) -> str:
        """Return the paper. Raises: ValidationError for one that the case does not ask for."""
        paper, case = str(self.cleaned_data["paper"]), str(self.cleaned_data.get("case", ""))
        if paper and paper not in self.papers:
            raise ValidationError(f"Không còn giấy tờ “{paper}”; hãy chọn giấy tờ khác.")
        if paper and case and self.papers[paper] and case not in self.papers[paper]:
            raise ValidationError(
                f"Trường hợp “{self.cases[case]}” không đòi giấy tờ này; hãy chọn giấy tờ khác."
            )
        return paper

    def clean(self) -> dict[str, Any]:
        """Remind of an end that is still to come when the result is given."""
        values = dict(super().clean() or self.cleaned_data)
        days, months = values.get("days_before"), values.get("validity_months")
        if days and months and days >= months * _SHORTEST_MONTH:
            self.add_error(
                "days_before",
                f"Kết quả chỉ có giá trị {months} tháng; hãy nhắc trước ít ngày hơn thế.",
            )
        return values

    def said(self) -> list[tuple[str, Any]]:
        """Return the renewal; of answers that change nothing it says none."""
        return [(name, value or None) for name, value in self.cleaned_data.items()]


OFFER_FORMS: Mapping[str, type[EntryForm]] = {
    "questions": QuestionForm,
    "renewals": RenewalForm,
    "reminder": ReminderForm,
}
