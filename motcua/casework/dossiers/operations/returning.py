"""Hand the outcome out: to the person, an authorised one, by post or electronically.

Source: docs/law/one-stop.md
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Act, CopyKind, PaperState, ReturnWay, Status
from motcua.casework.dossiers.errors import OutcomeMissing, PapersMissing
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierPaper
from motcua.casework.dossiers.queries.facts import due_at_return
from motcua.casework.dossiers.queries.parts_ready import part_to_hand_out
from motcua.casework.dossiers.rules.application import PaperIn, check_return_way
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, PaperHandling
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .books import sign_books
from .filing import add_papers
from .issuing import close_sheet, give_back_originals
from .money import FeeIn, drop_waiting, take_fees
from .stepping import facts_of
from .telling import lock_dossier, tell


@work.story
def return_outcome(  # noqa: PLR0913 -- the hand-out screen: to whom, how checked, which way
    code: str,
    *,
    handed_to: str,
    handed_how: str,
    by: Actor,
    at: datetime,
    way: ReturnWay = ReturnWay.COUNTER,
    withdrawn_papers: tuple[int, ...] = (),
    collected: Collection[str] = (),
    fees: Sequence[FeeIn] = (),
    present: Collection[int] = (),
) -> Dossier:
    """Hand out every signed outcome and give the originals back, except those to be withdrawn.

    `fees` is what was taken at the hand-out, each with its receipt; `collected` are the papers
    that the applicant hands over now, as the old certificate for the new one; `present` are the
    applicants (by number) who are there and sign the book, where the version has one.
    Lateness never stands in the way.
    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, OutcomeMissing, PapersMissing, NotPresent,
    BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.RETURN_OUTCOMES, unit_id=dossier.return_unit_id)
    if not handed_to.strip():
        message = "Hãy ghi tên người nhận kết quả."
        raise BadInput(message, field="handed_to")
    was = Status(dossier.status)
    dossier.move_to(Status.RETURNED)
    if dossier.resolved_at is None:
        message = "Hồ sơ chưa có kết quả để trả."
        raise OutcomeMissing(message)
    if way == ReturnWay.ELECTRONIC:
        check_return_way(way, _granted_on_paper(dossier), field="checked")
    definition = procedures.definition_of(dossier.procedure_version_id)
    sign_books(dossier, definition, way, present, by=by, at=at)
    _take_in(dossier, definition, collected, by=by, at=at)
    dossier.returned_at, dossier.return_way = at, way
    if fees:
        drop_waiting(dossier, by=by, at=at)
        take_fees([(dossier, fees)], by=by, at=at, unit_id=dossier.return_unit_id)
    work.put(_HANDED, [at, handed_to, handed_how, dossier.pk])
    work.put(_WITHDRAWN, [dossier.pk, list(withdrawn_papers)])
    give_back_originals(dossier, at=at)
    close_sheet(dossier, by=by, at=at)
    detail = {"to": handed_to, "how": handed_how, "way": str(way)}
    changed = ("returned_at", "return_way")
    tell(dossier, Act.RETURN_OUTCOME, by=by, at=at, was=was, changed=changed, detail=detail)
    return dossier


@work.story
def hand_out_decided(  # noqa: PLR0913 -- as return_outcome, of a part
    code: str,
    *,
    handed_to: str,
    handed_how: str,
    by: Actor,
    at: datetime,
    way: ReturnWay = ReturnWay.COUNTER,
    present: Collection[int] = (),
) -> Dossier:
    """Hand out what is signed of a dossier that is still worked on, as a decision before its dues.

    `present` are, as at the end, the applicants who are there and sign the book.

    Raises: NoSuchDossier, NotAllowed, OutcomeMissing, NotPresent, BadInput.
    Source: docs/law/further-procedures.md
    """
    dossier = lock_dossier(code)
    by.require(Power.RETURN_OUTCOMES, unit_id=dossier.return_unit_id)
    if not handed_to.strip():
        message = "Hãy ghi tên người nhận kết quả."
        raise BadInput(message, field="handed_to")
    waiting = part_to_hand_out(dossier)
    if not waiting:
        message = "Hồ sơ chưa có kết quả nào đã ký để trao trước."
        raise OutcomeMissing(message)
    if way == ReturnWay.ELECTRONIC:
        check_return_way(way, _granted_on_paper(dossier), field="checked")
    definition = procedures.definition_of(dossier.procedure_version_id)
    sign_books(dossier, definition, way, present, by=by, at=at)
    work.put(_HANDED, [at, handed_to, handed_how, dossier.pk])
    detail = {"to": handed_to, "how": handed_how, "way": str(way)}
    note = "; ".join(one.name for one in waiting)
    was = Status(dossier.status)
    tell(dossier, Act.HAND_OUT_PART, by=by, at=at, was=was, note=note, detail=detail)
    return dossier


def _granted_on_paper(dossier: Dossier) -> list[str]:
    """Return what was signed that leaves on paper only."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    signed = DossierOutcome.objects.filter(dossier_id=dossier.pk, decided_at__isnull=False)
    return [one.name for one in signed if definition.is_on_paper_only(one.spec_code)]


def _take_in(
    dossier: Dossier,
    definition: Definition,
    collected: Collection[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Note what is handed over for the outcome. Raises: PapersMissing naming what is not."""
    if not any(spec.handling == PaperHandling.AT_RETURN for spec in definition.papers):
        return  # most procedures: no statement is spent on them
    wanted = due_at_return(dossier, definition, facts_of(dossier))
    missing = "; ".join(spec.name for spec in wanted if spec.code not in collected)
    if missing:
        message = f"Phải thu khi trả kết quả: {missing}."
        raise PapersMissing(message)
    taken = [
        PaperIn(spec.code, spec.name, CopyKind.ORIGINAL, state=PaperState.WITHDRAWN)
        for spec in wanted
    ]
    add_papers(dossier, taken, by=by, at=at)


_OUTCOMES = DossierOutcome._meta.db_table
_PAPERS = DossierPaper._meta.db_table
_HANDED = (
    f'UPDATE "{_OUTCOMES}" SET handed_at = %s, handed_to = %s, handed_how = %s'  # noqa: S608 -- our own table
    " WHERE dossier_id = %s AND decided_at IS NOT NULL AND handed_at IS NULL"
)
_WITHDRAWN = f"UPDATE \"{_PAPERS}\" SET state = 'withdrawn' WHERE dossier_id = %s AND seq = ANY(%s)"  # noqa: S608 -- our own table
