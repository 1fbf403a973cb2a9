"""Issue official papers with the act under way: the number, and what must be said again alike.

Source: docs/law/official-papers.md
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.events import PaperIssued
from motcua.casework.dossiers.models import Dossier, DossierPaper, IssuedPaper
from motcua.casework.dossiers.queries.signing import policy_of_paper
from motcua.foundation.numbering import api as numbering
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .telling import part_seq

_ACT = 1000
_NOTATION = {
    IssuedForm.SUPPLEMENT: "HDHS",
    IssuedForm.APOLOGY: "PXL",
    IssuedForm.STOP: "TB",
    IssuedForm.TRANSFER: "PCTT",
}
_GIVE_BACK = (
    f"UPDATE \"{DossierPaper._meta.db_table}\" SET state = 'given_back', given_back_at = %s"  # noqa: S608 -- our own table
    " WHERE dossier_id = %s AND state = 'held' AND kind = 'original'"
)


def issue(
    dossier: Dossier,
    form: IssuedForm,
    *,
    by: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    is_late: bool = False,
) -> IssuedPaper:
    """Hand over the row of a paper whose number is the dossier's code.

    `is_late`: it belongs to the act before, whose promise it repeats.
    """
    seq = part_seq(dossier, int(form)) - (_ACT if is_late else 0)
    paper = IssuedPaper(
        dossier_id=dossier.pk,
        seq=seq,
        form=form,
        number=dossier.code,
        issued_at=at,
        by_name=by.name,
        data=dict(data or {}),
    )
    work.add(paper)
    if policy_of_paper(dossier, form, at) is not None:
        outbox.announce(PaperIssued(dossier.pk, seq, dossier.code), by=by, at=at)
    return paper


def issue_numbered(
    dossier: Dossier,
    form: IssuedForm,
    unit_id: int,
    *,
    by: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> IssuedPaper:
    """Hand over the row of a paper numbered in its unit's book of the year: 07/HDHS.

    Locks: the series, until the story ends.
    """
    series = numbering.series_of_year(f"paper-{form}", str(unit_id), local_day(at).year)
    number = numbering.allocate_number(series)
    paper = issue(dossier, form, by=by, at=at, data={**(data or {}), "number": number})
    paper.number = f"{number:02d}/{_NOTATION[form]}"
    return paper


def close_sheet(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Issue the progress sheet (06) with the act that ends a received dossier, where policy asks.

    Otherwise it is drawn from the steps whenever somebody prints it.
    """
    is_asked = policy_of_paper(dossier, IssuedForm.PROGRESS, at) is not None
    if dossier.received_at is not None and is_asked:
        issue(dossier, IssuedForm.PROGRESS, by=by, at=at)


def give_back_originals(dossier: Dossier, *, at: datetime) -> None:
    """Let the desk give back every original it still holds."""
    work.put(_GIVE_BACK, [at, dossier.pk])
