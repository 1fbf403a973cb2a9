"""Write long lists out for their readers, in the worker, a few pieces at a time.

Source: ADR 86
"""

import logging
import zlib
from datetime import date, datetime, timedelta
from time import monotonic

from motcua.casework.dossiers.choices import ExportState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import ListExport, ListExportPart
from motcua.casework.dossiers.queries.exporting import HEADS, begin_of, next_waiting, piece_of
from motcua.casework.dossiers.rules.failing import is_given_up
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import Cursor
from motcua.lib.spreadsheets import csv_lines

logger = logging.getLogger(__name__)
PURPOSE = "dossiers.export"
SLICE_S = 3.0  # then the worker tells facts and does its other work
KEPT = timedelta(days=1)
REST = timedelta(seconds=20)  # after an error nobody foresaw
_LEVEL = 3  # a list repeats itself: more would cost much and gain little


@work.story
def note_export(first: date, latest: date, how: str, *, by: Actor, at: datetime) -> None:
    """Note that a list of people's dossiers was taken out, before the first line of it.

    Raises: NotAllowed.
    """
    by.require(Power.EXPORT_DOSSIERS)
    detail = {"first": f"{first}", "latest": f"{latest}", "how": how}
    audit.record_access(PURPOSE, "list:dossiers", by=by, at=at, detail=detail)


@work.story
def ask_export(first: date, latest: date, *, by: Actor, at: datetime) -> ListExport:
    """Have a long list written out; one at a time for each person.

    Raises: NotAllowed, DossierError.
    """
    by.require(Power.EXPORT_DOSSIERS)
    if ListExport.objects.filter(owner_id=by.id, state=ExportState.WAITING).exists():
        message = "Một tệp khác của ông/bà đang được lập; xin đợi xong rồi lập tiếp."
        raise DossierError(message)
    note_export(first, latest, "csv", by=by, at=at)
    return ListExport.objects.create(owner_id=by.id, first=first, latest=latest, asked_at=at)


def write_exports(*, at: datetime, most_s: float = SLICE_S) -> int:
    """Go on with the files that wait, the oldest first; return how many pieces were written.

    Rights are those of this moment: who may not export any longer gets no more. One that fails
    holds up no other; it is tried again, and then given up and said to be so.
    """
    end, pieces = monotonic() + most_s, 0
    while monotonic() < end:
        waiting = next_waiting(at)
        if waiting is None:
            break
        try:
            pieces += _write_some(waiting, end, at=at)
        except Exception:  # whatever it is, the others are written
            logger.exception("export_failed", extra={"export": waiting})
            _note_failure(waiting, at=at)
    return pieces


@work.story
def _note_failure(export_id: int, *, at: datetime) -> None:
    """Let one that failed rest, or give it up; what was written of it goes."""
    export = ListExport.objects.select_for_update().get(pk=export_id)
    export.tries += 1
    export.retry_at = at + REST * export.tries
    if is_given_up(export.tries):
        export.state, export.ended_at = ExportState.FAILED, at
        ListExportPart.objects.filter(export=export).delete()
    export.save(update_fields=["tries", "retry_at", "state", "ended_at"])


@work.story
def _write_some(export_id: int, end: float, *, at: datetime) -> int:
    export = ListExport.objects.select_for_update().get(pk=export_id)
    if export.state != ExportState.WAITING:
        return 0
    reader = access.actor_now(export.owner_id, at=at).actor
    if not reader.can(Power.EXPORT_DOSSIERS):
        export.state, export.ended_at = ExportState.REFUSED, at
        export.save(update_fields=["state", "ended_at"])
        return 0
    seq = ListExportPart.objects.filter(export=export).count()
    begun, pieces = seq, []
    while monotonic() < end and export.state == ExportState.WAITING:
        pieces.append(_piece(export, seq, reader, at=at))
        seq += 1
    ListExportPart.objects.bulk_create(pieces)
    export.save(update_fields=["state", "rows", "place_at", "place_id", "ended_at"])
    return seq - begun


def _piece(export: ListExport, seq: int, reader: Actor, *, at: datetime) -> ListExportPart:
    """Return the next piece, and note in the export how far it reaches."""
    place = begin_of(export.latest)
    if export.place_at is not None and export.place_id is not None:
        place = Cursor(export.place_at, export.place_id)
    rows, following = piece_of(reader, export.first, place)
    written = "".join(csv_lines([HEADS, *rows] if seq == 0 else rows))
    text = written if seq == 0 else written.removeprefix("\ufeff")
    export.rows += len(rows)
    if following is None:
        export.state, export.ended_at = ExportState.READY, at
    else:
        export.place_at, export.place_id = following.sort_at, following.id
    return ListExportPart(export=export, seq=seq, content=zlib.compress(text.encode(), _LEVEL))


@work.story
def sweep_exports(*, at: datetime) -> int:
    """Remove files that were asked for more than a day ago."""
    old = ListExport.objects.filter(asked_at__lt=at - KEPT)
    ListExportPart.objects.filter(export__in=old).delete()
    return old.delete()[0]
