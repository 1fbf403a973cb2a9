"""One decision for a list of people: collected, signed once with one number, each dossier ends.

Source: docs/law/field-work.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError, NoSuchDossier
from motcua.casework.dossiers.models import (
    CollectedDecision,
    CollectedDossier,
    Dossier,
    DossierOutcome,
    DossierStep,
)
from motcua.casework.dossiers.queries.collected import is_list_being_signed
from motcua.casework.dossiers.queries.collected_papers import lines_now
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.one import known_among
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.access.api import Power, Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotFound
from motcua.lib.text import tidy
from motcua.lib.tongue import said

from .handling import decide_as_listed, next_number, open_decision, series_of
from .stepping import Opened
from .telling import lock_dossier

MOST, LONGEST_TITLE = 200, 300


@work.story
def collect(codes: Sequence[str], title: str, *, by: Actor, at: datetime) -> CollectedDecision:
    """Put dossiers that wait for a signature into one decision, in the order of their names.

    All are of one procedure and one agency, drafted as granted, and in no other list. Who handles
    or signs them may collect them.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    wanted = sorted(set(codes))
    if not 1 < len(wanted) <= MOST:
        raise BadInput(f"Hãy chọn từ 2 đến {MOST} hồ sơ cho một quyết định.", field="codes")
    if not 0 < len(tidy(title)) <= LONGEST_TITLE:
        message = f"Hãy ghi trích yếu của quyết định, không quá {LONGEST_TITLE} chữ."
        raise BadInput(message, field="title")
    _check_known(wanted, by)
    found = _collectable([lock_dossier(code) for code in wanted], by)
    first = found[0]
    for one in found:
        if one.kind != first.kind:
            code = one.dossier.code
            message = f"Hồ sơ {code} thuộc thủ tục, cơ quan hoặc kết quả khác; hãy bỏ chọn."
            raise DossierError(message)
    decision = CollectedDecision(
        id=work.new_id(CollectedDecision),
        agency_id=deciding(first.dossier).agency_id,
        unit_id=first.unit_id,
        procedure_id=first.dossier.procedure_id,
        spec_code=first.spec_code,
        title=tidy(title),
        made_at=at,
        made_by_name=by.name,
    )
    work.add(decision)
    by_name = sorted((one.dossier for one in found), key=attrgetter("applicant_name"))
    for place, dossier in enumerate(by_name, start=1):
        work.add(CollectedDossier(decision_id=decision.pk, dossier_id=dossier.pk, place=place))
    audit.record("dossiers.collect", f"collected:{decision.pk}", by=by, at=at)
    return decision


class _Collectable(NamedTuple):
    """A locked dossier, where it waits for its signature, and what is drafted."""

    dossier: Dossier
    unit_id: int
    spec_code: str

    @property
    def kind(self) -> tuple[int, int, str]:
        """What all of a list have in common."""
        return self.dossier.procedure_id, self.dossier.agency_id, self.spec_code


def _check_known(codes: Sequence[str], by: Actor) -> None:
    """Raises: NoSuchDossier for one there is not, and alike for one the actor may not know of."""
    keys = dict(Dossier.objects.filter(code__in=codes).values_list("code", "pk"))
    known = known_among(by, keys.values())
    for code in codes:
        if keys.get(code) not in known:
            hidden = f"dossier:{code}" if code in keys else ""
            raise NoSuchDossier(said("Không tìm thấy hồ sơ %(code)s.", code=code), hidden=hidden)


def _collectable(dossiers: Sequence[Dossier], by: Actor) -> list[_Collectable]:
    """Return locked dossiers with the steps that wait and what is drafted; powers come first.

    Raises: NotAllowed, DossierError. Costs: three queries, however many dossiers.
    """
    ids = [one.pk for one in dossiers]
    waiting = DossierStep.objects.filter(
        dossier_id__in=ids, kind=StepKind.DECISION, closed_at=None
    ).order_by("-seq")
    units = dict(waiting.values_list("dossier_id", "unit_id"))
    for one in dossiers:
        _check_hand(one, units.get(one.pk, one.competent_unit_id), by)
    drafts: dict[int, list[DossierOutcome]] = {}
    for draft in DossierOutcome.objects.filter(dossier_id__in=ids, decided_at=None):
        drafts.setdefault(draft.dossier_id, []).append(draft)
    rows = CollectedDossier.objects.filter(dossier_id__in=ids)
    listed = set(rows.values_list("dossier_id", flat=True))
    found = []
    for dossier in dossiers:
        if dossier.pk in listed:
            message = f"Hồ sơ {dossier.code} đã nằm trong một danh sách khác; hãy bỏ chọn."
            raise DossierError(message)
        spec_code = _listed_outcome(dossier, drafts.get(dossier.pk, []))
        is_open = dossier.secrecy == Secrecy.OPEN  # a list names everybody in it
        if dossier.pk not in units or not spec_code or not is_open:
            message = (
                f"Hồ sơ {dossier.code} không chờ ký một kết quả ra quyết định theo danh sách; hãy"
                " bỏ chọn."
            )
            raise DossierError(message)
        found.append(_Collectable(dossier, units[dossier.pk], spec_code))
    return found


