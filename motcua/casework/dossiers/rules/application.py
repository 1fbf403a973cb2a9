"""What is handed in: an application with its people and papers, as plain frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.casework.dossiers.choices import (
    ApplicantKind,
    Authority,
    CopyKind,
    PaperState,
    PartyRole,
    ReturnWay,
)
from motcua.casework.dossiers.errors import AnswersWrong, PapersMissing
from motcua.casework.forms.api import check_answers
from motcua.casework.procedures.api import Definition, FilingChannel, PaperHandling, PaperSpec
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .ages import check_age
from .facts import facts_for


@dataclass(frozen=True, slots=True)
class PartyIn:
    """One person or organisation named in an application."""

    role: PartyRole
    full_name: str
    person_id: int | None = None
    enterprise_id: int | None = None
    number_hint: str = ""
    birth_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperIn:
    """One paper handed in, shown, or replaced by data."""

    spec_code: str
    name: str
    kind: CopyKind = CopyKind.ORIGINAL
    quantity: int = 1
    state: PaperState = PaperState.HELD
    file_id: int | None = None
    file_name: str = ""
    reused_from: str = ""


@dataclass(frozen=True, slots=True)
class SubmitterIn:
    """Who brings the application, by what right, and who really helped."""

    name: str
    account_id: int | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    authority: Authority = Authority.SELF
    authority_until: date | None = None
    helper_name: str = ""
    helper_account_id: int | None = None
    mandate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """Everything needed to file. `parties` begins with the first applicant.

    `legal_at` is the moment that counts in law where it is not now: the hand-over minutes of the
    post, or a paper taken in while the system was down. `outside_code` is kept as the official
    code when the national portal or a ministry has given one.
    """

    procedure_code: str
    case_code: str
    agency_id: int
    channel: FilingChannel
    submitter: SubmitterIn
    parties: Sequence[PartyIn]
    answers: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[PaperIn] = ()
    applicant_kind: ApplicantKind = ApplicantKind.CITIZEN
    receiving_unit_id: int | None = None
    support_unit_id: int | None = None
    return_unit_id: int | None = None
    return_way: ReturnWay = ReturnWay.COUNTER
    return_address: str = ""
    summary: str = ""
    number_of_sets: int = 1
    outside_code: str = ""
    origin: str = ""
    legal_at: datetime | None = None
    replaces_id: int | None = None

    @property
    def applicant(self) -> PartyIn:
        """Return the first applicant."""
        return self.parties[0]

    @property
    def subject_name(self) -> str:
        """Return whom it is about, if not the applicant: a child, a deceased person."""
        return next((p.full_name for p in self.parties if p.role == PartyRole.SUBJECT), "")


def check_complete(
    application: Application, definition: Definition, *, on: date, must_answer: bool
) -> None:
    """Raises: AnswersWrong, PapersMissing naming everything missing at once; BadInput."""
    complaints = wrong_answers(application, definition, must_answer=must_answer)
    complaints |= too_old(definition, application.case_code, application.answers, on)
    if complaints:
        raise AnswersWrong(complaints)
    missing = missing_papers(application, definition, on)
    if missing:
        names = "; ".join(paper.name for paper in missing)
        message = said("Hồ sơ còn thiếu: %(names)s.", names=names)
        raise PapersMissing(message)
    facts = facts_of_application(application, on)
    check_return_way(application.return_way, definition.names_on_paper_only(facts))
    check_applicants(application, definition)


def check_return_way(
    way: ReturnWay, on_paper_only: Sequence[str], *, field: str = "return_way"
) -> None:
    """Raises: BadInput if what there is on paper only were to be sent as a file.

    Source: docs/law/one-stop.md
    """
    if way == ReturnWay.ELECTRONIC and on_paper_only:
        names = "; ".join(on_paper_only)
        message = said(
            "“%(names)s” chỉ cấp bản giấy: hãy nhận tại quầy hoặc qua bưu chính.", names=names
        )
        raise BadInput(message, field=field)


def check_applicants(application: Application, definition: Definition) -> None:
    """Raises: BadInput where somebody who must apply too is not named, or cannot come to sign."""
    named = [one for one in application.parties if one.role == PartyRole.APPLICANT]
    if len(named) < definition.applicants:
        message = said(
            "Thủ tục này có %(applicants)s người cùng đứng tên; hãy ghi đủ tên.",
            applicants=definition.applicants,
        )
        raise BadInput(message, field="other_applicants")
    books = dict.fromkeys(spec.book for spec in definition.outcomes if spec.book)
    if books and application.return_way != ReturnWay.COUNTER:
        message = said(
            "Kết quả chỉ trả tại quầy: mọi người đứng tên phải ký %(books)s.",
            books=", ".join(books),
        )
        raise BadInput(message, field="return_way")


def wrong_answers(
    application: Application, definition: Definition, *, must_answer: bool = False
) -> dict[str, str]:
    """Return a complaint for each wrong answer; an absent one is wrong only if it must be there."""
    if definition.form is None:
        return {}
    complaints = check_answers(definition.form, application.answers)
    if must_answer:
        return complaints
    return {k: v for k, v in complaints.items() if _is_answered(application, k)}


def too_old(
    definition: Definition, case_code: str, answers: Mapping[str, Any], on: date
) -> dict[str, str]:
    """Return a complaint at the day of each paper that is older than the law lets it be.

    Source: docs/law/further-procedures.md
    """
    complaints = {}
    for spec in definition.papers_for(case_code):
        issued = answers.get(spec.issued_on) if spec.most_months else None
        complaint = check_age(spec.name, issued, spec.most_months, on) if issued else ""
        if complaint:
            complaints[spec.issued_on] = complaint
    return complaints


def facts_of_application(application: Application, on: date | None) -> dict[str, Any]:
    """Return what conditions may ask of an application handed in on that day."""
    legal = application.legal_at
    return facts_for(
        application.answers,
        channel=application.channel.value,
        case_code=application.case_code,
        on=local_day(legal) if legal else on,
        authority=application.submitter.authority.value,
    )


def missing_papers(
    application: Application, definition: Definition, on: date | None = None
) -> list[PaperSpec]:
    """Return the papers to be handed in now that are not among those given.

    A paper that stands instead of another, or data that replaces it, is as good.
    """
    given = {paper.spec_code for paper in application.papers}
    replaced = {
        spec.instead_of for spec in definition.papers if spec.code in given and spec.instead_of
    }
    facts = facts_of_application(application, on)
    online = application.channel == FilingChannel.PORTAL
    return [
        spec
        for spec in definition.required_papers(application.case_code, facts)
        if spec.handling == PaperHandling.HAND_IN
        and spec.code not in given | replaced
        and not spec.instead_of
        and not (online and spec.replaced_by_data)
    ]


def _is_answered(application: Application, name: str) -> bool:
    value = application.answers.get(name.partition(".")[0])
    return value not in (None, "", [])
