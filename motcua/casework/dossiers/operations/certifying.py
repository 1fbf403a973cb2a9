"""Certify copies at the desk: filed, received, decided and returned in one act; no file is kept.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.casework.dossiers.choices import (
    Act,
    OutcomeKind,
    PartyRole,
    ReturnWay,
    ScopeRole,
    Status,
)
from motcua.casework.dossiers.models import CertificationLine, Dossier, DossierOutcome
from motcua.casework.dossiers.queries.certified_fees import CertFee, fee_of_certifying
from motcua.casework.dossiers.queries.certifiers import certifiers
from motcua.casework.dossiers.rules.application import Application, PartyIn, SubmitterIn
from motcua.casework.dossiers.rules.certification import (
    CertLine,
    check_lines,
)
from motcua.casework.procedures.api import Definition, FeeKind, FilingChannel
from motcua.foundation.access.api import Power
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .clock import start_clock
from .filing import add_parts, enter, in_force, with_receiving_desk
from .money import FeeIn, take_fees
from .telling import let_see, part_seq, tell

CODE = "2.000815"
_NAME = "Bản sao được chứng thực"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for certified copies, what was paid, who signs them."""

    applicant_name: str
    receipt_number: str
    signer_post_id: int | None
    key: str


def certify_copies(  # noqa: PLR0913 -- the certification screen
    lines: Sequence[CertLine],
    applicant_name: str,
    *,
    desk_unit_id: int,
    by: Actor,
    at: datetime,
    receipt_number: str = "",
    signer_post_id: int | None = None,
    key: str = "",
) -> str:
    """Certify copies of originals shown at the desk and answer with the dossier's code.

    Each paper gets a number of the desk's book of the year, without gaps. They are signed by the
    holder of the signer's post, or where no post is named by the officer who certifies.

    Raises: NotAllowed, NotForFiling, BadInput.
    """
    asked = _Asked(applicant_name, receipt_number, signer_post_id, key)
    if not key:
        return _certify(lines, asked, desk_unit_id=desk_unit_id, by=by, at=at)
    return requests.carry_out_once(
        key, lambda: _certify(lines, asked, desk_unit_id=desk_unit_id, by=by, at=at), by=by
    )


@work.story
def _certify(
    lines: Sequence[CertLine],
    asked: _Asked,
    *,
    desk_unit_id: int,
    by: Actor,
    at: datetime,
) -> str:
    by.require(Power.RECEIVE_DOSSIERS, unit_id=desk_unit_id)
    by.require(Power.RETURN_OUTCOMES, unit_id=desk_unit_id)
    check_lines(lines)
    signer = _signer(asked, desk_unit_id, by=by, at=at)
    if not asked.applicant_name.strip():
        message = "Hãy ghi tên người yêu cầu chứng thực."
        raise BadInput(message, field="applicant_name")
    application = _application(asked.applicant_name, desk_unit_id)
    application = with_receiving_desk(application, desk_unit_id)
    found = in_force(application, at)
    application = replace(application, case_code=found.definition.cases[0].code)
    day = local_day(at)
    costs = [fee_of_certifying(found.definition, line, on=day) for line in lines]
    dossier = enter(application, found, at=at)
    add_parts(dossier, application, found.definition, by=by, at=at)
    rows = _rows(dossier, lines, [one.amount_vnd for one in costs], at)
    work.add(*rows)
    fees = [_fee(row, cost, asked) for row, cost in zip(rows, costs, strict=True)]
    take_fees([(dossier, fees)], by=by, at=at)
    outcome = _outcome(dossier, found.definition, rows, signer, by=by, at=at)
    _live_through(dossier, found.definition, rows, outcome, by=by, at=at)
    if asked.key:
        requests.claim_key(asked.key, dossier.code, by=by, at=at)
    return dossier.code


def _fee(row: CertificationLine, cost: CertFee, asked: _Asked) -> FeeIn:
    return FeeIn(
        "chung-thuc",
        f"Phí chứng thực bản sao: {row.paper_name}"[:300],
        FeeKind.FEE,
        row.amount_vnd,
        asked.receipt_number,
        cost.reason,
        cost.rule,
        quantity=row.copies,
        unit_name="bản",
    )


