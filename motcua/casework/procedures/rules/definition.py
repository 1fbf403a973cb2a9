"""One version of a procedure, complete, as frozen values.

The text an administrator edits is plain structured data; `parse.py` turns it into these.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.casework.forms.api import Field, Form
from motcua.casework.procedures.choices import (
    CompetentLevel,
    FeeKind,
    FilingChannel,
    FilingMode,
    Ground,
    PaperHandling,
    ServiceLevel,
)
from motcua.casework.processes.api import Process
from motcua.foundation.calendar.api import Limit, WaitingRule
from motcua.lib.expressions import Facts, compile_expression, holds

from .fieldwork import CouncilSpec, Findings, PostingSpec
from .further import Reminder, Renewal, Slip

PROVINCE_SYSTEM = "province"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One text of law the procedure rests on."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Case:
    """One situation with limits, papers and outcomes of its own (trường hợp).

    `unlimited` are ways of filing for which no limit is set, or none that could be read.
    """

    code: str
    name: str
    limits: Mapping[FilingChannel, Limit]
    limit_words: str = ""
    when: str = ""
    unlimited: tuple[FilingChannel, ...] = ()

    def ways(self) -> list[tuple[FilingChannel, Limit | None]]:
        """Return every way of filing with its limit, in the order of the national codes."""
        return [
            (channel, self.limits.get(channel))
            for channel in FilingChannel
            if channel in self.limits or channel in self.unlimited
        ]


@dataclass(frozen=True, slots=True)
class Derived:
    """One fact that follows from the others: its name, how, and what it warns of where it holds."""

    name: str
    value: str
    flag: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One amount set by one text, for some channels, cases and units.

    What is refundable may be kept once the step `kept_after` is done: a check that was made.
    `quantity` is an expression; units from `from_unit` to `to_unit` (0: no end) are charged.
    With a `table` the amount per unit is decided by that fee table (room fees).
    """

    code: str
    name: str
    kind: FeeKind
    amount_vnd: int
    per: str = ""
    from_unit: int = 1
    to_unit: int = 0
    most_vnd: int = 0
    quantity: str = ""
    channels: tuple[FilingChannel, ...] = ()
    cases: tuple[str, ...] = ()
    collected: str = "at_return"
    when: str = ""
    exempt_when: str = ""
    exemptions: str = ""
    basis: str = ""
    is_refundable: bool = True
    kept_after: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """One paper the law lists (thành phần hồ sơ).

    A file of one that `must_be_signed` is taken on-line only with a digital signature in it. One
    that ages is at most `most_months` old when handed in, by the day in the answer `issued_on`.
    """

    code: str
    name: str
    handling: PaperHandling = PaperHandling.HAND_IN
    required_when: str = "true"
    originals: int = 0
    copies: int = 0
    form_file: str = ""
    note: str = ""
    instead_of: str = ""
    replaced_by_data: str = ""
    cases: tuple[str, ...] = ()
    must_be_signed: bool = False
    most_months: int = 0
    issued_on: str = ""


@dataclass(frozen=True, slots=True)
class WaitingTerm:
    """What one ground of waiting does to the clock, and within what time it must end."""

    rule: WaitingRule
    reset_to: Limit | None = None
    window: Limit | None = None