def _listed_outcome(dossier: Dossier, drafts: Sequence[DossierOutcome]) -> str:
    """Return the one outcome that is drafted as granted and may stand in a list; else nothing."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    listed = {spec.code for spec in definition.outcomes if spec.is_collected}
    specs = {draft.spec_code for draft in drafts}
    is_granted = all(draft.kind == OutcomeKind.GRANTED for draft in drafts)
    return specs.pop() if len(specs) == 1 and specs <= listed and is_granted else ""


def _check_hand(dossier: Dossier, unit_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor signs in that unit or handles the dossier."""
    if not by.can(Power.APPROVE_DOSSIERS, unit_id=unit_id):
        by.require(Power.HANDLE_DOSSIERS, unit_id=dossier.competent_unit_id)


@work.story
def leave_out(decision_id: int, code: str, *, by: Actor, at: datetime) -> CollectedDecision:
    """Take a dossier out of a list that is not signed yet; it is decided alone, or in another.

    Raises: NotFound, NotAllowed, AlreadyAnswered.
    """
    decision = locked_draft(decision_id)
    lines = CollectedDossier.objects.filter(decision_id=decision.pk, dossier__code=code)
    line = lines.select_related("dossier").first()
    if line is None:
        raise NotFound(f"Hồ sơ {code} không có trong danh sách này.")
    _check_hand(line.dossier, decision.unit_id, by)
    check_not_asked(decision)
    work.put(_LEAVE, [decision.pk, line.dossier_id])
    audit.record("dossiers.leave_out", f"collected:{decision.pk}", by=by, at=at)
    return decision


_LEAVE = "DELETE FROM dossiers_collecteddossier WHERE decision_id = %s AND dossier_id = %s"


def check_not_asked(decision: CollectedDecision) -> None:
    """Raises: DossierError while the list is being signed."""
    if is_list_being_signed(decision.pk):
        raise DossierError("Quyết định đang được ký số, đóng dấu.")


def locked_draft(decision_id: int) -> CollectedDecision:
    """Raises: NotFound, AlreadyAnswered."""
    try:
        decision = work.lock(CollectedDecision, id=decision_id)
    except CollectedDecision.DoesNotExist as error:
        raise NotFound("Không tìm thấy quyết định này.") from error
    if decision.decided_at is not None:
        raise AlreadyAnswered(f"Quyết định đã ký, số {decision.number}.")
    return decision


@work.story
def decide_collected(
    decision_id: int, comment: str = "", *, by: Actor, at: datetime
) -> CollectedDecision:
    """Sign a list once: one number for all, and every dossier in it is decided; or none is.

    Raises: NotFound, NotAllowed, StepNotOpen, DossierError naming the dossier, AlreadyAnswered.
    """
    decision = locked_draft(decision_id)
    check_not_asked(decision)
    opened = open_listed(decision, by)
    definition = procedures.definition_of(opened[0].dossier.procedure_version_id)
    number = next_number(series_of(decision.agency_id, at), definition)
    for one in opened:
        decide_as_listed(one, decision.spec_code, number, comment, by=by, at=at)
    block = signing.block_for(by, decision.agency_id, signing.DocumentKind.OUTCOME, at)
    decision.number, decision.decided_at = number, at
    decision.signed_by_name, decision.signed_by_title = block.name, block.title
    decision.signed_by_capacity = block.printed
    work.update(decision, *_SIGNED)
    keep_lines(decision)
    audit.record("dossiers.decide_collected", f"collected:{decision.pk}", by=by, at=at)
    return decision


_SIGNED = ("number", "decided_at", "signed_by_name", "signed_by_title", "signed_by_capacity")


def keep_lines(decision: CollectedDecision) -> Sequence[Mapping[str, str]]:
    """Let each line of a list say for good what it says now, as it is signed; return that."""
    said = lines_now(decision)
    rows = list(CollectedDossier.objects.filter(decision_id=decision.pk).order_by("place"))
    for row, words in zip(rows, said, strict=True):
        row.as_signed = dict(words)
    work.update_all(rows, "as_signed")
    return said


def open_listed(decision: CollectedDecision, by: Actor) -> list[Opened]:
    """Return every dossier of a list, locked at its open step, for who may sign them all.

    Raises: NotAllowed, StepNotOpen, DossierError.
    """
    return [open_decision(code, seq, by=by) for code, seq in _open_steps(decision)]


def _open_steps(decision: CollectedDecision) -> list[tuple[str, int]]:
    """Return each dossier of a list with the step that waits, in the order of locking.

    Raises: DossierError.
    """
    lines = CollectedDossier.objects.filter(decision_id=decision.pk)
    codes = dict(lines.values_list("dossier_id", "dossier__code"))
    if not codes:
        raise DossierError("Danh sách không còn hồ sơ nào; hãy lập danh sách khác.")
    waiting = DossierStep.objects.filter(
        dossier_id__in=codes, kind=StepKind.DECISION, closed_at=None
    )
    seqs = dict(waiting.order_by("-seq").values_list("dossier_id", "seq"))
    gone = sorted(code for pk, code in codes.items() if pk not in seqs)
    if gone:
        raise DossierError(f"Hồ sơ {gone[0]} không còn ở bước ký; hãy bỏ khỏi danh sách.")
    return sorted((code, seqs[pk]) for pk, code in codes.items())
