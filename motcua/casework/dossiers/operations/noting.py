"""A dossier handed in at the desk that can not be received yet: noted, then guided or refused.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act
from motcua.casework.dossiers.errors import AnswersWrong
from motcua.casework.dossiers.rules.application import Application, wrong_answers
from motcua.foundation.access.api import Power
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor

from .filing import (
    add_parts,
    check_due,
    enter,
    first_interests,
    in_force,
    with_receiving_desk,
)
from .telling import let_see, tell


def note_at_desk(
    application: Application, *, desk_unit_id: int, by: Actor, at: datetime, key: str = ""
) -> str:
    """Note what was handed in at a desk without receiving it, and answer with its code.

    Papers may be missing: the next act is to guide the applicant or to refuse.
    Raises: NotAllowed, NotForFiling, AnswersWrong.
    """
    taken = with_receiving_desk(application, desk_unit_id)
    if not key:
        return _note(taken, by=by, at=at, key="")
    return requests.carry_out_once(key, lambda: _note(taken, by=by, at=at, key=key), by=by)


@work.story
def _note(application: Application, *, by: Actor, at: datetime, key: str) -> str:
    by.require(Power.RECEIVE_DOSSIERS, unit_id=application.receiving_unit_id)
    found = in_force(application, at)
    complaints = wrong_answers(application, found.definition)
    if complaints:
        raise AnswersWrong(complaints)
    dossier = enter(application, found, at=at)
    dossier.check_due_at = check_due(dossier, found.definition, dossier.submitted_at)
    add_parts(dossier, application, found.definition, by=by, at=at)
    let_see(dossier, first_interests(dossier))
    tell(dossier, Act.FILE, by=by, at=at, was="", is_new=True)
    if key:
        requests.claim_key(key, dossier.code, by=by, at=at)
    return dossier.code
