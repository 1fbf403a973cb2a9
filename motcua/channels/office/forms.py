"""What is asked for each act."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.http import QueryDict

from motcua.casework.dossiers.api import (
    OutcomeKind,
    SupplementItemIn,
    new_complaints,
    read_serials,
)
from motcua.casework.forms.api import Field, FieldKind, Form
from motcua.channels.kit.answers import PREFIX, Question, questions_of, read_answers
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.channels.office.entering import complaints_of, input_for
from motcua.foundation.signing.api import PaperState
from motcua.lib.errors import BadInput

OPINION, LONG = 2000, 1000
LATER = "later"
FROM_TEMPLATE, READY, OWN_FILE = "mau", "san", "tep"
DIGITAL, PAPER = "so", "giay"
ITEMS = 5
PAPER_CHANGES = [
    (PaperState.CORRECTED, "Đính chính: giấy vẫn có giá trị, kèm nội dung đính chính"),
    (PaperState.REPLACED, "Thay thế: kết quả của một hồ sơ khác thay cho giấy này"),
    (PaperState.REVOKED, "Thu hồi: giấy không còn giá trị"),
]
ANSWERS_TO_APPLICANT = [
    (OutcomeKind.GRANTED.value, "Chấp thuận"),
    (OutcomeKind.REFUSED.value, "Từ chối giải quyết"),
]


def offer(form: KitForm, name: str, options: Sequence[tuple[str, str]]) -> None:
    """Give a field of the form its choices."""
    field = form.fields[name]
    if isinstance(field, ChoiceField):
        field.choices = list(options)


class OpinionForm(KitForm):
    """An opinion, which may be left empty."""

    comment = LongTextField(label="Ý kiến", required=False, max_length=OPINION)


class ReturnForm(KitForm):
    """What must be done again."""

    comment = LongTextField(label="Cần làm lại điều gì, vì sao", max_length=OPINION)


class AnswersForm(KitForm):
    """The applicant's form with its answers, to be put right, and why; declarations stay theirs."""

    reason = LongTextField(label="Lý do sửa", max_length=LONG)

    def __init__(
        self, data: QueryDict | None, *, asked: Form | None, before: Mapping[str, Any]
    ) -> None:
        super().__init__(data)
        self.asked, self.before = asked, dict(before)
        self.answers = self.before if data is None else read_answers(asked, data) | self.declared()
        self.wrong: dict[str, str] = {}

    def declared(self) -> dict[str, Any]:
        """Return what only the applicant can say."""
        fields = self.asked.all_fields() if self.asked else ()
        own = {field.name for field in fields if field.kind == FieldKind.DECLARATION}
        return {name: value for name, value in self.before.items() if name in own}

    def clean(self) -> dict[str, Any]:
        """Check the answers by the rules of their form."""
        if self.asked is not None:
            self.wrong = new_complaints(self.asked, self.before, self.answers)
        if self.wrong:
            raise ValidationError("Tờ khai còn chỗ chưa đúng; hãy xem các dòng được đánh dấu.")
        return {**(super().clean() or {}), "answers": self.answers}

    def pages(self) -> list[tuple[str, list[Question]]]:
        """Return the form page by page as it is to be shown."""
        found = [
            (page.title, [one for one in questions if one.shape != "tick"])
            for page, questions in questions_of(self.asked, self.answers, self.wrong)
        ]
        return [(title, questions) for title, questions in found if questions]

    def problems(self) -> list[dict[str, str]]:
        """Return what is to be corrected, with a link to each."""
        wrong = [{"text": text, "href": f"#id_{PREFIX}{name}"} for name, text in self.wrong.items()]
        return [*super().problems(), *wrong]


