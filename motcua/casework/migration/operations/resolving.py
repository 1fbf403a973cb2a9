"""From a row of words to a dossier in our words, or why not; what nobody mapped is counted."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import (
    ApplicantKind,
    Kept,
    Moments,
    OutcomeIn,
    PartyIn,
    PartyRole,
    Status,
    SubmitterIn,
)
from motcua.casework.migration.choices import MOMENTS, Field
from motcua.casework.migration.models import Source
from motcua.casework.migration.rules.headings import CHANNEL_WORDS
from motcua.casework.migration.rules.mapping import SKIP, Mapping
from motcua.casework.migration.rules.sheets import Row
from motcua.casework.migration.rules.values import (
    Read,
    closed_at,
    in_order,
    read_birth,
    read_identity,
    read_moment,
    read_names,
)
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel, InForce
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyInfo
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.text import fold, tidy

from .matching import Asked, Like, Matcher, hint_of, is_body
from .papers import Papers, marks_of
from .places import Offices

_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z._\-]{2,59}$")
_ODD = re.compile(r"[^0-9A-Za-z._\-]+")
_LONGEST_OLD = 33
_LONGEST_REF = 100
_PHONE, _EMAIL, _ADDRESS, _SUMMARY, _NAME = 20, 200, 400, 1000, 300
_MOST_UNMAPPED = 500
_STATUSES = {str(one): one for one in Status}
_CHANNELS = frozenset(map(str, FilingChannel))
_LIKE = "có thể là người đã biết; hãy trả lời ở trang “Có phải một người?”"
_KINDS = {fold(kind.label): kind for kind in ApplicantKind} | {
    "ca nhan": ApplicantKind.CITIZEN,
    "to chuc": ApplicantKind.ORGANISATION,
    "doanh nghiep": ApplicantKind.ENTERPRISE,
    "ho kinh doanh": ApplicantKind.ENTERPRISE,
}


class RowRefused(BadInput):
    """A row that makes no dossier; `field` is the column's heading."""


@dataclass(slots=True)
class Prepared:
    """What a row comes to, before anybody looks at what is here already."""

    row: Row
    ref: str = ""
    code: str = ""
    kept: Kept | None = None
    digest: str = ""
    identity: str = ""
    likes: Sequence[Like] = ()
    papers: Sequence[str] = ()
    outcome_paper: str = ""
    remarks: list[str] = field(default_factory=list)
    column: str = ""
    refusal: str = ""
    is_skipped: bool = False


