"""One dossier, whole, for whoever may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from motcua.casework.dossiers.choices import AT_DESK, Act
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    CertificationLine,
    Consultation,
    Dossier,
    DossierAnswers,
    DossierMessage,
    DossierMove,
    DossierOutcome,
    DossierPaper,
    DossierParty,
    DossierScope,
    DossierStep,
    DossierWait,
    DueChange,
    IssuedPaper,
    SupplementItem,
    SupplementRequest,
    Visit,
    VisitPhoto,
)
from motcua.casework.payments.api import Taken
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec, PaperSpec
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor
from motcua.lib.expressions import compile_expression

from .facts import due_at_return, facts_of_answers
from .money import taken_of

_SENSITIVE = "Thông tin nhạy cảm: chỉ nơi có việc được xem."
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class WholeDossier:
    """A dossier with all its parts, oldest first."""

    dossier: Dossier
    definition: Definition
    answers: dict[str, object]
    parties: Sequence[DossierParty]
    papers: Sequence[DossierPaper]
    moves: Sequence[DossierMove]
    steps: Sequence[DossierStep]
    outcomes: Sequence[DossierOutcome]
    waits: Sequence[DossierWait]
    due_changes: Sequence[DueChange]
    supplements: Sequence[SupplementRequest]
    supplement_items: Sequence[SupplementItem]
    consultations: Sequence[Consultation]
    visits: Sequence[Visit]
    photos: Sequence[VisitPhoto]
    issued: Sequence[IssuedPaper]
    messages: Sequence[DossierMessage]
    fees: Sequence[Taken]

    @property
    def facts(self) -> dict[str, object]:
        """Return what the conditions of the version may ask of the dossier."""
        return facts_of_answers(self.dossier, self.answers)

    @property
    def flags(self) -> list[str]:
        """Return what officers are to notice about the dossier."""
        kept = [_SENSITIVE] if self.dossier.secrecy else []
        return [*kept, *self.definition.flags(self.facts)]

    @property
    def open_steps(self) -> list[DossierStep]:
        """Return the steps somebody has to do now."""
        return [step for step in self.steps if step.closed_at is None]

    @property
    def amounts_asked(self) -> Sequence[Mapping[str, Any]]:
        """Return what we asked for most recently; what other bodies ask for is not among it."""
        asked = (one.detail for one in reversed(self.moves) if one.act == Act.ASK_PAYMENT)
        return next((one["amounts"] for one in asked if "due" not in one), ())

    @property
    def step_at_desk(self) -> DossierStep | None:
        """Return the open step of the desk, if the handlers have sent the dossier back."""
        return next((step for step in self.open_steps if step.code == AT_DESK), None)

    def latest_issued(self, form: str) -> IssuedPaper | None:
        """Return the newest issued paper of this form."""
        return next((p for p in reversed(self.issued) if p.form == form), None)


def get_dossier_for(actor: Actor, code: str) -> Dossier:
    """Return the dossier if the actor may see it. Raises: NoSuchDossier, for either reason.

    Costs: two statements.
    """
    dossier = Dossier.objects.filter(code=code).first()
    message = f"Không tìm thấy hồ sơ {code}, hoặc ông/bà không có quyền xem."
    if dossier is None:
        raise NoSuchDossier(message)
    if not access.may_see(DossierScope, actor, dossier.pk):
        raise NoSuchDossier(message, hidden=f"dossier:{code}")
    return dossier


def known_among(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the keys of those of the dossiers that the actor may know of.

    Costs: one statement, none if there are no ids.
    """
    return access.visible_among(DossierScope, actor, ids)


def find_dossier(code: str) -> Dossier | None:
    """Return the dossier with this code; for public look-ups that show only its progress."""
    return Dossier.objects.filter(code=code).first()


def versions_of(codes: Sequence[str]) -> dict[str, int]:
    """Return how often each of these dossiers was acted on; none of those there are not."""
    rows = Dossier.objects.filter(code__in=codes)
    return dict(rows.values_list("code", "version"))


def whole(dossier: Dossier) -> WholeDossier:
    """Return the dossier with everything that belongs to it.

    Costs: one query per kind of part.
    """
    answers = DossierAnswers.objects.filter(dossier=dossier).values_list("answers", flat=True)
    visits = _parts(Visit, dossier)
    return WholeDossier(
        dossier=dossier,
        definition=procedures.definition_of(dossier.procedure_version_id),
        answers=dict(answers.first() or {}),
        parties=_parts(DossierParty, dossier),
        papers=_parts(DossierPaper, dossier),
        moves=_parts(DossierMove, dossier),
        steps=_parts(DossierStep, dossier),
        outcomes=_parts(DossierOutcome, dossier),
        waits=_parts(DossierWait, dossier),
        due_changes=_parts(DueChange, dossier),
        supplements=_parts(SupplementRequest, dossier),
        supplement_items=_parts(SupplementItem, dossier),
        consultations=_parts(Consultation, dossier),
        visits=visits,
        photos=_parts(VisitPhoto, dossier) if visits else [],
        issued=_parts(IssuedPaper, dossier),
        messages=_parts(DossierMessage, dossier),
        fees=taken_of(dossier),
    )


def papers_at_return(found: WholeDossier) -> list[PaperSpec]:
    """Return what the applicant hands over for the outcome.

    Costs: one query where the version lists such papers.
    """
    return due_at_return(found.dossier, found.definition, found.facts)


def outcomes_to_come(found: WholeDossier) -> list[OutcomeSpec]:
    """Return the outcomes that are still to be signed: where a process decides twice, the next.

    Source: docs/law/further-procedures.md
    """
    specs = found.definition.outcomes_for(found.facts)
    done = {one.spec_code for one in found.outcomes if one.decided_at}
    stages = [one.decided_in for one in specs if one.decided_in and one.code not in done]
    return [one for one in specs if one.decided_in == stages[0]] if stages else specs


def blanks_of(found: WholeDossier) -> int:
    """Return how many numbered blanks the outcomes take that are signed next."""
    known = found.definition.known(found.facts)
    wanted = [
        compile_expression(spec.serials)(known)
        for spec in outcomes_to_come(found)
        if spec.has_serial
    ]
    return sum(number for number in wanted if isinstance(number, int))


def _parts(model: type[M], dossier: Dossier) -> list[M]:
    return list(model._default_manager.filter(dossier_id=dossier.pk).order_by("seq"))


def find_paper(dossier: Dossier, seq: int) -> DossierPaper | None:
    """Return one paper of the dossier with its stored file.

    Costs: one query.
    """
    papers = DossierPaper.objects.select_related("file")
    return papers.filter(dossier_id=dossier.pk, seq=seq).first()


def find_photo(dossier: Dossier, seq: int) -> VisitPhoto | None:
    """Return one picture of a visit with its stored file.

    Costs: one query.
    """
    photos = VisitPhoto.objects.select_related("file")
    return photos.filter(dossier_id=dossier.pk, seq=seq).first()


def certified_lines(dossier: Dossier) -> list[CertificationLine]:
    """Return what was certified in one act, in the order of the book.

    Costs: one query.
    """
    return _parts(CertificationLine, dossier)


def earlier_dossiers(actor: Actor, person_id: int, *, limit: int = 20) -> list[Dossier]:
    """Return the person's newest dossiers that the actor may see."""
    newest = Dossier.objects.filter(applicant_person_id=person_id).order_by("-sort_at")
    found = list(newest[: limit * 5])
    visible = access.visible_among(DossierScope, actor, [dossier.pk for dossier in found])
    return [dossier for dossier in found if dossier.pk in visible][:limit]
