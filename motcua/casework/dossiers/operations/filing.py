"""A dossier arrives: on-line, at a desk, or by post. One story from words to rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import Act, Authority, IssuedForm, ScopeRole, Status
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import (
    AnswerField,
    Dossier,
    DossierAnswers,
    DossierPaper,
    DossierParty,
)
from motcua.casework.dossiers.queries.clock import facts_of_unit
from motcua.casework.dossiers.rules.application import (
    Application,
    PaperIn,
    SubmitterIn,
    check_complete,
)
from motcua.casework.forms.api import searchable_values
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel, InForce
from motcua.foundation.access.api import Secrecy
from motcua.foundation.calendar import api as calendar
from motcua.foundation.identity import api as identity
from motcua.foundation.ledger import api as ledger
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor, enterprise_unit_id, mandate_unit_id
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .acknowledging import acknowledge
from .indexing import remember_for_search
from .issuing import issue
from .signed_papers import check_signed
from .telling import let_see, part_seq, tell

SERIES = "dossier"


def file_application(application: Application, *, by: Actor, at: datetime, key: str = "") -> str:
    """Take in an on-line application and answer with its official code.

    The same sender and key get the same code, however often they ask.
    Raises: NoSuchProcedure, NotForFiling, AnswersWrong, PapersMissing, BadInput.
    """
    if not key:
        return _file(application, by=by, at=at, key="")
    return requests.carry_out_once(key, lambda: _file(application, by=by, at=at, key=key), by=by)


@work.story
def _file(application: Application, *, by: Actor, at: datetime, key: str) -> str:
    found = in_force(application, at)
    if not found.definition.can_be_filed_online:
        message = said("Thủ tục này chưa nộp trực tuyến được tại cổng của tỉnh.")
        raise procedures.NotForFiling(message)
    check_complete(application, found.definition, on=local_day(at), must_answer=True)
    given = [(paper.spec_code, paper.file_id) for paper in application.papers]
    check_signed(given, found.definition.papers)
    dossier = enter(application, found, at=at)
    dossier.check_due_at = check_due(dossier, found.definition, at)
    add_parts(dossier, application, found.definition, by=by, at=at)
    due = dossier.check_due_at
    issue(
        dossier, IssuedForm.FILED, by=by, at=at, data={"answer_by": due.isoformat()} if due else {}
    )
    interests = first_interests(dossier, application.submitter.mandate_id)
    let_see(dossier, [*interests, *colleagues_of(application, by)])
    tell(dossier, Act.FILE, by=by, at=at, was="", is_new=True)
    if found.definition.acknowledged_by:
        acknowledge(dossier, found.definition, by=SYSTEM, at=at)
    if key:
        requests.claim_key(key, dossier.code, by=by, at=at)
    return dossier.code


def in_force(application: Application, at: datetime) -> InForce:
    """Return the version the application is filed under, if the agency decides on it.

    Raises: NoSuchProcedure, NotForFiling.
    """
    found = procedures.find_in_force(application.procedure_code, local_day(at))
    if found is None:
        message = said(
            "Thủ tục %(procedure_code)s không còn hiệu lực hoặc chưa công khai.",
            procedure_code=application.procedure_code,
        )
        raise procedures.NoSuchProcedure(message)
    if not found.definition.can_be_filed:
        message = said(
            "Thủ tục này được tiếp nhận ở hệ thống khác; xem hướng dẫn tại trang thủ tục."
        )
        raise procedures.NotForFiling(message)
    if not procedures.is_competent(found.procedure_id, found.definition, application.agency_id):
        message = said("Cơ quan được chọn không có thẩm quyền giải quyết thủ tục này.")
        raise procedures.NotForFiling(message)
    return found


def enter(application: Application, found: InForce, *, at: datetime) -> Dossier:
    """Return a new dossier, numbered, not yet handed over for saving.

    Raises: BadInput for a case there is not.
    """
    definition = found.definition
    case = next((one for one in definition.cases if one.code == application.case_code), None)
    if case is None:
        message = said(
            "Thủ tục này không có trường hợp “%(case_code)s”.", case_code=application.case_code
        )
        raise BadInput(message, field="case_code")
    desk = application.receiving_unit_id or _desk_of(application.agency_id)
    arrived = application.legal_at or at
    code = application.outside_code or _next_code(_prefix(desk), at)
    applicant, submitter = application.applicant, application.submitter
    return Dossier(
        id=work.new_id(Dossier),
        code=code,
        origin=application.origin,
        procedure_id=found.procedure_id,
        procedure_version_id=found.version_id,
        case_code=case.code,
        channel=application.channel,
        status=Status.SUBMITTED,
        support_unit_id=application.support_unit_id or desk,
        receiving_unit_id=desk,
        competent_unit_id=procedures.first_unit(definition, application.agency_id),
        agency_id=application.agency_id,
        return_unit_id=application.return_unit_id or desk,
        applicant_name=applicant.full_name,
        applicant_kind=application.applicant_kind,
        applicant_person_id=applicant.person_id,
        applicant_hint=applicant.number_hint,
        subject_name=application.subject_name,
        submitter_account_id=submitter.account_id,
        submitter_name=submitter.name,
        submitter_phone=submitter.phone,
        submitter_email=submitter.email,
        submitter_address=submitter.address,
        authority=submitter.authority,
        authority_until=submitter.authority_until,
        helper_name=submitter.helper_name,
        helper_account_id=submitter.helper_account_id,
        summary=application.summary,
        number_of_sets=application.number_of_sets,
        return_way=application.return_way,
        return_address=application.return_address,
        sort_at=arrived,
        secrecy=Secrecy.NEED_TO_KNOW if definition.is_sensitive else Secrecy.OPEN,
        submitted_at=arrived,
        replaces_id=application.replaces_id,
        entered_late_at=at if _is_entered_late(application) else None,
        promise_salt=ledger.new_salt(),
    )


def _desk_of(agency_id: int) -> int:
    desk = organisation.tree().desk_of(agency_id)
    if desk is None:
        desk = next(iter(organisation.tree().desks()), None)
    if desk is None:
        message = said("Chưa có bộ phận một cửa nào để tiếp nhận hồ sơ.")
        raise DossierError(message)
    return desk.id


def _is_entered_late(application: Application) -> bool:
    """Say whether a paper taken in earlier is entered now; the post's minutes are no lateness."""
    return application.legal_at is not None and application.channel != FilingChannel.POST


