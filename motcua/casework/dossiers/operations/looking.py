"""Open a dossier on a screen: whoever may see it leaves a trace of having looked."""

from datetime import datetime

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.one import get_dossier_for
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor


@work.story
def open_dossier(code: str, *, by: Actor, at: datetime, purpose: str = "view") -> Dossier:
    """Return the dossier if the actor may see it, and note who opened it, when and for what.

    Raises: NoSuchDossier.
    Source: docs/law/one-stop.md
    """
    dossier = get_dossier_for(by, code)
    audit.record_access(
        f"dossiers.{purpose}",
        f"dossier:{dossier.code}",
        by=by,
        at=at,
        person_id=dossier.applicant_person_id,
    )
    return dossier
