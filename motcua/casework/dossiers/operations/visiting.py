"""Visit the field: an appointment, pictures from there, findings and minutes signed at the place.

Source: docs/law/field-work.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from motcua.casework.dossiers.choices import Act
from motcua.casework.dossiers.errors import AlreadyAnswered
from motcua.casework.dossiers.models import Dossier, Visit, VisitPhoto
from motcua.casework.dossiers.rules.photos import HEAD_BYTES, taken_at_in
from motcua.casework.processes.api import StepKind
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.errors import BadInput

from .consulting import at_work, locked_part, tell_at_work
from .finding_out import keep_findings
from .rights import handling_unit, unit_at_visit
from .telling import part_seq

MOST_PHOTOS = 20
_OUTSIDE = frozenset({StepKind.FIELD_VISIT, StepKind.INTERVIEW})


class PhotoIn(NamedTuple):
    """A picture taken on a visit, already kept."""

    file_id: int
    file_name: str


@work.story
def plan_visit(  # noqa: PLR0913 -- an appointment, every word of it by name
    code: str,
    planned_at: datetime,
    place: str,
    who: str = "",
    *,
    by: Actor,
    at: datetime,
    surveyor: str = "",
) -> Dossier:
    """Make an appointment for a visit to the field; the applicant is told when and where.

    `surveyor` is a firm outside that measures there.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier, steps = at_work(code)
    unit_id = handling_unit(dossier, steps, by)
    if planned_at <= at or not place.strip():
        message = "Hãy ghi nơi kiểm tra và lịch hẹn ở sau lúc này."
        raise BadInput(message, field="place" if planned_at > at else "planned_at")
    own = [s for s in steps if s.closed_at is None and s.unit_id == unit_id]
    open_visit = [s for s in own if s.kind in _OUTSIDE]
    work.add(
        Visit(
            dossier_id=dossier.pk,
            seq=part_seq(dossier),
            planned_at=planned_at,
            place=place,
            who=who,
            planned_by_name=by.name,
            unit_id=unit_id,
            step_code=open_visit[0].code if open_visit else "",
            surveyor=surveyor,
        )
    )
    detail = {"at": planned_at.isoformat(), "who": who}
    note = f"{place}, lúc {local(planned_at):%H:%M ngày %d/%m/%Y}"
    tell_at_work(dossier, Act.PLAN_VISIT, unit_id, by=by, at=at, note=note, detail=detail)
    return dossier


@work.story
def add_visit_photo(code: str, seq: int, photo: PhotoIn, *, by: Actor, at: datetime) -> bool:
    """Keep one picture of a visit; say whether it is new.

    The same picture sent again, as after a line broke, is there once and changes nothing.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, BadInput.
    """
    dossier, steps = at_work(code)
    handling_unit(dossier, steps, by)
    unit_id = unit_at_visit(dossier, steps, _open_visit(dossier, seq), by)
    if _has(dossier, seq, photo.file_id):
        return False
    work.add(*_photos(dossier, seq, [photo], by=by, at=at))
    detail = {"seq": seq, "file": photo.file_id}
    tell_at_work(dossier, Act.ADD_PHOTO, unit_id, by=by, at=at, note=photo.file_name, detail=detail)
    return True


def _open_visit(dossier: Dossier, seq: int) -> Visit:
    """Raises: NotFound, AlreadyAnswered."""
    visit = locked_part(Visit, dossier, seq)
    if visit.done_at is not None:
        message = f"{visit.done_by_name} đã ghi biên bản lần kiểm tra này."
        raise AlreadyAnswered(message)
    return visit


def _has(dossier: Dossier, visit_seq: int, file_id: int) -> bool:
    rows = VisitPhoto.objects.filter(dossier_id=dossier.pk, visit_seq=visit_seq)
    return rows.filter(file_id=file_id).exists()


@work.story
def record_visit(  # noqa: PLR0913 -- what was found, by whom and when
    code: str,
    seq: int,
    minutes: str,
    *,
    by: Actor,
    at: datetime,
    photos: Sequence[PhotoIn] = (),
    found: Mapping[str, Any] | None = None,
) -> Dossier:
    """Record what was found on the visit, once, with the pictures taken there.

    `found` answers the version's own list for the step; later steps may ask for it.

    Raises: NoSuchDossier, NotFound, NotAllowed, AlreadyAnswered, BadInput.
    """
    dossier, steps = at_work(code)
    handling_unit(dossier, steps, by)
    visit = _open_visit(dossier, seq)
    unit_id = unit_at_visit(dossier, steps, visit, by)
    if not minutes.strip():
        message = "Hãy ghi kết quả kiểm tra thực địa."
        raise BadInput(message, field="minutes")
    visit.done_at, visit.done_by_name, visit.minutes = at, by.name, minutes
    work.update(visit, "done_at", "done_by_name", "minutes")
    new = _photos(dossier, seq, photos, by=by, at=at)
    work.add(*new)
    keep_findings(dossier, visit.step_code, seq, found or {}, index=len(new), by=by, at=at)
    detail = {"seq": seq, "photos": len(photos)}
    note = minutes[:2000]
    tell_at_work(dossier, Act.RECORD_VISIT, unit_id, by=by, at=at, note=note, detail=detail)
    return dossier


def _photos(
    dossier: Dossier, visit_seq: int, photos: Sequence[PhotoIn], *, by: Actor, at: datetime
) -> list[VisitPhoto]:
    """Return the rows of new pictures. Raises: BadInput past the most one visit has."""
    if not photos:
        return []
    rows = VisitPhoto.objects.filter(dossier_id=dossier.pk, visit_seq=visit_seq)
    there = list(rows.values_list("file_id", flat=True)[: MOST_PHOTOS + 1])
    if len(there) + len(photos) > MOST_PHOTOS:
        message = f"Mỗi lần kiểm tra kèm tối đa {MOST_PHOTOS} ảnh."
        raise BadInput(message, field="photos")
    new = [photo for photo in photos if photo.file_id not in there]
    return [
        VisitPhoto(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            visit_seq=visit_seq,
            file_id=photo.file_id,
            file_name=photo.file_name,
            added_at=at,
            added_by_name=by.name,
            taken_at=_taken_at(photo.file_id, at),
        )
        for index, photo in enumerate(new)
    ]


def _taken_at(file_id: int, at: datetime) -> datetime | None:
    with files.open_file(files.StoredFile.objects.get(pk=file_id)) as content:
        return taken_at_in(content.read(HEAD_BYTES), at=at)
