"""One dossier as whoever filed it may see it: without what passes between officers.

Source: docs/law/one-stop.md
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from typing import TypeVar

from motcua.casework.dossiers.choices import IssuedForm, Side, SubState
from motcua.casework.dossiers.models import Dossier, DossierMove
from motcua.casework.dossiers.rules.applicants import INTERNAL_ACTS, SPOKEN_ACTS
from motcua.foundation.calendar.api import WaitingRule
from motcua.lib.actor import Actor

from .one import WholeDossier, is_filer, whole

R = TypeVar("R")


def whole_for(actor: Actor, dossier: Dossier) -> WholeDossier:
    """Return the dossier with everything of it that is the actor's to know.

    The dossier is one that the actor may see. Costs: as `whole`.
    """
    found = whole(dossier)
    return _told(found) if is_filer(actor, dossier) else found


def _told(found: WholeDossier) -> WholeDossier:
    """Return what the applicant is told: no names of officers, no opinions, nothing undecided."""
    asked = found.dossier.sub_state == SubState.CONFIRMING
    return replace(
        found,
        for_applicant=True,
        papers=_without(found.papers, "added_by_name", but=found.dossier.submitter_name),
        moves=list(_moves(found)),
        steps=_without(found.steps, "assignee_name", "result"),
        outcomes=[one for one in found.outcomes if one.decided_at or asked],
        waits=[one for one in found.waits if one.rule != WaitingRule.COUNTS],
        supplements=_without(found.supplements, "by_name"),
        consultations=[],
        visits=_without(found.visits, "minutes"),
        photos=[],
        issued=_without(
            (one for one in found.issued if one.form != IssuedForm.PROGRESS), "by_name"
        ),
        messages=[
            one if one.side == Side.CITIZEN else _without([one], "by_name")[0]
            for one in found.messages
        ],
    )


def _moves(found: WholeDossier) -> Iterator[DossierMove]:
    own = found.dossier.submitter_account_id
    for move in found.moves:
        if move.act in INTERNAL_ACTS:
            continue
        shown = copy(move)
        if move.act not in SPOKEN_ACTS:
            shown.note = ""
        if move.by_id != own:
            shown.by_name = ""
        yield shown


def _without(rows: Iterable[R], *names: str, but: str | None = None) -> list[R]:
    """Return copies of rows without these words; a word equal to `but` stays."""
    shown = []
    for row in rows:
        one = copy(row)
        for name in names:
            if getattr(one, name) != but:
                setattr(one, name, "")
        shown.append(one)
    return shown
