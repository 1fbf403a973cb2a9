"""Settle, field by field, what an imported text left unclear."""

from datetime import datetime

from motcua.casework.procedures.choices import VersionState
from motcua.casework.procedures.errors import NoSuchProcedure
from motcua.casework.procedures.models import Procedure, ProcedureVersion
from motcua.casework.procedures.queries.catalogue import forget_kept
from motcua.casework.procedures.rules.as_text import as_text
from motcua.casework.procedures.rules.parse import parse_definition
from motcua.casework.procedures.rules.parts import read_text
from motcua.casework.procedures.rules.settling import Settlement, key_of, settled
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Conflict

from .publishing import EVERYWHERE, digest_of, lock_procedure, show_unclear


@work.story
def settle_doubt(
    version_id: int, key: str, answer: Settlement, *, by: Actor, at: datetime
) -> ProcedureVersion:
    """Put a person's answer to one doubt into an unclear version; the others stay.

    The version is still only shown: who may publish opens it when no doubt is left.
    Raises: NotAllowed, NoSuchProcedure, BadInput, Conflict if somebody settled it meanwhile.
    Locks: the procedure, the version.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    lock_procedure(ProcedureVersion.objects.filter(pk=version_id).values("procedure"))
    version = (
        ProcedureVersion.objects.select_for_update()
        .filter(pk=version_id, state=VersionState.UNCLEAR)
        .first()
    )
    if version is None:
        raise NoSuchProcedure("Phiên bản này không còn điểm chưa rõ.")
    doubt = next((one for one in version.unclear if key_of(one) == key), None)
    if doubt is None:
        raise Conflict("Điểm này đã được người khác làm rõ; mời xem lại danh sách.")
    data = settled(read_text(version.source), doubt, answer)
    definition = parse_definition(data)
    version.source = as_text(data)
    version.digest = digest_of(version.source)
    version.unclear = [one for one in version.unclear if key_of(one) != key]
    version.edited_by_name, version.edited_at = by.name, at
    version.save()
    procedure = Procedure.objects.select_for_update().get(pk=version.procedure_id)
    if procedure.current_version_id == version.pk:
        show_unclear(procedure, version, definition)
    detail = {"doubt": doubt["doubt"], "words": doubt["words"][:200]}
    audit.record("procedures.settle", f"procedure:{procedure.code}", by=by, at=at, detail=detail)
    forget_kept()
    return version
