"""Propose outcomes: drafts by the version's own text, from a Word template, or from a file.

Source: docs/law/official-papers.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import Dossier, DossierOutcome
from motcua.casework.dossiers.queries.merging import WORD, filled_template, templates_for
from motcua.casework.dossiers.queries.placed import awaited_signers
from motcua.casework.dossiers.rules.blanks import read_serials
from motcua.casework.forms.api import clean_answers
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.casework.processes.api import StepKind
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .file_drafts import attach, place, put_on_paper
from .stepping import facts_of
from .steps import done_codes, steps_of
from .telling import part_seq


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a handler proposes as the outcome.

    Without a file it is set by the version's own text, or with `from_template` drafted in Word
    from the template in force, where there is one. `serial` are the numbers of the blank forms it
    is printed on, `entries` what the officer adds, as the version asks. What is a file is signed
    digitally where that is the way, unless `on_paper` says otherwise.
    """

    kind: OutcomeKind = OutcomeKind.GRANTED
    reason: str = ""
    file_id: int | None = None
    file_name: str = ""
    spec_codes: tuple[str, ...] = ()
    serial: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
    from_template: bool = False
    on_paper: bool = False

    @property
    def has_file(self) -> bool:
        """Say whether the draft is a file, and not set by the version's own text."""
        return self.file_id is not None or self.from_template


def propose(
    dossier: Dossier,
    definition: Definition,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
    is_last: bool = False,
) -> list[DossierOutcome]:
    """Hand over drafts of the outcomes in place of earlier ones.

    `is_last` says that the actor signs them himself.

    Raises: BadInput, DocumentUnfit.
    """
    if proposal.kind == OutcomeKind.REFUSED and not proposal.reason.strip():
        message = "Từ chối giải quyết phải nêu lý do."
        raise BadInput(message, field="reason")
    needs_facts = any(spec.when for spec in definition.outcomes)
    facts = facts_of(dossier) if needs_facts else {}
    specs = _of_stage(dossier, definition, _wanted(definition, proposal, facts))
    work.put(_DROP_DRAFTS, [dossier.pk, dossier.version + 1])
    drafts = [_draft(dossier, i, spec, proposal, by=by, at=at) for i, spec in enumerate(specs)]
    if proposal.file_id is not None:
        stored = files.StoredFile.objects.get(pk=proposal.file_id)
        attach(drafts[0], stored, proposal.file_name, at)
    elif proposal.from_template:
        _write(dossier, drafts, by=by, at=at)
    if proposal.has_file:
        _choose_way(dossier, drafts, proposal, by=by, at=at, is_last=is_last)
    work.add(*drafts)
    return drafts


def drafted_or_proposed(
    dossier: Dossier, definition: Definition, proposal: Proposal | None, *, by: Actor, at: datetime
) -> tuple[list[DossierOutcome], bool]:
    """Return the drafts there are, else new ones, and whether there were any. Raises: BadInput."""
    if outcomes := drafted(dossier):
        return outcomes, True
    return propose(dossier, definition, proposal or Proposal(), by=by, at=at, is_last=True), False


def _write(dossier: Dossier, drafts: list[DossierOutcome], *, by: Actor, at: datetime) -> None:
    """Fill the template of each outcome that has one; the others are set as always."""
    templates = templates_for(dossier, at)
    for draft in drafts:
        if template := templates.get(draft.spec_code):
            content = filled_template(dossier, template, draft)
            draft.file = files.keep_bytes(content, WORD, by=by, at=at)
            draft.file_name = template.file_name


def _choose_way(
    dossier: Dossier,
    drafts: list[DossierOutcome],
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
    is_last: bool,
) -> None:
    """Find the places of what is signed digitally, and note what is not. Raises: BadInput."""
    awaited = awaited_signers(dossier, by, at, decides=is_last)
    for draft in drafts:
        if proposal.on_paper:
            put_on_paper(draft, dossier, awaited, at)
        elif awaited is not None:
            place(draft, dossier, awaited, by=by, at=at)


def _wanted(
    definition: Definition, proposal: Proposal, facts: dict[str, object]
) -> list[OutcomeSpec]:
    if proposal.kind == OutcomeKind.REFUSED:
        return [procedures.REFUSAL]
    specs = [spec for spec in definition.outcomes_for(facts) if not spec.given_by]
    chosen = [spec for spec in specs if spec.code in proposal.spec_codes] or specs
    if not chosen and definition.findings and definition.outcomes:
        message = "Chưa có kết luận để lập kết quả; hãy ghi biên bản kiểm tra hoặc họp trước."
        raise BadInput(message, field="kind")
    if not chosen:
        chosen = [OutcomeSpec("khong-giay", "Kết thúc, không có kết quả giấy")]
    return chosen


def _of_stage(
    dossier: Dossier, definition: Definition, specs: Sequence[OutcomeSpec]
) -> Sequence[OutcomeSpec]:
    """Return those signed by the decision that comes next, where a process decides twice."""
    process = definition.process
    if process is None or not any(spec.decided_in for spec in specs):
        return specs
    done = done_codes(process, steps_of(dossier))
    decisions = [step.code for step in process.steps if step.kind == StepKind.DECISION]
    stage = next((code for code in decisions if code not in done), decisions[-1])
    return [spec for spec in specs if spec.decided_in == stage] or specs


def _draft(
    dossier: Dossier,
    index: int,
    spec: OutcomeSpec,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
) -> DossierOutcome:
    return DossierOutcome(
        dossier_id=dossier.pk,
        seq=part_seq(dossier, index),
        spec_code=spec.code,
        name=spec.name,
        result_code=spec.result_code,
        kind=proposal.kind,
        reason=proposal.reason,
        serial="; ".join(read_serials(proposal.serial)) if spec.has_serial else "",
        entries=clean_answers(spec.entries, proposal.entries),
        drafted_by_name=by.name,
        drafted_at=at,
    )


def drafted(dossier: Dossier) -> list[DossierOutcome]:
    """Return the outcomes not yet signed. Costs: one prepared statement."""
    rows = work.fetch(_DRAFTS, [dossier.pk])
    return [work.from_row(DossierOutcome, row) for row in rows]


_DRAFTS = (
    f"SELECT {work.columns(DossierOutcome, 'o')} FROM dossiers_dossieroutcome o"  # noqa: S608 -- our own columns
    " WHERE o.dossier_id = %s AND o.decided_at IS NULL ORDER BY o.seq"
)
_DROP_DRAFTS = (
    f'DELETE FROM "{DossierOutcome._meta.db_table}"'  # noqa: S608 -- our own table
    " WHERE dossier_id = %s AND decided_at IS NULL AND seq / 1000 < %s"
)
