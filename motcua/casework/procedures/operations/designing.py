"""Change parts of a draft: its form, its process, a list. Every change is kept at once."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from motcua.casework.procedures.choices import VersionState
from motcua.casework.procedures.errors import BadDefinition, DraftMoved, NoSuchProcedure
from motcua.casework.procedures.models import Procedure, ProcedureVersion
from motcua.casework.procedures.queries.catalogue import get_procedure, latest_version
from motcua.casework.procedures.rules.parts import read_text, with_part
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor

from .publishing import EVERYWHERE, digest_of

Change = Callable[[Any], Any]
Parts = Mapping[str, Any]


@work.story
def begin_version(code: str, *, by: Actor, at: datetime, valid_from: date) -> ProcedureVersion:
    """Return the draft of a procedure, a new one with the text of the latest version if need be.

    Raises: NotAllowed, NoSuchProcedure, BadDefinition while something is unclear.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    procedure = get_procedure(code)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    latest = latest_version(procedure.pk)
    if latest is None:
        raise NoSuchProcedure("Thủ tục này chưa có phiên bản nào.")
    if latest.state == VersionState.DRAFT:
        return latest
    if latest.unclear:
        raise BadDefinition("Thủ tục còn điểm chưa rõ; hãy làm rõ từng điểm trước khi soạn tiếp.")
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=latest.number + 1,
        state=VersionState.DRAFT,
        valid_from=valid_from,
        source=latest.source,
        digest=latest.digest,
        original=latest.original,
        edited_by_name=by.name,
        edited_at=at,
    )
    audit.record("procedures.draft", f"procedure:{code}", by=by, at=at)
    return version


def change_part(
    version_id: int, key: str, change: Change, *, by: Actor, at: datetime
) -> ProcedureVersion:
    """Keep what `change` makes of one part of a draft, on top of what others kept meanwhile.

    The part may still be wrong: only a right one is published. `change` takes the part as it is
    now (None if there is none) and refuses what it no longer fits.
    Raises: NotAllowed, NoSuchProcedure, DraftMoved once it is no draft any more, BadDefinition.
    Locks: the version.
    """
    return change_parts(version_id, (key,), lambda parts: {key: change(parts[key])}, by=by, at=at)


@work.story
def change_parts(
    version_id: int,
    keys: Collection[str],
    change: Callable[[Parts], Parts],
    *,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
) -> ProcedureVersion:
    """Keep what `change` makes of several parts of a draft at once; None takes a part out.

    With `valid_from` the draft is meant to be in force from that day.
    Raises: as `change_part`.
    Locks: the version.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    version = _locked_draft(version_id)
    whole = read_text(version.source)
    before = {key: whole.get(key) for key in keys}
    after = {key: data for key, data in change(before).items() if data != before[key]}
    day = valid_from or version.valid_from
    if not after and day == version.valid_from:
        return version
    for key, data in after.items():
        version.source = with_part(version.source, key, data)
    version.digest, version.valid_from = digest_of(version.source), day
    version.edited_by_name, version.edited_at = by.name, at
    version.save(update_fields=["source", "digest", "valid_from", "edited_by_name", "edited_at"])
    subject = f"procedure:{version.procedure.code}"
    detail = {"part": ", ".join(after)} if after else {}
    audit.record("procedures.draft", subject, by=by, at=at, detail=detail)
    return version


def _locked_draft(version_id: int) -> ProcedureVersion:
    versions = ProcedureVersion.objects.select_for_update(of=("self",))
    version = versions.select_related("procedure").filter(pk=version_id).first()
    if version is None:
        raise NoSuchProcedure("Không tìm thấy phiên bản này.")
    if version.state != VersionState.DRAFT:
        message = (
            f"Phiên bản {version.number} không còn là bản thảo ({version.get_state_display()});"
            " hãy soạn phiên bản mới rồi sửa ở đó."
        )
        raise DraftMoved(message)
    return version
