"""One dossier, whole, for whoever may see it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import models

from motcua.casework.dossiers.choices import AT_DESK, Act
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import (
    CertificationLine,
    Consultation,
    Dossier,
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
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Taken
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec, PaperSpec
from motcua.foundation.access import api as access
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.expressions import compile_expression
from motcua.lib.tongue import said

from .facts import due_at_return, facts_of_answers
from .money import subject_of

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
    for_applicant: bool = False

    @property
    def facts(self) -> dict[str, object]:
        """Return what the conditions of the version may ask of the dossier."""
        return facts_of_answers(self.dossier, self.answers)

    @property
    def flags(self) -> list[str]:
        """Return what officers are to notice about the dossier."""
        if self.for_applicant:
            return []
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
    dossier = find_dossier(code)
    message = said("Không tìm thấy hồ sơ %(code)s, hoặc ông/bà không có quyền xem.", code=code)
    if dossier is None:
        raise NoSuchDossier(message)
    if not access.may_see(DossierScope, actor, dossier.pk):
        raise NoSuchDossier(message, hidden=f"dossier:{code}")
    return dossier


def is_filer(actor: Actor, dossier: Dossier) -> bool:
    """Say whether the actor knows of the dossier from the applicant's side."""
    return actor.kind == ActorKind.CITIZEN or dossier.submitter_account_id == actor.id


def known_among(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the keys of those of the dossiers that the actor may know of.

    Costs: one statement, none if there are no ids.
    """
    return access.visible_among(DossierScope, actor, ids)


def find_dossier(code: str) -> Dossier | None:
    """Return the dossier with this code; for public look-ups that show only its progress."""
    rows = work.fetch(_by_code_sql(), [code])
    return work.from_row(Dossier, rows[0]) if rows else None


@cache
def _by_code_sql() -> str:
    return f"SELECT {work.columns(Dossier, 'd')} FROM dossiers_dossier d WHERE d.code = %s"  # noqa: S608 -- columns of our own


def versions_of(codes: Sequence[str]) -> dict[str, int]:
    """Return how often each of these dossiers was acted on; none of those there are not."""
    rows = Dossier.objects.filter(code__in=codes)
    return dict(rows.values_list("code", "version"))


def whole(dossier: Dossier) -> WholeDossier:
    """Return the dossier with everything that belongs to it.

    Costs: one statement per kind of part, all in one round trip.
    """
    asked = [(_part_sql(model), [dossier.pk]) for model in _PARTS.values()]
    money = payments.taken_asked([subject_of(dossier.code)])
    answers, taken, *parts = work.fetch_together((_ANSWERS, [dossier.pk]), money, *asked)
    rows: dict[str, Any] = {
        name: [work.from_row(model, row) for row in found]
        for (name, model), found in zip(_PARTS.items(), parts, strict=True)
    }
    return WholeDossier(
        dossier=dossier,
        definition=procedures.definition_of(dossier.procedure_version_id),
        answers=json.loads(answers[0][0]) if answers else {},
        fees=[one for one in payments.taken_told(taken) if one.is_kept],
        **rows,
    )


_PARTS: Mapping[str, type[models.Model]] = {
    "parties": DossierParty,
    "papers": DossierPaper,
    "moves": DossierMove,
    "steps": DossierStep,
    "outcomes": DossierOutcome,
    "waits": DossierWait,
    "due_changes": DueChange,
    "supplements": SupplementRequest,
    "supplement_items": SupplementItem,
    "consultations": Consultation,
    "visits": Visit,
    "photos": VisitPhoto,
    "issued": IssuedPaper,
    "messages": DossierMessage,
}
_ANSWERS = "SELECT a.answers::text FROM dossiers_dossieranswers a WHERE a.dossier_id = %s::bigint"


@cache
def _part_sql(model: type[models.Model]) -> str:
    table, columns = model._meta.db_table, work.columns(model, "p")
    return f'SELECT {columns} FROM "{table}" p WHERE p.dossier_id = %s::bigint ORDER BY p.seq'  # noqa: S608 -- names of our own tables


def papers_at_return(found: WholeDossier) -> list[PaperSpec]:
    """Return what the applicant hands over for the outcome.

    Costs: one query where the version lists such papers.
    """
    return due_at_return(found.dossier, found.definition, found.facts)


def outcomes_to_come(found: WholeDossier) -> list[OutcomeSpec]:
    """Return the outcomes that are still to be signed: where a process decides twice, the next.

    What another body gives is signed there.

    Source: docs/law/further-procedures.md
    """
    specs = [one for one in found.definition.outcomes_for(found.facts) if not one.given_by]
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


def find_photo(actor: Actor, dossier: Dossier, seq: int) -> VisitPhoto | None:
    """Return one picture of a visit with its stored file; whoever filed is shown none.

    Costs: one query.
    """
    if is_filer(actor, dossier):
        return None
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
