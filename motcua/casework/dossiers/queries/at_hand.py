"""What an applicant has with us already: papers of earlier dossiers, and what came of them.

Source: docs/law/one-stop.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.casework.dossiers.choices import Authority, CopyKind, OutcomeKind, PaperState, PartyRole
from motcua.casework.dossiers.models import (
    Dossier,
    DossierOutcome,
    DossierPaper,
    DossierParty,
    Draft,
)
from motcua.casework.dossiers.rules.drafts import (
    APPLICATION_FORM,
    AUTHORISATION,
    parties_of,
    submitter_of,
)
from motcua.casework.procedures import api as procedures
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .lists import dossiers_for

MOST_DOSSIERS, MOST = 40, 30


@dataclass(frozen=True, slots=True)
class AtHand:
    """One paper, or one outcome, of an earlier dossier of the same applicant."""

    code: str
    seq: int
    is_outcome: bool
    name: str
    on: date
    file_id: int | None = None
    file_name: str = ""

    @property
    def key(self) -> str:
        """Return how a page names it."""
        return f"{'ket-qua' if self.is_outcome else 'giay'}.{self.seq}.{self.code}"


def at_hand(actor: Actor, draft: Draft, on: date) -> Sequence[AtHand]:
    """Return what the applicant of a draft need not hand in again: outcomes, then papers.

    Only of dossiers that this very account filed for the same person or enterprise; nothing for
    who helps others: what somebody handed in once is not theirs to hand in again.

    Costs: the list of the own dossiers and three queries.
    """
    earlier = _earlier(actor, draft)
    if not earlier:
        return []
    outcomes, papers = list(_outcomes(earlier, on)), list(_papers(earlier))
    return [*sorted(outcomes, key=_newest), *sorted(papers, key=_newest)][:MOST]


def _newest(one: AtHand) -> tuple[int, str, int]:
    return (-one.on.toordinal(), one.code, one.seq)


def _earlier(actor: Actor, draft: Draft) -> dict[int, Dossier]:
    """Return the dossiers this account filed for the applicant of the draft."""
    first = next(iter(parties_of(draft.parties)), None)
    authority = submitter_of(draft.parties, account_id=actor.id).authority
    if (
        actor.agent is not None
        or first is None
        or authority in {Authority.HELPER, Authority.WRITTEN}
    ):
        return {}
    if first.person_id is None and first.enterprise_id is None:
        return {}
    page = dossiers_for(actor, limit=MOST_DOSSIERS)
    filed = {one.pk: one for one in page.rows if one.submitter_account_id == actor.id}
    if first.person_id is not None:
        return {k: one for k, one in filed.items() if one.applicant_person_id == first.person_id}
    same = DossierParty.objects.filter(
        dossier_id__in=filed, enterprise_id=first.enterprise_id, role=PartyRole.APPLICANT
    )
    wanted = set(same.values_list("dossier_id", flat=True))
    return {key: one for key, one in filed.items() if key in wanted}


def _papers(earlier: dict[int, Dossier]) -> Iterator[AtHand]:
    """Yield each file once, as it was handed in last."""
    rows = DossierPaper.objects.filter(
        dossier_id__in=earlier, kind=CopyKind.ELECTRONIC, file__isnull=False
    ).exclude(spec_code__in=[APPLICATION_FORM.code, AUTHORISATION.code])
    seen: set[int | None] = set()
    for row in rows.exclude(state=PaperState.EXPECTED).order_by("-dossier_id", "seq"):
        if row.file_id not in seen:
            seen.add(row.file_id)
            code, day = earlier[row.dossier_id].code, local_day(row.added_at)
            yield AtHand(code, row.seq, False, row.name, day, row.file_id, row.file_name)  # noqa: FBT003 -- a row


def _outcomes(earlier: dict[int, Dossier], on: date) -> Iterator[AtHand]:
    """Yield what was granted, still holds, and is a file of ours."""
    rows = DossierOutcome.objects.filter(
        dossier_id__in=earlier, kind=OutcomeKind.GRANTED, decided_at__isnull=False
    )
    for row in rows.order_by("-dossier_id", "seq"):
        dossier = earlier[row.dossier_id]
        specs = procedures.definition_of(dossier.procedure_version_id).outcomes
        spec = next((one for one in specs if one.code == row.spec_code), None)
        is_no_file = spec is None or spec.on_paper_only or bool(spec.given_by)
        is_over = row.valid_until is not None and row.valid_until < on
        if row.decided_at is not None and not is_no_file and not is_over:
            day = local_day(row.decided_at)
            yield AtHand(dossier.code, row.seq, True, row.name, day)  # noqa: FBT003 -- a row
