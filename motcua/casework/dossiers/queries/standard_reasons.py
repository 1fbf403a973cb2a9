"""What the library of reasons offers for an act on a dossier, in words filled from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.queries.one import WholeDossier
from motcua.casework.procedures.api import PaperHandling
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import ANSWER, ReasonKind, Suggestion
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local, local_day


class Offered(NamedTuple):
    """One reason of the library, with its words for this dossier."""

    suggestion: Suggestion
    words: str
    is_for_missing: bool

    @property
    def whole_words(self) -> str:
        """Return the words with their basis in law."""
        basis = self.suggestion.legal_basis
        return f"{self.words.rstrip('. ')} (căn cứ: {basis})." if basis else self.words


def offered_for(whole: WholeDossier, kind: ReasonKind, *, by: Actor, at: datetime) -> list[Offered]:
    """Return what is offered, reasons of a missing paper first. Costs: one statement."""
    dossier = whole.dossier
    missing = missing_papers(whole)
    agencies = {dossier.agency_id, *([by.agency_id] if by.agency_id else [])}
    found = reasons.suggestions(
        kind,
        procedure_id=dossier.procedure_id,
        agency_ids=agencies,
        missing=[code for code, _ in missing],
        on=local_day(at),
    )
    values = values_of(whole, [name for _, name in missing])
    codes = {code for code, _ in missing}
    return [Offered(one, reasons.fill(one.text, values), one.paper_code in codes) for one in found]


def missing_papers(whole: WholeDossier) -> list[tuple[str, str]]:
    """Return code and name of the papers that the law demands and nobody has handed in."""
    given = {paper.spec_code for paper in whole.papers}
    specs = whole.definition.required_papers(whole.dossier.case_code, whole.facts)
    return [
        (spec.code, spec.name)
        for spec in specs
        if spec.handling == PaperHandling.HAND_IN
        and spec.code not in given
        and not spec.instead_of
        and not spec.replaced_by_data
    ]


def values_of(whole: WholeDossier, missing: Sequence[str]) -> dict[str, str]:
    """Return what fills the places of a reason's words."""
    dossier = whole.dossier
    answers = {f"{ANSWER}{name}": _plain(value) for name, value in whole.answers.items()}
    return answers | {
        "ma_ho_so": dossier.code,
        "thu_tuc": whole.definition.name,
        "chu_ho_so": dossier.applicant_name,
        "nguoi_nop": dossier.submitter_name,
        "co_quan": organisation.tree().agency(dossier.agency_id).name,
        "ngay_nop": f"{local(dossier.submitted_at):%d/%m/%Y}",
        "hen_tra": f"{local(dossier.due_at):%d/%m/%Y}" if dossier.due_at else "",
        "giay_to": ", ".join(missing),
    }


def _plain(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
