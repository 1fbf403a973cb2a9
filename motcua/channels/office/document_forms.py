"""What is asked of whoever hands in a document of his own, or makes a copy."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    RadioField,
    SelectField,
    Sent,
    TextField,
    TickField,
    UploadField,
)
from motcua.channels.office.forms import offer
from motcua.foundation.signing.api import CopyKind, Level, Numbering

NOBODY = [("", "Không có")]
# Names of documents as NĐ 30/2020 lists them; each has its own series of numbers.
SORTS = [
    ("QD", "Quyết định"),
    ("CV", "Công văn"),
    ("TB", "Thông báo"),
    ("KH", "Kế hoạch"),
    ("BC", "Báo cáo"),
    ("TTr", "Tờ trình"),
    ("GM", "Giấy mời"),
    ("GXN", "Giấy xác nhận"),
    ("BB", "Biên bản"),
    ("khac", "Văn bản khác"),
]
_PUBLIC = "Ai quét mã QR trên văn bản cũng thấy tên này; không ghi tên người."
_PUBLIC_XML = "Ai kiểm tra tệp cũng thấy tên này; không ghi tên người."
_FILES = "/tep/bat-dau/"
SEAL_HAND = "con-dau"


class DocumentForm(KitForm):
    """A document to be signed: the file, what it is, who signs, whence its number."""

    file = UploadField(
        label="Tệp văn bản (.pdf hoặc .docx)",
        help_text="Bản chưa ký số. Nếu văn thư cấp số: chừa trống sau “Số:” và “ngày … tháng …”.",
        accept=".pdf,.docx",
        upload_url=_FILES,
    )
    sort = SelectField(label="Loại văn bản", choices=SORTS)
    title = TextField(label="Tên văn bản, trích yếu", help_text=_PUBLIC, max_length=300)
    about = TextField(
        label="Ghi chú nội bộ",
        help_text="Chỉ người ký và văn thư thấy.",
        required=False,
        max_length=300,
    )
    initials = SelectField(label="Người ký nháy", required=False)
    leader = SelectField(label="Người ký ban hành")
    second = SelectField(label="Người cùng ký ban hành", required=False)
    is_sealed = TickField(label="Đóng dấu cơ quan", required=False, initial=True)
    numbering = RadioField(
        label="Số và ngày của văn bản",
        choices=Numbering.choices,
        initial=Numbering.BY_CLERK,
        reveals={Numbering.BY_CLERK: "cap-so", Numbering.PRINTED: "so-in-san"},
    )
    notation = TextField(
        label="Ký hiệu",
        help_text="Ví dụ QĐ-UBND; để trống nếu đã in sau dấu “/” trong văn bản.",
        required=False,
        max_length=60,
        look={"width": "10"},
    )
    printed_number = TextField(
        label="Số, ký hiệu đã ghi",
        help_text="Đúng như trong văn bản, ví dụ 12/QĐ-UBND; hệ thống đối chiếu với văn bản.",
        required=False,
        max_length=100,
        look={"width": "10"},
    )
    printed_on = DayField(label="Ngày ban hành đã ghi", required=False, look={"single": True})
    is_compared = TickField(
        label="Văn bản là bản quét: tôi đã đối chiếu số và ngày bằng mắt", required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Sent] | None = None,
        *,
        signers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, files)
        offer(self, "leader", [("", "Chọn người ký"), *signers])
        for name in ("initials", "second"):
            offer(self, name, [*NOBODY, *signers])


class XmlForm(KitForm):
    """An XML file to be signed: what it is, how strongly, with whose certificate."""

    file = UploadField(
        label="Tệp XML chưa ký",
        help_text="Biên lai điện tử, dữ liệu gửi cơ quan khác."
        " Chữ ký nằm trong tệp và bao phủ cả tệp.",
        accept=".xml",
        upload_url=_FILES,
    )
    title = TextField(label="Tên tệp, nội dung", help_text=_PUBLIC_XML, max_length=300)
    hand = RadioField(label="Ký bằng gì?")
    level = SelectField(
        label="Mức chữ ký",
        choices=Level.choices,
        help_text="Mức từ B-T trở lên cần dịch vụ dấu thời gian; chưa có trả lời thì hệ thống tự "
        "nâng sau.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Sent] | None = None,
        *,
        hands: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        super().__init__(data, files)
        offer(self, "hand", [(key, f"{label}: {hint}") for key, label, hint in hands])
        if hands:
            self.fields["hand"].initial = hands[0][0]


class CopyForm(KitForm):
    """A copy to be made: of which kind, of which pages; the file where it is not one of ours."""

    file = UploadField(
        label="Tệp PDF của văn bản được sao",
        help_text="Bản điện tử, hoặc bản quét màu từ 200 dpi, tỷ lệ 100 %.",
        required=False,
        accept=".pdf",
        upload_url=_FILES,
    )
    kind = RadioField(
        label="Hình thức sao",
        choices=[
            (CopyKind.WHOLE, "Sao y: toàn bộ văn bản, từ bản gốc, bản chính"),
            (CopyKind.RECEIVED, "Sao lục: toàn bộ, từ bản sao y"),
            (CopyKind.PART, "Trích sao: một số trang"),
        ],
        initial=CopyKind.WHOLE,
        reveals={CopyKind.PART: "trang-trich"},
    )
    pages = TextField(
        label="Trích các trang",
        help_text="Ví dụ 1, 3-5",
        required=False,
        max_length=100,
        look={"width": "10"},
    )
    title = TextField(label="Tên bản sao", help_text=_PUBLIC, max_length=300)
    abbreviation = TextField(
        label="Viết tắt tên cơ quan",
        help_text="Đứng trong ký hiệu bản sao, ví dụ SY-UBND.",
        required=False,
        max_length=20,
        look={"width": "5"},
    )


class AttachmentForm(KitForm):
    """A document in a file of its own that belongs to another one."""

    file = UploadField(label="Tệp PDF của văn bản kèm theo", accept=".pdf", upload_url=_FILES)
    parent_number = TextField(
        label="Số, ký hiệu của văn bản chính",
        help_text="Ghi ở góc phải, trên cùng trang đầu, kèm thời gian ký.",
        max_length=60,
        look={"width": "10"},
    )
    title = TextField(label="Tên văn bản kèm theo", help_text=_PUBLIC, max_length=300)
