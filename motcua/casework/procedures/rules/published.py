"""What a published procedure says, field by field: the one form every source is read into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.casework.procedures.choices import Doubt, FeeKind, FilingChannel
from motcua.foundation.calendar.api import Limit


class SourceForm(StrEnum):
    """How far a source reaches: a list names procedures, a text and an answer describe them."""

    TEXT = "text"
    ANSWER = "answer"
    LIST = "list"


class Level(StrEnum):
    """Who settles the procedure (cấp thực hiện)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """One doubt, the words that raise it, and what they probably mean (or nothing)."""

    doubt: Doubt
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFee:
    """One amount to pay. No amount: the words decide, and the officer types it in.

    `kind` is empty where the words say neither phí nor lệ phí.
    """

    kind: FeeKind | None
    amount_vnd: int | None
    words: str


@dataclass(frozen=True, slots=True)
class PublishedChannel:
    """One row of the table of ways: a channel with its limit and its fees.

    A channel may have several rows, one for each case; the description then tells them apart.
    `channel` is empty only for a code that the catalogue does not explain. `limit_number` holds
    the number of a cell that names no unit; such a row is always unclear.
    """

    channel: FilingChannel | None
    limit: Limit | None
    limit_number: int | None
    limit_words: str
    fees: tuple[PublishedFee, ...]
    description: str
    unclear: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    """One row of a list of papers; a row without any number of copies is a remark."""

    name: str
    form_files: tuple[str, ...]
    originals: int
    copies: int
    electronic: int
    words: str
    condition: str = ""
    code: str = ""
    form_url: str = ""

    @property
    def is_remark(self) -> bool:
        return self.originals + self.copies + self.electronic == 0


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """The papers of one case (trường hợp); a procedure without cases has one without a name."""

    name: str
    papers: tuple[PublishedPaper, ...]


@dataclass(frozen=True, slots=True)
class PublishedSteps:
    """The steps of one case, in their order."""

    case: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words come from: the form, its place in the file, its address outside."""

    form: SourceForm
    position: int
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedProcedure:
    """One procedure as one source publishes it.

    `code` is the national code; `code_suffix` holds what an agency puts behind it
    (`000.00.00.H49`). `raw` holds the words of every field, whatever was read from them.
    """

    code: str
    name: str
    source: Source
    raw: Mapping[str, str]
    code_suffix: str = ""
    decision_number: str = ""
    levels: tuple[Level, ...] = ()
    kind: str = ""
    sector: str = ""
    subjects: tuple[str, ...] = ()
    authority: str = ""
    executing: tuple[str, ...] = ()
    receiving_address: str = ""
    authorised: str = ""
    coordinating: str = ""
    steps: tuple[PublishedSteps, ...] = ()
    channels: tuple[PublishedChannel, ...] = ()
    cases: tuple[PublishedCase, ...] = ()
    legal_basis: tuple[tuple[str, str], ...] = ()
    conditions: str = ""
    results: tuple[tuple[str, str], ...] = ()
    keywords: str = ""
    unclear: tuple[Reason, ...] = ()

    def reasons(self) -> Iterator[Reason]:
        """Give every doubt: of the whole, then of each channel row in order."""
        yield from self.unclear
        for channel in self.channels:
            yield from channel.unclear

    @property
    def is_unclear(self) -> bool:
        return next(self.reasons(), None) is not None