def _prefix(desk_id: int) -> str:
    """Return the code of the desk's agency, or the desk's own where an agency has several."""
    tree = organisation.tree()
    agency = tree.agency_of(desk_id)
    main = tree.desk_of(agency.id)
    return agency.code if main is not None and main.id == desk_id else tree.unit(desk_id).code


def _next_code(unit_code: str, at: datetime) -> str:
    day = local_day(at)
    number = numbering.allocate_number(numbering.series_of_day(SERIES, unit_code, day))
    return numbering.dossier_code(unit_code, day, number)


def check_due(dossier: Dossier, definition: Definition, at: datetime) -> datetime | None:
    """Return by when the desk answers what came in at that moment."""
    limit = definition.desk_check.get(FilingChannel(dossier.channel))
    if limit is None:
        return None
    return calendar.due_at(limit, at, (), facts_of_unit(dossier.receiving_unit_id)).due_at


def first_interests(dossier: Dossier, mandate_id: int | None = None) -> list[tuple[int, ScopeRole]]:
    """Return who sees a new dossier: its desk, the account of its owner, who acts for the owner."""
    interests = [(dossier.receiving_unit_id, ScopeRole.DESK)]
    if dossier.submitter_account_id:
        interests.append((-dossier.submitter_account_id, ScopeRole.OWNER))
    if mandate_id is not None:
        interests.append((mandate_unit_id(mandate_id), ScopeRole.AGENT))
    return interests


