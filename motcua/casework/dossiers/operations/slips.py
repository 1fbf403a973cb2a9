"""A slip for a dossier that needed none when it was received: same-day, but asked for.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, IssuedPaper
from motcua.casework.dossiers.queries.explaining import due_reason
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor

from .issuing import issue
from .telling import lock_dossier


@work.story
def give_slip(code: str, *, by: Actor, at: datetime) -> Dossier:
    """Issue the slip (paper 01) of a received dossier that has none; one that has it stays as is.

    The slip belongs to the act before it, whose promise it repeats.
    Raises: NoSuchDossier, NotAllowed, DossierError.
    """
    dossier = lock_dossier(code)
    by.require(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id)
    if dossier.received_at is None:
        message = f"Hồ sơ {code} chưa được tiếp nhận nên chưa có giấy hẹn."
        raise DossierError(message)
    if IssuedPaper.objects.filter(dossier=dossier, form=IssuedForm.SLIP).exists():
        return dossier
    data = {"why": due_reason(dossier)}
    issue(dossier, IssuedForm.SLIP, by=by, at=at, data=data, is_late=True)
    audit.record("dossiers.give_slip", f"dossier:{dossier.code}", by=by, at=at)
    return dossier
