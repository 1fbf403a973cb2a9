"""The slips a desk hands to an applicant, A5: forms 01, 02, 03 and the receipt of the portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .parts import DossierPaper, FeeLine, ListedPaper, Party


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionSlip(DossierPaper):
    """Form 01: what was received, and when the outcome is promised.

    `due_at` is None only where the procedure has no time limit; `due_reason` says in one sentence
    why it is that moment. `proof_url` is where its holder sees that the promise was not changed;
    the QR mark then leads there. `fees_note` is said where no fee was taken; without it
    the slip says that there is none.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Giấy tiếp nhận hồ sơ\nvà hẹn trả kết quả"
    layout: ClassVar[str] = "reception_slip"
    form: ClassVar[str] = "01"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "papers": "thành phần hồ sơ",
        "time_limit": "thời gian giải quyết theo quy định",
        "return_way": "nơi, cách trả kết quả",
        "receiver_name": "người tiếp nhận",
    }

    applicant: Party
    papers: tuple[ListedPaper, ...]
    sets: int = 1
    time_limit: str
    received_at: datetime
    due_at: datetime | None
    due_reason: str = ""
    return_way: str
    fees: tuple[FeeLine, ...] = ()
    fees_note: str = ""
    book_number: str = ""
    serial: str = ""
    submitter_name: str
    receiver_name: str
    contact: str = ""
    proof_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementItem:
    """One paper or content to add or correct, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementRequestPaper(DossierPaper):
    """Form 02: everything to add or correct, each with its reason, said once.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Phiếu yêu cầu bổ sung,\nhoàn thiện hồ sơ"
    layout: ClassVar[str] = "supplement_request"
    form: ClassVar[str] = "02"
    suffix: ClassVar[str] = "HDHS"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "items": "nội dung cần bổ sung",
        "desk_contact": "nơi liên hệ",
        "guide_name": "người hướng dẫn",
    }

    applicant: Party
    items: tuple[SupplementItem, ...]
    answer_by: datetime | None = None
    desk_contact: str
    guide_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalPaper(DossierPaper):
    """Form 03: why a dossier is not taken, and by which provision.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Phiếu từ chối tiếp nhận\ngiải quyết hồ sơ"
    layout: ClassVar[str] = "refusal"
    form: ClassVar[str] = "03"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "reason": "lý do từ chối",
        "legal_basis": "căn cứ pháp lý",
        "receiver_name": "người tiếp nhận",
    }

    applicant: Party
    reason: str
    legal_basis: tuple[str, ...]
    submitter_name: str
    receiver_name: str
    desk_contact: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionReceipt(DossierPaper):
    """What the portal answers to an on-line filing: the code and what happens next.

    It promises no outcome: that is the reception slip's.
    """

    title: ClassVar[str] = "Thông báo đã nhận hồ sơ\nnộp trực tuyến"
    layout: ClassVar[str] = "submission_receipt"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "next_step": "việc tiếp theo",
    }

    applicant: Party
    submitter_name: str
    papers: tuple[ListedPaper, ...] = ()
    submitted_at: datetime
    answer_by: datetime | None = None
    next_step: str
    contact: str = ""