@dataclass(frozen=True, slots=True)
class OutcomeSpec:
    """One result the applicant gets (kết quả).

    `serials` says how many numbered blanks it takes, `entries` what an officer types into it: what
    comes from outside, as a tax code. One that is `on_paper_only` is never given out as a file.
    Where a process decides twice, `decided_in` names the step in which this one is signed. One
    `given_by` a step is another body's: that step ends with its number. Where all applicants sign
    a book as they get it, `book` is its name. `originals` says how many of it are given out.
    What `is_collected` may be decided for many dossiers by one decision with a list.
    """

    code: str
    name: str
    result_code: str = ""
    validity_months: int = 0
    title: str = ""
    body: tuple[str, ...] = ()
    when: str = ""
    has_serial: bool = False
    serials: str = "1"
    entries: tuple[Field, ...] = ()
    on_paper_only: bool = False
    decided_in: str = ""
    renewal: Renewal | None = None
    given_by: str = ""
    book: str = ""
    originals: int = 1
    is_collected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question of the case finder."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question that leads a citizen to their case."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything one version says."""

    code: str
    name: str
    plain_name: str
    sector_code: str
    sector_name: str
    level: CompetentLevel
    agency_codes: tuple[str, ...]
    decided_by: str
    subjects: tuple[str, ...]
    life_events: tuple[str, ...]
    keywords: tuple[str, ...]
    how: tuple[str, ...]
    conditions: str
    legal_basis: tuple[LegalBasis, ...]
    announced_by: str
    service_level: ServiceLevel
    service_level_reason: str
    filing_mode: FilingMode
    processing_system: str
    outside_link: str
    is_non_territorial: bool
    is_same_day: bool
    is_sensitive: bool
    is_demo: bool
    number_of_sets: int
    desk_check: Mapping[FilingChannel, Limit]
    cases: tuple[Case, ...]
    fees: tuple[FeeLine, ...]
    papers: tuple[PaperSpec, ...]
    outcomes: tuple[OutcomeSpec, ...]
    waiting: Mapping[Ground, WaitingTerm]
    supplements_allowed: int
    questions: tuple[Question, ...]
    form: Form | None
    process: Process | None
    derived: tuple[Derived, ...] = ()
    act: str = ""
    clock_from_arrival: bool = False
    extension: Limit | None = None
    extension_ground: str = ""
    extension_after_asking: bool = False
    applicants: int = 1
    withdrawal_note: str = ""
    fee_words: str = ""
    paper_words: str = ""
    slip: Slip | None = None
    reminder: Reminder | None = None
    acknowledged_by: str = ""
    findings: Findings = field(default_factory=dict)
    councils: Mapping[str, CouncilSpec] = field(default_factory=dict)
    postings: Mapping[str, PostingSpec] = field(default_factory=dict)

    @property
    def short_name(self) -> str:
        """Return what people call the procedure, else its official name."""
        return self.plain_name or self.name

    @property
    def is_ours(self) -> bool:
        """Say whether the province's own system handles the procedure."""
        return self.processing_system == PROVINCE_SYSTEM

    @property
    def can_be_filed(self) -> bool:
        """Say whether a desk of the province may receive it with this version."""
        return self.is_ours and self.is_carried_out and bool(self.cases)

    @property
    def lacks(self) -> list[str]:
        """Return in words what is missing before anybody may file it here."""
        if not self.is_ours:
            return []
        lacking = (
            (not self.cases, "Chưa có trường hợp nào có thời hạn."),
            (not self.is_carried_out, "Chưa có quy trình: thêm các bước ở trang “Quy trình”."),
        )
        return [words for is_so, words in lacking if is_so]

    @property
    def is_carried_out(self) -> bool:
        """Say whether something follows a filing: steps, or that it is acknowledged at once."""
        return self.process is not None or bool(self.acknowledged_by)

    @property
    def first_duty(self) -> str:
        """Return which duty of the deciding agency has a new dossier."""
        if self.process is None:
            return self.acknowledged_by or "leadership"
        return self.process.steps[0].duty

    @property
    def can_be_filed_online(self) -> bool:
        """Say whether a citizen may file it on our portal."""
        online = any(FilingChannel.PORTAL in case.limits for case in self.cases)
        return self.can_be_filed and online and self.filing_mode != FilingMode.NATIONAL_ONLY

    def case(self, code: str) -> Case:
        """Return the case. Raises: KeyError."""
        for case in self.cases:
            if case.code == code:
                return case
        raise KeyError(code)

    def known(self, facts: Facts) -> Facts:
        """Return the facts with those that follow from them."""
        if not self.derived:
            return facts
        found = dict(facts)
        for one in self.derived:
            found[one.name] = compile_expression(one.value)(found)
        return found

    def flags(self, facts: Facts) -> list[str]:
        """Return what officers and the applicant are to notice, given the answers."""
        known = self.known(facts)
        return [one.flag for one in self.derived if one.flag and known.get(one.name) is True]

    def find_case(self, facts: Facts) -> Case:
        """Return the first case whose condition holds, else the first of all."""
        facts = self.known(facts)
        return next((c for c in self.cases if c.when and holds(c.when, facts)), self.cases[0])

    def papers_for(self, case_code: str) -> list[PaperSpec]:
        """Return the papers listed for a case, in order."""
        return [p for p in self.papers if not p.cases or case_code in p.cases]

    def required_papers(self, case_code: str, facts: Facts) -> list[PaperSpec]:
        """Return the papers that must be there, given the answers."""
        facts = self.known(facts)
        return [p for p in self.papers_for(case_code) if holds(p.required_when, facts)]

    def paper(self, code: str) -> PaperSpec | None:
        """Return the paper with the code."""
        return next((p for p in self.papers if p.code == code), None)

    def outcomes_for(self, facts: Facts) -> list[OutcomeSpec]:
        """Return the results this dossier ends with."""
        facts = self.known(facts)
        return [o for o in self.outcomes if holds(o.when, facts)]

    def names_on_paper_only(self, facts: Facts) -> list[str]:
        """Return which results of this dossier the law knows on paper only."""
        if not any(o.on_paper_only for o in self.outcomes):
            return []
        return [o.name for o in self.outcomes_for(facts) if o.on_paper_only]

    def outcome_given_by(self, step_code: str) -> OutcomeSpec | None:
        """Return what another body gives in this step."""
        return next((o for o in self.outcomes if o.given_by == step_code), None)

    def book_of(self, outcome_code: str) -> str:
        """Return the book that all applicants sign when they get this result; "" for none."""
        return next((o.book for o in self.outcomes if o.code == outcome_code), "")

    def is_on_paper_only(self, outcome_code: str) -> bool:
        """Say whether a result is given out on paper only: a numbered blank, a stamped drawing."""
        return any(o.code == outcome_code and o.on_paper_only for o in self.outcomes)


