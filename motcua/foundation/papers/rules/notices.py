"""Notices signed by a head: forms 04 and 05, and the outcome itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .parts import DossierPaper, OfficialPaper, Party, Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class ApologyPaper(DossierPaper):
    """Form 04: why the outcome is late, the old moment and the new one.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Văn bản xin lỗi và đề nghị\ngia hạn thời gian giải quyết"
    layout: ClassVar[str] = "apology"
    form: ClassVar[str] = "04"
    suffix: ClassVar[str] = "PXL"
    must_say: ClassVar[Mapping[str, str]] = {
        "addressee": "nơi nhận (Kính gửi)",
        "reason": "lý do chậm",
        "signer.title": "chức vụ người ký",
        "signer.name": "người ký",
    }

    addressee: str
    received_at: datetime
    due_originally_at: datetime
    reason: str
    due_at: datetime
    signer: Signer
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StopNotice(DossierPaper):
    """Form 05: why the handling ends without an outcome, and what becomes of money and originals.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Thông báo\ndừng giải quyết hồ sơ"
    layout: ClassVar[str] = "stop_notice"
    form: ClassVar[str] = "05"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "reason": "lý do dừng",
        "legal_basis": "căn cứ pháp lý",
        "fee_handling": "việc xử lý phí, lệ phí",
        "originals_handling": "việc trả lại giấy tờ",
        "signer.title": "chức vụ người ký",
        "signer.name": "người ký",
    }

    applicant: Party
    received_at: datetime | None = None
    stopped_at: datetime
    reason: str
    legal_basis: tuple[str, ...]
    fee_handling: str
    originals_handling: str
    signer: Signer
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One paragraph of the body; `heading` is its bold opening, such as “Điều 1.”."""

    text: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One line of a confirmation: what, and its value."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomePaper(OfficialPaper):
    """A plain decision or confirmation in the layout of administrative documents.

    `kind` is its type in full (“Quyết định”, “Giấy xác nhận”), `authority` the line of who
    decides, which stands between the legal bases and the body of a decision, `check_url` where
    anybody learns whether the paper is in force.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Kết quả giải quyết"
    layout: ClassVar[str] = "outcome"
    must_say: ClassVar[Mapping[str, str]] = {
        "kind": "tên loại văn bản",
        "subject": "trích yếu",
        "body": "nội dung",
        "signer.title": "chức vụ người ký",
        "signer.name": "người ký",
    }

    kind: str
    subject: str
    addressee: str = ""
    legal_bases: tuple[str, ...] = ()
    authority: str = ""
    facts: tuple[Fact, ...] = ()
    body: tuple[Article, ...]
    signer: Signer
    recipients: tuple[str, ...] = ()
    check_url: str = ""

    @property
    def heading(self) -> str:
        return self.kind
