"""Papers the desk keeps: forms 06 and 07, hand-over lists, the report of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.foundation.papers.choices import StepResult

from .parts import DossierPaper, OfficialPaper, Party, Signer

VOLUME_ENTRIES = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressStep:
    """One hand-over between units: who gave, who took, when, and how the unit kept its time."""

    unit_name: str
    handed_at: datetime
    giver_name: str
    receiver_name: str
    due_at: datetime | None = None
    result: StepResult | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressSheet(DossierPaper):
    """Form 06: the way of one dossier through the units, printed from its moves.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Phiếu kiểm soát quá trình\ngiải quyết hồ sơ"
    layout: ClassVar[str] = "progress_sheet"
    form: ClassVar[str] = "06"
    must_say: ClassVar[Mapping[str, str]] = {
        "applicant.name": "người nộp hồ sơ",
        "receiving_unit": "nơi tiếp nhận",
        "steps": "các bước giao nhận",
    }

    applicant: Party
    receiving_unit: str
    competent_unit: str = ""
    coordinating_units: tuple[str, ...] = ()
    received_at: datetime
    due_at: datetime | None
    steps: tuple[ProgressStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterEntry:
    """One line of the follow-up register."""

    serial: int
    code: str
    procedure_name: str
    sets: int
    applicant_name: str
    contact: str
    competent_unit: str
    received_at: datetime
    due_at: datetime | None
    outcome_received_at: datetime | None = None
    returned_at: datetime | None = None
    return_way: str = ""
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BookClosing:
    """The last page of a closed book: when it was closed, and by whom."""

    closed_on: date
    keeper_name: str
    signer: Signer
    digest: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpRegister(OfficialPaper):
    """Form 07: one book of all dossiers of a desk in a period, A4 across.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Sổ theo dõi hồ sơ"
    layout: ClassVar[str] = "follow_up_register"
    form: ClassVar[str] = "07"
    must_say: ClassVar[Mapping[str, str]] = {"book_number": "số quyển"}
    figures: ClassVar[tuple[str, ...]] = ("total",)

    book_number: str
    service_field: str = ""
    from_day: date
    to_day: date
    entries: tuple[RegisterEntry, ...]
    closing: BookClosing | None = None

    @property
    def total(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificationEntry:
    """One line of the book of certified copies: one paper, however many copies of it."""

    number: int
    certified_on: date
    applicant_name: str
    paper_name: str
    signed_by: str
    copies: int
    paid_vnd: int
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificationBook(OfficialPaper):
    """The book of copies certified at a desk in a period, A4 across.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Sổ chứng thực bản sao từ bản chính"
    layout: ClassVar[str] = "certification_book"
    must_say: ClassVar[Mapping[str, str]] = {"unit_name": "nơi chứng thực"}
    figures: ClassVar[tuple[str, ...]] = ("total", "copies", "paid_vnd")

    unit_name: str
    from_day: date
    to_day: date
    entries: tuple[CertificationEntry, ...]
    closing: BookClosing | None = None

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def copies(self) -> int:
        return sum(entry.copies for entry in self.entries)

    @property
    def paid_vnd(self) -> int:
        return sum(entry.paid_vnd for entry in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverEntry:
    """One dossier handed from the desk to a unit, or back."""

    serial: int
    code: str
    procedure_name: str
    applicant_name: str
    sets: int = 1
    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverList(OfficialPaper):
    """The list that goes with a pile of dossiers, signed by both sides."""

    title: ClassVar[str] = "Danh sách bàn giao hồ sơ"
    layout: ClassVar[str] = "hand_over_list"
    must_say: ClassVar[Mapping[str, str]] = {
        "giving_unit": "bên giao",
        "receiving_unit": "bên nhận",
        "entries": "hồ sơ bàn giao",
    }
    figures: ClassVar[tuple[str, ...]] = ("total",)

    giving_unit: str
    receiving_unit: str
    handed_at: datetime
    entries: tuple[HandOverEntry, ...]
    giver_name: str
    receiver_name: str = ""

    @property
    def total(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedEntry:
    """One dossier of those a person handed in together."""

    serial: int
    code: str
    procedure_name: str
    competent_unit: str
    sets: int
    papers: int
    paid_vnd: int
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedList(OfficialPaper):
    """What one person handed in on one day at one desk, on one sheet beside the slips."""

    title: ClassVar[str] = "Danh sách hồ sơ đã tiếp nhận"
    layout: ClassVar[str] = "received_list"
    must_say: ClassVar[Mapping[str, str]] = {
        "submitter.name": "người nộp hồ sơ",
        "receiving_unit": "nơi tiếp nhận",
        "entries": "hồ sơ đã tiếp nhận",
    }
    figures: ClassVar[tuple[str, ...]] = ("total", "paid_vnd")

    submitter: Party
    receiving_unit: str
    received_at: datetime
    entries: tuple[ReceivedEntry, ...]
    receiver_name: str
    lookup_address: str = ""

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def paid_vnd(self) -> int:
        return sum(entry.paid_vnd for entry in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What one field of service received, settled and still has, in numbers of dossiers."""

    figures: ClassVar[tuple[str, ...]] = ("received", "settled", "open")

    name: str
    carried_over: int = 0
    received_online: int = 0
    received_otherwise: int = 0
    settled_early: int = 0
    settled_on_time: int = 0
    settled_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    ended_otherwise: int = 0

    @property
    def received(self) -> int:
        return self.carried_over + self.received_online + self.received_otherwise

    @property
    def settled(self) -> int:
        return self.settled_early + self.settled_on_time + self.settled_late

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_late


_COUNTS = (
    "carried_over",
    "received_online",
    "received_otherwise",
    "settled_early",
    "settled_on_time",
    "settled_late",
    "open_in_time",
    "open_late",
    "ended_otherwise",
)


def sum_of(rows: tuple[Tally, ...]) -> Tally:
    """Return the line that stands under the rows."""
    return Tally(
        name="Tổng cộng",
        **{name: sum(getattr(row, name) for row in rows) for name in _COUNTS},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionReport(OfficialPaper):
    """What one unit received and settled in one period, by field of service.

    Every dossier counts once: received is settled, still open, or ended otherwise (refused,
    withdrawn, stopped).
    """

    title: ClassVar[str] = "Báo cáo tình hình tiếp nhận, giải quyết hồ sơ"
    layout: ClassVar[str] = "reception_report"
    must_say: ClassVar[Mapping[str, str]] = {
        "unit_name": "đơn vị báo cáo",
        "signer.title": "chức vụ người ký",
        "signer.name": "người ký",
    }
    figures: ClassVar[tuple[str, ...]] = ("total",)

    unit_name: str
    from_day: date
    to_day: date
    rows: tuple[Tally, ...]
    author_name: str
    signer: Signer
    recipients: tuple[str, ...] = ()

    @property
    def total(self) -> Tally:
        return sum_of(self.rows)
