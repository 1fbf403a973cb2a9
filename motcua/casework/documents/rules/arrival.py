"""What is known of a document that comes in, and what is wrong with it.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.documents.choices import KINDS, OTHER_KIND, FileRole, Source
from motcua.casework.documents.errors import SecretDocument
from motcua.foundation.files import api as files
from motcua.foundation.papers.api import Urgency
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import fold, tidy

SECRET_MARKS = frozenset({"mat", "toi mat", "tuyet mat"})
NOT_HERE = files.NOT_HERE


@dataclass(frozen=True, slots=True)
class FileIn:
    """One file of a document: what it is to it, where it is kept, and its own name."""

    role: FileRole
    file_id: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class EntryIn:
    """What the register says of a document."""

    subject: str
    issuer_name: str
    kind: int = OTHER_KIND
    kind_name: str = ""
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    issuer_code: str = ""
    signer_name: str = ""
    signer_title: str = ""
    urgency: Urgency = Urgency.NORMAL
    circulation: str = ""
    pages: int | None = None
    copies: int = 1
    due_on: date | None = None
    sphere: str = ""
    secrecy: int = 0
    answer_wanted: bool = False
    paper_follows: bool = False

    def named(self) -> str:
        """Return what the kind is called on the document itself."""
        return tidy(self.kind_name) or dict(KINDS)[self.kind]


@dataclass(frozen=True, slots=True)
class ArrivalIn:
    """A document that came in: to which agency, how, when, with which files."""

    agency_id: int
    unit_id: int
    source: Source
    arrived_at: datetime
    entry: EntryIn
    files: Sequence[FileIn] = ()
    identifier: str = ""
    envelope: str = ""
    secrecy_mark: str = ""
    addressed_to: str = ""
    answers_id: int | None = None


def check_entry(entry: EntryIn, at: datetime) -> None:
    """Raises: BadInput that names the field."""
    if not tidy(entry.subject):
        raise BadInput("Hãy ghi trích yếu nội dung văn bản.", field="subject")
    if not tidy(entry.issuer_name):
        raise BadInput("Hãy ghi cơ quan, tổ chức ban hành.", field="issuer_name")
    if entry.issued_on is not None and entry.issued_on > local_day(at):
        raise BadInput(
            f"Ngày ban hành {entry.issued_on:%d/%m/%Y} ở tương lai; hãy xem lại trên văn bản.",
            field="issued_on",
        )
    if entry.kind == OTHER_KIND and not tidy(entry.kind_name):
        raise BadInput("Hãy ghi tên loại văn bản.", field="kind_name")
    if entry.pages is not None and entry.pages < 1:
        raise BadInput("Số trang phải từ 1.", field="pages")


def check_arrival(arrival: ArrivalIn, at: datetime) -> None:
    """Raises: BadInput, SecretDocument."""
    check_open(arrival.secrecy_mark)
    check_entry(arrival.entry, at)
    if arrival.arrived_at > at:
        raise BadInput("Giờ đến không thể ở tương lai.", field="arrived_at")


def check_open(mark: str) -> None:
    """Refuse what is marked as a state secret. Raises: SecretDocument."""
    if fold(mark).strip(" .:-") in SECRET_MARKS:
        raise SecretDocument(NOT_HERE, field="secrecy_mark")
