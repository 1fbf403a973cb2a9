"""What is asked for each act."""

from collections.abc import Sequence
from typing import Any

from motcua.casework.dossiers.api import OutcomeKind, SupplementItemIn
from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)

OPINION, LONG = 2000, 1000
LATER = ""
ITEMS = 5


class OpinionForm(KitForm):
    """An opinion, which may be left empty."""

    comment = LongTextField(label="Ý kiến", required=False, max_length=OPINION)


class ReturnForm(KitForm):
    """What must be done again."""

    comment = LongTextField(label="Cần làm lại điều gì, vì sao", max_length=OPINION)


class ProposalForm(KitForm):
    """An opinion and the outcome that is proposed."""

    comment = LongTextField(label="Ý kiến thẩm định", required=False, max_length=OPINION)
    kind = RadioField(
        label="Đề xuất kết quả",
        required=False,
        choices=[
            (OutcomeKind.GRANTED.value, "Chấp thuận"),
            (OutcomeKind.REFUSED.value, "Từ chối giải quyết"),
            (LATER, "Chưa đề xuất ở bước này"),
        ],
        hints={
            OutcomeKind.GRANTED.value: "Dự thảo theo mẫu của thủ tục, điền từ tờ khai.",
            OutcomeKind.REFUSED.value: "Người nộp nhận văn bản từ chối có lý do.",
        },
        reveals={OutcomeKind.REFUSED.value: "ly-do-tu-choi"},
    )
    reason = LongTextField(label="Lý do từ chối", required=False, max_length=OPINION)
    file = UploadField(
        label="Dự thảo kết quả của ông/bà, nếu không dùng mẫu",
        required=False,
        accept=".pdf,.docx,image/jpeg,image/png",
        upload_url="/tep/bat-dau/",
    )

    def clean(self) -> dict[str, Any]:
        """A refusal must say why."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == OutcomeKind.REFUSED and not data.get("reason"):
            self.add_error("reason", "Từ chối giải quyết phải nêu lý do.")
        return data


class AssignForm(KitForm):
    """To whom a step is given."""

    to = RadioField(label="Giao cho ai?", choices=[])
    comment = TextField(label="Lời nhắn", required=False, max_length=LONG)

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = officers
        field = self.fields["to"]
        assert isinstance(field, RadioField)  # noqa: S101 -- for the type checker
        field.choices = list(officers)


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
        for number in range(1, ITEMS + 1):
            named: dict[str, Any] = {"required": False, "max_length": LONG}
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

    def rows(self) -> list[tuple[int, str, str, str]]:
        """Return the names of the fields of each item."""
        numbers = range(1, ITEMS + 1)
        return [(n, f"what_{n}", f"reason_{n}", f"paper_{n}") for n in numbers]

    def clean(self) -> dict[str, Any]:
        """Bring the rows that were filled in together as `items`."""
        data: dict[str, Any] = super().clean() or {}
        rows = [[data.get(name, "") for name in names] for _, *names in self.rows()]
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


class MessageForm(KitForm):
    """A message to the applicant."""

    text = LongTextField(label="Viết cho người nộp", max_length=4000)