MOST_UNITS, MOST_VND = 10**9, 10**12  # more is a slip of the finger, or meant to do harm


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One amount as it comes out for one dossier, and why.

    With `trouble` the amount is not known yet: it says what is missing. `rule` is the table, its
    version and the rows that fired.
    """

    line: FeeLine
    quantity: int
    amount_vnd: int
    reason: str
    rule: str = ""
    trouble: str = ""


def fee_lines(
    definition: Definition, case_code: str, channel: FilingChannel, facts: Facts
) -> list[FeeLine]:
    """Return the lines that concern this dossier."""
    known = definition.known(facts)
    return [
        line for line in _lines_for(definition.fees, case_code, channel) if holds(line.when, known)
    ]


def _lines_for(
    lines: Iterable[FeeLine], case_code: str, channel: FilingChannel
) -> Sequence[FeeLine]:
    return [
        line
        for line in lines
        if (not line.cases or case_code in line.cases)
        and (not line.channels or channel in line.channels)
    ]


def due_of(line: FeeLine, facts: Facts) -> FeeDue | None:
    """Return what one line comes to, 0 with the reason if exempt; None if nothing is charged.

    `facts` include what the version derives (`Definition.known`).
    """
    count = _quantity(line, facts)
    last = min(count, line.to_unit) if line.to_unit else count
    charged = max(last - line.from_unit + 1, 0)
    if charged == 0:
        return None
    if line.exempt_when and holds(line.exempt_when, facts):
        return FeeDue(line, count, 0, f"Được miễn: {line.exemptions or line.basis}")
    amount = charged * line.amount_vnd
    if line.most_vnd:
        amount = min(amount, line.most_vnd)
    if count > MOST_UNITS or amount > MOST_VND:
        trouble = f"{line.name}: số lượng khai quá lớn, không tính tiền được; hãy sửa lại."
        return FeeDue(line, MOST_UNITS, 0, "", trouble=trouble)
    return FeeDue(line, count, amount, line.basis)


def _quantity(line: FeeLine, facts: Facts) -> int:
    if not line.quantity:
        return 1
    found: Any = compile_expression(line.quantity)(facts)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