class Resolver:
    """Reads the rows of one run; keeps in memory what it found for a word."""

    def __init__(
        self,
        source: Source,
        mapping: Mapping,
        headings: Sequence[str],
        papers: Papers,
        at: datetime,
    ) -> None:
        self._source, self._mapping, self._at, self._papers = source, mapping, at, papers
        places = {name: place for place, name in enumerate(headings)}
        self._columns = {
            one: places[name] for one, name in mapping.columns.items() if name in places
        }
        self.missing = [name for name in mapping.columns.values() if name not in places]
        used = set(self._columns.values())
        self._unused = [(place, name) for place, name in enumerate(headings) if place not in used]
        self._offices = Offices(local_day(at))
        self._names = _procedure_names()
        self.unmapped: Counter[str] = Counter()
        self._matcher = Matcher(source)
        self._account = lru_cache(maxsize=5000)(identity.find_account)

    def look_up(self, rows: Sequence[Row]) -> None:
        """Learn whose numbers the next rows bear, and whom they resemble. Costs: three queries."""
        self._matcher.look_up([self._asked(row, []) for row in rows])

    def prepare(self, row: Row) -> Prepared:
        """Return what a row comes to; never raises for what the row says."""
        made = Prepared(row, remarks=list(row.odd))
        self._count_unused(row)
        try:
            self._resolve(row, made)
        except RowRefused as error:
            made.refusal, made.column = str(error), error.field
        except Anticipated as error:
            made.refusal = str(error)
        return made

    def _count_unused(self, row: Row) -> None:
        for place, name in self._unused:
            if place < len(row.cells) and row.cells[place]:
                self._count(f"cột\t{name}")

    def _count(self, key: str) -> None:
        if key in self.unmapped or len(self.unmapped) < _MOST_UNMAPPED:
            self.unmapped[key] += 1

    def _raw(self, row: Row, one: Field) -> str:
        place = self._columns.get(one)
        return tidy(row.cells[place]) if place is not None and place < len(row.cells) else ""

    def _word(self, row: Row, one: Field) -> str:
        return self._mapping.word(one, self._raw(row, one))

    def _refuse(self, one: Field, why: str) -> RowRefused:
        return RowRefused(why, field=self._mapping.columns.get(one, one.label))

    def _unknown(self, row: Row, one: Field, why: str = "") -> RowRefused:
        written = self._raw(row, one)
        self._count(f"{one}\t{written[:100]}")
        return self._refuse(one, why or f"{one.label} “{written[:80]}” chưa biết đổi ra gì.")

    def _resolve(self, row: Row, made: Prepared) -> None:
        code = self._word(row, Field.CODE)
        ref = self._ref(row)
        if len(ref) > _LONGEST_REF:
            raise self._refuse(Field.REF, f"Khóa dài quá {_LONGEST_REF} ký tự.")
        made.ref = ref
        made.code = self._our_code(code, made)
        status = self._status(row, made)
        if made.is_skipped:
            return
        agency = self._agency(row)
        channel = self._channel(row)
        reads = {one: self._moment(row, one) for one in MOMENTS}
        moments = self._moments(reads, status, made)
        found = self._procedure(row, moments, made)
        party, submitter = self._people(row, made)
        outcome, papers = self._outcome(row), read_names(self._raw(row, Field.FILES))
        made.papers, made.outcome_paper = papers, self._raw(row, Field.OUTCOME_FILE)
        unit = self._word(row, Field.UNIT)
        kept = Kept(
            code=made.code,
            source=self._source.name,
            ref=made.ref,
            procedure_id=found.procedure_id,
            version_id=found.version_id,
            case_code=found.definition.cases[0].code,
            agency_id=agency.id,
            receiving_unit_id=self._offices.desk(agency).id,
            competent_unit_id=self._unit(row, agency, unit) if unit else None,
            status=status,
            moments=moments,
            applicant=party,
            submitter=submitter,
            channel=channel,
            applicant_kind=self._kind(row),
            old_code=code if made.code != code else "",
            summary=self._raw(row, Field.SUMMARY)[:_SUMMARY],
            received_by=self._raw(row, Field.RECEIVER)[:200],
            step_code=self._word(row, Field.STEP),
            assignee=self._assignee(row, status),
            outcome=outcome,
            more=self._more(row),
        )
        self._check(kept)
        marks, wrong = marks_of(self._papers, [*papers, *filter(None, [made.outcome_paper])])
        made.remarks += wrong
        made.kept, made.digest = kept, _digest(kept, made.identity, marks)

    def _ref(self, row: Row) -> str:
        return self._raw(row, Field.REF) or self._word(row, Field.CODE)

    def _our_code(self, code: str, made: Prepared) -> str:
        if _CODE.match(code):
            return code
        if not code:
            raise self._refuse(Field.CODE, "Thiếu mã hồ sơ.")
        if len(code) > _LONGEST_OLD:
            raise self._refuse(Field.CODE, f"Mã hồ sơ “{code[:60]}” dài quá {_LONGEST_OLD} ký tự.")
        ours = _ODD.sub("-", fold(code).upper()).strip("-")
        if not _CODE.match(ours):
            raise self._refuse(Field.CODE, f"“{code}” không dùng làm mã hồ sơ được.")
        made.remarks.append(f"mã cũ “{code}” có ký tự không dùng được, hồ sơ mang mã {ours}")
        return ours

    def _status(self, row: Row, made: Prepared) -> Status:
        word = self._word(row, Field.STATUS)
        if word == SKIP:
            made.is_skipped, made.refusal = True, "Bỏ qua vì trạng thái này đã chọn là bỏ qua."
        elif word not in _STATUSES:
            raise self._unknown(row, Field.STATUS)
        return _STATUSES.get(word, Status.SUBMITTED)

    def _channel(self, row: Row) -> FilingChannel:
        word = self._word(row, Field.CHANNEL)
        if not word:
            return FilingChannel.COUNTER
        if word in _CHANNELS:
            return FilingChannel(word)
        if fold(word) in CHANNEL_WORDS:
            return FilingChannel(CHANNEL_WORDS[fold(word)])
        raise self._unknown(row, Field.CHANNEL)

    def _agency(self, row: Row) -> AgencyInfo:
        word = self._word(row, Field.AGENCY)
        if not word and self._source.agency_id:
            word = organisation.tree().agency(self._source.agency_id).code
        if not word:
            raise self._refuse(Field.AGENCY, "Thiếu cơ quan giải quyết.")
        try:
            return self._offices.agency(word)
        except BadInput as error:
            raise self._unknown(row, Field.AGENCY, str(error)) from error

    def _unit(self, row: Row, agency: AgencyInfo, word: str) -> int:
        try:
            return self._offices.unit(agency, word).id
        except BadInput as error:
            raise self._unknown(row, Field.UNIT, str(error)) from error

    def _moment(self, row: Row, one: Field) -> Read | None:
        try:
            return read_moment(self._word(row, one), one.label, order=self._mapping.day_order)
        except BadInput as error:
            raise self._refuse(one, str(error)) from error

    def _moments(self, reads: dict[Field, Read | None], status: Status, made: Prepared) -> Moments:
        first = reads[Field.SUBMITTED] or reads[Field.RECEIVED]
        if first is None:
            raise self._refuse(Field.SUBMITTED, "Thiếu cả ngày nộp và ngày tiếp nhận.")
        finished = reads[Field.FINISHED]
        if status == Status.RETURNED and finished is None and reads[Field.RETURNED] is not None:
            finished = reads[Field.RETURNED]
            made.remarks.append("không có ngày xong, lấy ngày trả kết quả")
        line = [first, reads[Field.RECEIVED], reads[Field.ASKED], finished, reads[Field.RETURNED]]
        submitted, received, asked, resolved, returned = in_order(line)
        ended = in_order([first, reads[Field.ENDED]])[1]
        closing = self._mapping.closing
        due = closed_at(reads[Field.DUE] or reads[Field.DUE_FIRST], closing)
        moments = Moments(
            submitted_at=submitted or first.at,
            received_at=received,
            due_first_at=closed_at(reads[Field.DUE_FIRST], closing) if due else None,
            due_at=due if received else None,
            asked_at=asked,
            resolved_at=resolved,
            returned_at=returned,
            ended_at=ended,
        )
        return _fitting(moments, status, made.remarks)

    def _procedure(self, row: Row, moments: Moments, made: Prepared) -> InForce:
        word = self._word(row, Field.PROCEDURE)
        code = self._names.get(fold(word), word)
        then, today = local_day(moments.submitted_at), local_day(self._at)
        found = procedures.find_in_force(code, then)
        if found is None:
            found = procedures.find_in_force(code, today)
            if found is not None:
                made.remarks.append("ngày nộp chưa có phiên bản thủ tục, dùng phiên bản hiện hành")
        if found is None or not found.definition.cases:
            raise self._unknown(row, Field.PROCEDURE)
        return found

    def _people(self, row: Row, made: Prepared) -> tuple[PartyIn, SubmitterIn]:
        asked = self._asked(row, made.remarks)
        if not asked.name:
            raise self._refuse(Field.APPLICANT, "Thiếu tên chủ hồ sơ.")
        made.identity, why = self._matcher.checked_number(asked)
        person_id, likes = (None, []) if made.identity else self._matcher.person_of(asked)
        made.likes = likes
        if likes:
            why = "; ".join(filter(None, (why, _LIKE)))
        made.remarks += [why] if why else []
        party = PartyIn(
            PartyRole.APPLICANT,
            asked.name,
            person_id=person_id,
            number_hint=hint_of(asked.number),
            birth_date=asked.born,
        )
        submitter = SubmitterIn(
            name=(self._raw(row, Field.SUBMITTER) or asked.name)[:200],
            phone=self._raw(row, Field.PHONE)[:_PHONE],
            email=self._raw(row, Field.EMAIL)[:_EMAIL],
            address=self._address(row, made)[:_ADDRESS],
        )
        return party, submitter

    def _asked(self, row: Row, remarks: list[str]) -> Asked:
        """Return what a row says of its applicant; a body's number is no person's."""
        name = self._raw(row, Field.APPLICANT)[:_NAME] or self._raw(row, Field.SUBMITTER)[:_NAME]
        asked = Asked(self._ref(row), name)
        if self._kind(row) != ApplicantKind.CITIZEN:
            return asked
        if is_body(name):
            remarks.append("tên như của tổ chức nhưng ghi là công dân, không ghép với người nào")
            return asked
        number, odd = read_identity(self._raw(row, Field.IDENTITY))
        remarks += [odd] if odd else []
        commune = self._raw(row, Field.COMMUNE)
        now = self._offices.commune(commune) if commune else None
        return asked._replace(
            number=number,
            born=self._born(row, remarks),
            place_code=now.code if now else "",
            place=now.name if now else commune,
        )

    def _born(self, row: Row, remarks: list[str]) -> date | None:
        try:
            return read_birth(
                self._raw(row, Field.BORN), local_day(self._at), order=self._mapping.day_order
            )
        except BadInput as error:
            remarks.append(str(error))
            return None

    def _address(self, row: Row, made: Prepared) -> str:
        address, commune = self._raw(row, Field.ADDRESS), self._raw(row, Field.COMMUNE)
        if not commune:
            return address
        now = self._offices.commune(commune)
        if now is None:
            made.remarks.append(f"xã “{commune[:60]}” không rõ nay thuộc đâu, giữ nguyên chữ cũ")
            return ", ".join(filter(None, (address, commune)))
        is_same = fold(now.name) in fold(commune)
        told = now.name if is_same or commune.isdecimal() else f"{now.name} (trước là {commune})"
        return ", ".join(filter(None, (address, told)))

    def _kind(self, row: Row) -> ApplicantKind:
        return _KINDS.get(fold(self._word(row, Field.APPLICANT_KIND)), ApplicantKind.CITIZEN)

    def _assignee(self, row: Row, status: Status) -> tuple[int, str] | None:
        """Return the account somebody has said to be the handler of before."""
        written = self._raw(row, Field.HANDLER)
        is_open = status in {Status.RECEIVED, Status.PROCESSING, Status.AWAITING_APPLICANT}
        if not written or not is_open:
            return None
        if not self._mapping.is_mapped(Field.HANDLER, written):
            self._count(f"{Field.HANDLER}\t{written[:100]}")
            return None
        account = self._account(self._mapping.word(Field.HANDLER, written))
        if account is None:
            raise self._refuse(Field.HANDLER, f"Không có tài khoản cho “{written[:80]}”.")
        return account.pk, account.full_name

    def _outcome(self, row: Row) -> OutcomeIn | None:
        fields = (Field.OUTCOME, Field.OUTCOME_NUMBER, Field.OUTCOME_SIGNER)
        name, number, signer = (self._raw(row, one) for one in fields)
        return OutcomeIn(name, number, signer) if name or number or signer else None

    def _more(self, row: Row) -> dict[str, str]:
        told = {
            "Người xử lý": Field.HANDLER,
            "Phí, lệ phí đã thu ở hệ thống cũ": Field.FEE,
            "Bước ở hệ thống cũ": Field.STEP,
            "Yêu cầu bổ sung": Field.ASKED_FOR,
            "Ghi chú": Field.NOTE,
        }
        if self._kind(row) != ApplicantKind.CITIZEN or is_body(self._raw(row, Field.APPLICANT)):
            told["Mã số của tổ chức"] = Field.IDENTITY
        return {
            label: self._raw(row, one)[:300] for label, one in told.items() if self._raw(row, one)
        }

    def _check(self, kept: Kept) -> None:
        try:
            dossiers.check_brought(kept, at=self._at)
        except BadInput as error:
            one = _OF_MOMENT.get(error.field)
            if one == Field.SUBMITTED and one not in self._columns:
                one = Field.RECEIVED  # it stands for both
            raise RowRefused(
                str(error), field=self._mapping.columns.get(one, one.label) if one else ""
            ) from error