class GivenForm(KitForm):
    """What another body gave or answered, noted by whoever waited for it."""

    kind = RadioField(
        label="Cơ quan ấy trả lời thế nào?",
        choices=[
            (OutcomeKind.GRANTED.value, "Đã cấp"),
            (OutcomeKind.REFUSED.value, "Không cấp"),
        ],
        initial=OutcomeKind.GRANTED.value,
    )
    number = TextField(label="Số của kết quả hoặc văn bản trả lời", max_length=60)
    given_on = DayField(label="Ngày cấp, ngày trả lời")
    outside_code = TextField(
        label="Mã hồ sơ ở hệ thống của cơ quan ấy", required=False, max_length=60
    )
    reason = LongTextField(label="Lý do không cấp", required=False, max_length=OPINION)
    comment = LongTextField(label="Ý kiến", required=False, max_length=OPINION)

    def __init__(self, *args: Any, entries: Sequence[Field] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        is_granted = not self.is_bound or self.data.get("kind") == OutcomeKind.GRANTED
        for entry in entries:
            self.fields[entry.name] = input_for(entry)
            self.fields[entry.name].required = is_granted and entry.required != "false"

    def clean(self) -> dict[str, Any]:
        """What the version asks to be noted must be there where it was given."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == OutcomeKind.GRANTED:
            for name, words in complaints_of(self.entries, data).items():
                if name not in self.errors:
                    self.add_error(name, words)
        return data


class ProposalForm(KitForm):
    """An opinion, the outcome that is proposed, and from what its draft is made."""

    comment = LongTextField(label="Ý kiến thẩm định", required=False, max_length=OPINION)
    kind = RadioField(
        label="Đề xuất kết quả",
        required=False,
        choices=[*ANSWERS_TO_APPLICANT, (LATER, "Chưa đề xuất ở bước này")],
        hints={OutcomeKind.REFUSED.value: "Người nộp nhận văn bản từ chối có lý do."},
        reveals={OutcomeKind.REFUSED.value: "ly-do-tu-choi"},
    )
    reason = LongTextField(label="Lý do từ chối", required=False, max_length=OPINION)
    source = RadioField(
        label="Dự thảo kết quả lập từ đâu?",
        required=False,
        choices=[],
        hints={
            FROM_TEMPLATE: "Điền sẵn từ hồ sơ. Số, ngày, người ký được điền khi ký.",
            READY: "Dựng từ nội dung của phiên bản thủ tục.",
            OWN_FILE: "Bản Word tải về đã sửa, hoặc tệp PDF. Người nộp luôn nhận bản PDF.",
        },
        reveals={OWN_FILE: "tep-du-thao"},
    )
    file = UploadField(
        label="Tệp dự thảo (.docx hoặc .pdf)",
        required=False,
        accept=".docx,.pdf",
        upload_url="/tep/bat-dau/",
    )

    on_paper = RadioField(
        label="Kết quả từ tệp này ký bằng cách nào?",
        required=False,
        choices=[(DIGITAL, "Ký số"), (PAPER, "Ký trên bản giấy")],
        hints={
            DIGITAL: "Tệp chưa ký, không mật khẩu; chừa trống sau “Số:”, “ngày … tháng …” và trên"
            " tên người ký. Bước sau cho xem và đặt lại chỗ ký.",
            PAPER: "Khi tệp không nhận được chữ ký số. Kết quả được in, ký, đóng dấu giấy.",
        },
        initial=DIGITAL,
    )

    def __init__(
        self,
        *args: Any,
        is_digital: bool = False,
        has_new_draft: bool = False,
        has_template: bool = False,
        entries: Sequence[Field] = (),
        blanks: int = 0,
        on_paper_only: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.blanks = entries, blanks
        for entry in entries:
            self.fields[entry.name] = input_for(entry)
        if blanks:
            self.fields["serial"] = LongTextField(
                label=f"Số phôi ({blanks} phôi)",
                help_text="Mỗi dòng một số, hoặc một dãy: ĐB 00012 – ĐB 00017.",
                required=False,
                max_length=OPINION,
                look={"rows": 2},
            )
        is_granted = not self.is_bound or self.data.get("kind") == OutcomeKind.GRANTED
        free = {entry.name for entry in entries if entry.required == "false"}
        for name in self.added():
            self.fields[name].required = is_granted and name not in free
        first = [(FROM_TEMPLATE, "Mẫu Word của thủ tục")] if has_template else []
        sources = [*first, (READY, "Bản dựng sẵn của hệ thống"), (OWN_FILE, "Tệp của tôi")]
        offer(self, "source", sources)
        self.fields["source"].initial = sources[0][0]
        if has_new_draft:
            answers = [*ANSWERS_TO_APPLICANT, (LATER, "Giữ dự thảo đã lập")]
            offer(self, "kind", answers)
        if not is_digital:
            del self.fields["on_paper"]
        if on_paper_only:
            names = "; ".join(on_paper_only)
            self.fields["source"].help_text = f"Chỉ cấp bản giấy, dự thảo để xem và in: {names}."

    def clean(self) -> dict[str, Any]:
        """A refusal must say why, and a file of one's own must be there."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == OutcomeKind.REFUSED and not data.get("reason"):
            self.add_error("reason", "Từ chối giải quyết phải nêu lý do.")
        is_proposed = data.get("kind") not in (None, "", LATER)
        if is_proposed and data.get("source") == OWN_FILE and not data.get("file"):
            self.add_error("file", "Hãy chọn tệp dự thảo, hoặc chọn cách lập khác.")
        if data.get("kind") == OutcomeKind.GRANTED:
            self._check_added(data)
        return data

    def added(self) -> list[str]:
        """Return the fields that the outcome of this procedure asks for."""
        return [*(entry.name for entry in self.entries), *(["serial"] if self.blanks else [])]

    def _check_added(self, data: dict[str, Any]) -> None:
        for name, words in complaints_of(self.entries, data).items():
            if name not in self.errors:
                self.add_error(name, words)
        if not self.blanks or "serial" in self.errors:
            return
        try:
            serials = read_serials(data.get("serial", ""))
        except BadInput as error:
            self.add_error("serial", str(error))
            return
        if len(serials) != self.blanks:
            self.add_error("serial", f"Cần {self.blanks} số phôi, đã ghi {len(serials)}.")


class AssignForm(KitForm):
    """To whom a step is given."""

    to = RadioField(label="Giao cho ai?", choices=[])
    comment = TextField(label="Lời nhắn", required=False, max_length=LONG)

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = officers
        offer(self, "to", officers)


class SupplementForm(KitForm):
    """Everything that is missing, each with its reason; asked once."""

    def __init__(
        self,
        *args: Any,
        papers: Sequence[tuple[str, str]],
        needs_approval: bool,
        may_approve: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = papers
        for number in range(1, ITEMS + 1):
            named: dict[str, Any] = {"required": number == 1, "max_length": LONG}
            self.fields[f"what_{number}"] = TextField(
                label=f"Nội dung {number}: cần bổ sung hoặc sửa gì", **named
            )
            self.fields[f"reason_{number}"] = TextField(label="Vì sao", **named)
            self.fields[f"paper_{number}"] = SelectField(
                label="Giấy tờ liên quan", required=False, choices=papers
            )
        if may_approve:
            self.fields["approval_reason"] = LongTextField(
                label="Lý do duyệt yêu cầu thêm lần này",
                help_text="Chỉ khi đã yêu cầu một lần hoặc đã quá thời gian được yêu cầu;"
                " hồ sơ bị tính là quá hạn.",
                required=needs_approval,
                max_length=LONG,
            )

    def rows(self) -> list[tuple[str, ...]]:
        """Return the names of the fields of each item."""
        numbers = range(1, ITEMS + 1)
        return [(f"what_{n}", f"reason_{n}", f"paper_{n}") for n in numbers]

    def clean(self) -> dict[str, Any]:
        """Bring the rows that were filled in together as `items`."""
        data: dict[str, Any] = super().clean() or {}
        rows = [[data.get(name, "") for name in names] for names in self.rows()]
        data["items"] = [SupplementItemIn(*row) for row in rows if row[0] or row[1]]
        return data


class StopForm(KitForm):
    """Why the handling is stopped."""

    ground = LongTextField(label="Lý do dừng giải quyết", max_length=LONG)
    basis = TextField(
        label="Căn cứ pháp lý",
        help_text="Điều, khoản, văn bản cho phép dừng.",
        max_length=LONG,
    )


class SendBackForm(KitForm):
    """Why the desk must look again."""

    reason = LongTextField(label="Lý do trả lại bộ phận một cửa", max_length=LONG)


class ApologyForm(KitForm):
    """A new promise, once, and why the first one is not kept."""

    new_due_on = DayField(
        label="Ngày hẹn mới",
        help_text="Một ngày làm việc, ví dụ: 1/7/2026.",
        look={"single": True},
    )
    reason = LongTextField(label="Lý do chậm, in trong văn bản xin lỗi", max_length=LONG)


class OutcomeChangeForm(KitForm):
    """What a decision does to an outcome that was issued, and why."""

    state = RadioField(label="Quyết định làm gì với kết quả này?", choices=PAPER_CHANGES)
    decision_number = TextField(label="Số, ký hiệu quyết định", max_length=100)
    decided_on = DayField(label="Ngày quyết định", look={"single": True})
    reason = LongTextField(
        label="Lý do, nội dung đính chính",
        help_text="Người nộp và cán bộ đọc được; trang tra cứu bằng mã QR chỉ nêu số và ngày.",
        max_length=LONG,
    )
    successor = TextField(
        label="Mã hồ sơ có kết quả thay thế",
        help_text="Chỉ ghi khi thay thế.",
        required=False,
        max_length=60,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the other dossier where its outcome replaces this one."""
        data = dict(super().clean() or {})
        if data.get("state") != PaperState.REPLACED:
            data["successor"] = ""
        elif not data.get("successor"):
            self.add_error("successor", "Hãy ghi mã hồ sơ có kết quả thay thế.")
        return data


class ExtensionForm(KitForm):
    """The ground on which the law lets the limit be extended."""

    ground = LongTextField(label="Căn cứ gia hạn", max_length=LONG)


class WaitForm(KitForm):
    """For whom the office waits."""

    ground = RadioField(label="Chờ việc gì?", choices=[])
    note = TextField(
        label="Ghi chú", help_text="Số văn bản, nơi niêm yết, cơ quan.", max_length=LONG
    )

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", grounds)


class NoteForm(KitForm):
    """A note, which may be left empty."""

    note = TextField(label="Ghi chú", required=False, max_length=LONG)


class ConsultForm(KitForm):
    """Whom to ask, what, until when; several may be asked at the same time."""

    units = ManyField(label="Đơn vị được hỏi", required=False, choices=[])
    agency = SelectField(label="Cơ quan khác trong tỉnh", required=False, choices=[])
    outside_body = TextField(label="Cơ quan ngoài hệ thống", required=False, max_length=200)
    question = LongTextField(label="Nội dung hỏi", max_length=OPINION)
    due_on = DayField(label="Hạn trả lời (hết ngày)", look={"single": True})

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        agencies: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "units", units)
        offer(self, "agency", agencies)

    def clean(self) -> dict[str, Any]:
        """Somebody must be asked."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(name) for name in ("units", "agency", "outside_body")):
            self.add_error("units", "Hãy chọn ít nhất một nơi để hỏi.")
        return data


class AnswerForm(KitForm):
    """The answer to a question."""

    agrees = RadioField(
        label="Ý kiến", choices=[("yes", "Đồng ý"), ("no", "Không đồng ý")], look={"inline": True}
    )
    answer = LongTextField(label="Nội dung trả lời", max_length=OPINION)


class MessageForm(KitForm):
    """A message to the applicant."""

    text = LongTextField(label="Viết cho người nộp", max_length=4000)