def colleagues_of(application: Application, by: Actor) -> list[tuple[int, ScopeRole]]:
    """Return who else sees what is filed for an enterprise: all its members.

    So it is where a member files, and where somebody does whom the enterprise let act for it.
    Whoever merely types its tax code is no member, and shows it nothing.
    """
    if by.agent is not None:
        body = by.agent.body
        return [(enterprise_unit_id(body.id), ScopeRole.OWNER)] if body else []
    enterprise_id = application.applicant.enterprise_id
    if application.submitter.authority != Authority.STAFF or enterprise_id is None:
        return []
    unit_id = enterprise_unit_id(enterprise_id)
    return [(unit_id, ScopeRole.OWNER)] if by.can(people.ACT, unit_id=unit_id) else []


def add_parts(
    dossier: Dossier,
    application: Application,
    definition: Definition,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand over the people, papers and answers of a new dossier, and its words for search."""
    work.add(*_parties(dossier, application))
    add_papers(dossier, application.papers, by=by, at=at)
    work.add(DossierAnswers(dossier_id=dossier.pk, answers=dict(application.answers)))
    add_searchable_answers(dossier, definition, application.answers)
    remember_for_search(dossier, application)


def add_searchable_answers(
    dossier: Dossier, definition: Definition, answers: Mapping[str, Any]
) -> None:
    """Hand over the answers by which the dossier is found."""
    if definition.form is None:
        return
    found = searchable_values(definition.form, answers)
    work.add(
        *(_answer_field(dossier, i, field.name, value) for i, (field, value) in enumerate(found))
    )


def _parties(dossier: Dossier, application: Application) -> list[DossierParty]:
    return [
        DossierParty(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            role=party.role,
            full_name=party.full_name,
            person_id=party.person_id,
            enterprise_id=party.enterprise_id,
            number_hint=party.number_hint,
            birth_date=party.birth_date,
            note=party.note,
        )
        for index, party in enumerate(application.parties)
    ]


def add_papers(
    dossier: Dossier,
    papers: Sequence[PaperIn],
    *,
    by: Actor,
    at: datetime,
    supplement_seq: int | None = None,
) -> None:
    """Hand over what was handed in, shown, or replaced by data, with the act under way."""
    work.add(
        *(
            DossierPaper(
                dossier_id=dossier.pk,
                seq=part_seq(dossier, index),
                spec_code=paper.spec_code,
                name=paper.name,
                kind=paper.kind,
                quantity=paper.quantity,
                state=paper.state,
                file_id=paper.file_id,
                file_name=paper.file_name,
                reused_from=paper.reused_from,
                added_at=at,
                added_by_name=by.doer_name[:200],
                supplement_seq=supplement_seq,
            )
            for index, paper in enumerate(papers)
        )
    )


def _answer_field(dossier: Dossier, index: int, name: str, value: Any) -> AnswerField:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return AnswerField(
        dossier_id=dossier.pk,
        seq=part_seq(dossier, index),
        field=name,
        text="" if is_number else str(value)[:300],
        number=value if is_number else None,
    )


def with_receiving_desk(application: Application, desk_unit_id: int) -> Application:
    """Return the application as a desk takes it in: supported, received and returned there.

    It belongs to the applicant's own account, if an officer has seen whose account that is.

    Source: docs/law/one-stop.md
    """
    return replace(
        application,
        submitter=_with_account(application),
        receiving_unit_id=desk_unit_id,
        support_unit_id=application.support_unit_id or desk_unit_id,
        return_unit_id=application.return_unit_id or desk_unit_id,
    )


def _with_account(application: Application) -> SubmitterIn:
    submitter, applicant = application.submitter, application.applicant
    if submitter.account_id is not None or applicant.person_id is None:
        return submitter
    account_id = identity.find_account_of_person(applicant.person_id, applicant.full_name)
    return replace(submitter, account_id=account_id)