_OF_MOMENT = {
    "submitted_at": Field.SUBMITTED,
    "received_at": Field.RECEIVED,
    "due_first_at": Field.DUE_FIRST,
    "due_at": Field.DUE,
    "asked_at": Field.ASKED,
    "resolved_at": Field.FINISHED,
    "returned_at": Field.RETURNED,
    "ended_at": Field.ENDED,
    "step": Field.STEP,
    "procedure": Field.PROCEDURE,
}
_WITHOUT_RESULT = {Status.REFUSED, Status.WITHDRAWN, Status.STOPPED}


def _fitting(moments: Moments, status: Status, remarks: list[str]) -> Moments:
    """Return the moments that a dossier of this status has; what does not fit is said."""
    drop: dict[str, Any] = {}
    if status in _WITHOUT_RESULT:
        if moments.ended_at is None and moments.resolved_at is not None:
            moments = replace(moments, ended_at=moments.resolved_at)
        drop |= {"resolved_at": None, "returned_at": None}
    elif status == Status.RESOLVED:
        drop |= {"returned_at": None, "ended_at": None}
    elif status == Status.RETURNED:
        drop |= {"ended_at": None}
    else:
        drop |= {"resolved_at": None, "returned_at": None, "ended_at": None}
    odd = [name for name in drop if getattr(moments, name) is not None]
    if odd and not (status in _WITHOUT_RESULT and odd == ["resolved_at"]):
        labels = ", ".join(_OF_MOMENT[name].label.lower() for name in odd)
        remarks.append(f"trạng thái “{status.label}” nhưng có {labels}; không dùng")
    return replace(moments, **drop)


def _procedure_names() -> dict[str, str]:
    """Return the code of each procedure by its name, of names that one procedure has."""
    names: dict[str, set[str]] = {}
    for code, name in procedures.names_of_all():
        names.setdefault(fold(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}


def _digest(kept: Kept, number: str, marks: Sequence[str]) -> str:
    """Return what tells one content of a row from another, mapped as it is.

    A new version of a procedure is no change of the old system's.
    """
    words = repr((replace(kept, version_id=0), number, sorted(marks)))
    return hashlib.sha256(words.encode()).hexdigest()[:32]