def _signer(asked: _Asked, desk_unit_id: int, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Return name and title of who signs. Raises: BadInput for a post that does not sign here."""
    if asked.signer_post_id is None:
        return by.name, by.title
    for seat in certifiers(desk_unit_id, local_day(at)):
        if seat.post_id == asked.signer_post_id:
            return seat.officer_name, seat.title
    message = "Người ký chứng thực phải đang giữ chức vụ ký tại cơ quan này."
    raise BadInput(message, field="signer")


def _application(applicant_name: str, desk_unit_id: int) -> Application:
    return Application(
        procedure_code=CODE,
        case_code="",
        agency_id=organisation.tree().unit(desk_unit_id).agency_id,
        channel=FilingChannel.COUNTER,
        submitter=SubmitterIn(name=applicant_name),
        parties=(PartyIn(PartyRole.APPLICANT, applicant_name),),
    )


def _rows(
    dossier: Dossier, lines: Sequence[CertLine], amounts: Sequence[int], at: datetime
) -> list[CertificationLine]:
    """Return the lines of the book, numbered. Locks: the book's series."""
    unit = organisation.tree().unit(dossier.receiving_unit_id)
    year = local_day(at).year
    series = numbering.series_of_year("certification", unit.code, year)
    numbers = numbering.allocate_numbers(series, len(lines))
    return [
        CertificationLine(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            paper_name=line.paper_name,
            pages=line.pages,
            copies=line.copies,
            amount_vnd=amount,
            book_number=number,
            book=f"SCT/BS-{unit.code}-{year}",
        )
        for index, (line, amount, number) in enumerate(zip(lines, amounts, numbers, strict=True))
    ]


def _live_through(
    dossier: Dossier,
    definition: Definition,
    rows: Sequence[CertificationLine],
    outcome: DossierOutcome,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Receive, decide and return a new dossier in one breath, each with its own trace."""
    dossier.move_to(Status.RECEIVED)
    dossier.received_at = dossier.clock_from = at
    dossier.received_by_id, dossier.received_by_name = by.id, by.name
    dossier.return_way, dossier.number_of_sets = ReturnWay.COUNTER, 1
    start_clock(dossier, definition, by=by, at=at)
    let_see(dossier, [(dossier.receiving_unit_id, ScopeRole.DESK)])
    tell(dossier, Act.RECEIVE, by=by, at=at, was="", is_new=True)
    was = Status(dossier.status)
    dossier.move_to(Status.PROCESSING)
    dossier.move_to(Status.RESOLVED)
    dossier.resolved_at = at
    work.add(outcome)
    detail: dict[str, object] = {"numbers": [row.book_number for row in rows]}
    detail["signed_by"] = outcome.signed_by_name
    tell(dossier, Act.DECIDE, by=by, at=at, was=was, detail=detail, is_new=True)
    was = Status(dossier.status)
    dossier.move_to(Status.RETURNED)
    dossier.returned_at = at
    detail = {"to": dossier.submitter_name}
    tell(dossier, Act.RETURN_OUTCOME, by=by, at=at, was=was, detail=detail, is_new=True)


def _outcome(
    dossier: Dossier,
    definition: Definition,
    rows: Sequence[CertificationLine],
    signer: tuple[str, str],
    *,
    by: Actor,
    at: datetime,
) -> DossierOutcome:
    spec = definition.outcomes[0] if definition.outcomes else None
    first, last = rows[0].book_number, rows[-1].book_number
    number = f"{first}" if first == last else f"{first}–{last}"
    return DossierOutcome(
        dossier_id=dossier.pk,
        seq=part_seq(dossier),
        spec_code=spec.code if spec else "ban-sao",
        name=spec.name if spec else _NAME,
        result_code=spec.result_code if spec else "",
        kind=OutcomeKind.GRANTED,
        number=f"{number}/{rows[0].book}"[:60],
        drafted_by_name=by.name,
        drafted_at=at,
        signed_by_name=signer[0],
        signed_by_title=signer[1],
        decided_at=at,
        handed_at=at,
        handed_to=dossier.submitter_name,
        handed_how="Tại quầy",
    )
