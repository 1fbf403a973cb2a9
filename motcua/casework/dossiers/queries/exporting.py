"""The list of dossiers as rows for a spreadsheet: what its reader may see, and no more.

Read in pieces by keyset, newest first, each piece by two statements; nothing is kept in memory.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from motcua.casework.dossiers.choices import ExportState, Status
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import DossierScope, ListExport, ListExportPart
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.paging import Cursor

PIECE = 2_000
HEADS = (
    "Mã hồ sơ",
    "Mã thủ tục",
    "Tên thủ tục",
    "Chủ hồ sơ",
    "Kênh nộp",
    "Nộp lúc",
    "Tiếp nhận lúc",
    "Hẹn trả lần đầu",
    "Hẹn trả",
    "Tình trạng",
    "Xong lúc",
    "Trả lúc",
    "Đúng hạn",
    "Đơn vị giải quyết",
    "Cơ quan giải quyết",
)
EXPORT_MOMENTS = HEADS[5:9] + HEADS[10:12]
_BIGGEST = 2**62


def _moment(column: str) -> str:
    zone = "AT TIME ZONE 'Asia/Ho_Chi_Minh'"
    return f"coalesce(to_char(d.{column} {zone}, 'DD/MM/YYYY HH24:MI'), '')"


_MOMENTS = (
    "submitted_at",
    "received_at",
    "due_originally_at",
    "due_at",
    "resolved_at",
    "returned_at",
)
_PIECE = f"""
SELECT d.sort_at, d.id, d.code, d.procedure_version_id, d.applicant_name, d.channel, d.status,
  CASE WHEN d.due_at IS NULL OR d.resolved_at IS NULL THEN ''
       WHEN d.resolved_at <= d.due_at THEN 'Đúng hạn' ELSE 'Quá hạn' END,
  d.competent_unit_id, d.agency_id, {", ".join(map(_moment, _MOMENTS))}
FROM dossiers_dossier d WHERE d.id = ANY(%s::bigint[]) AND d.sort_at >= %s
ORDER BY d.sort_at DESC, d.id DESC
"""  # noqa: S608 -- our own columns
_SOME = """
SELECT count(*) FROM (
  SELECT FROM dossiers_dossierscope s WHERE s.unit_id = ANY(%s::bigint[])
    AND s.sort_at >= %s AND s.sort_at < %s LIMIT %s) x
"""
_SOME_OF_ALL = """
SELECT count(*) FROM (
  SELECT FROM dossiers_dossier d WHERE d.sort_at >= %s AND d.sort_at < %s LIMIT %s) x
"""


class Piece(NamedTuple):
    """Some rows of the list, and after which dossier the next ones come; None at the end."""

    rows: Sequence[tuple[object, ...]]
    next: Cursor | None


def is_more_than(actor: Actor, first: date, latest: date, most: int) -> bool:
    """Say whether the list of these days may hold more than `most` dossiers.

    Costs: one statement, which reads so many entries of an index.
    """
    since, until = _span(first, latest)
    if actor.sees_all:
        rows = work.fetch(_SOME_OF_ALL, [since, until, most + 1])
    else:
        rows = work.fetch(_SOME, [list(actor.scope_ids), since, until, most + 1])
    return int(rows[0][0]) > most


def list_rows(actor: Actor, first: date, latest: date) -> Iterator[tuple[object, ...]]:
    """Yield the heads and a row for each dossier that arrived in these days, newest first.

    Raises: NotAllowed.
    Costs: two statements for each two thousand.
    """
    actor.require(Power.EXPORT_DOSSIERS)
    yield HEADS
    place: Cursor | None = begin_of(latest)
    while place is not None:
        rows, place = piece_of(actor, first, place)
        yield from rows


def begin_of(latest: date) -> Cursor:
    """Return the place before the newest dossier of that day."""
    return Cursor(_span(latest, latest)[1], _BIGGEST)


def piece_of(actor: Actor, first: date, after: Cursor) -> Piece:
    """Return the rows that follow a place, down to the first day.

    Costs: two statements.
    """
    ids = access.page(DossierScope, actor, after=after, limit=PIECE)
    since, _ = _span(first, first)
    found = work.fetch(_PIECE, [list(ids.rows), since]) if ids.rows else []
    is_end = ids.next is None or len(found) < len(ids.rows)
    rows = [_row(*row[2:]) for row in found]
    return Piece(rows, None if is_end else Cursor(found[-1][0], found[-1][1]))


def _row(  # noqa: PLR0913, PLR0917 -- the columns of the statement in their order
    code: str,
    version_id: int,
    name: str,
    channel: str,
    status: str,
    in_time: str,
    unit_id: int,
    agency_id: int,
    *moments: str,
) -> tuple[object, ...]:
    definition, tree = procedures.definition_of(version_id), organisation.tree()
    submitted, received, first_due, due, resolved, returned = moments
    return (
        code,
        definition.code,
        definition.name,
        name,
        _CHANNELS[channel],
        submitted,
        received,
        first_due,
        due,
        _STATUSES[status],
        resolved,
        returned,
        in_time,
        tree.unit(unit_id).name,
        tree.agency(agency_id).name,
    )


_CHANNELS = {one.value: str(one.label) for one in FilingChannel}
_STATUSES = {one.value: str(one.label) for one in Status}


def _span(first: date, latest: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(first, time(), HANOI),
        datetime.combine(latest + timedelta(days=1), time(), HANOI),
    )


def next_waiting(at: datetime) -> int | None:
    """Return the file to go on with, the oldest that does not rest. Costs: one query."""
    found = ListExport.objects.filter(state=ExportState.WAITING)
    ready = found.exclude(retry_at__gt=at).order_by("pk")
    return ready.values_list("pk", flat=True).first()


def exports_for(actor: Actor, *, limit: int = 20) -> list[ListExport]:
    """Return the newest files the actor has asked for.

    Costs: one query.
    """
    return list(ListExport.objects.filter(owner_id=actor.id).order_by("-pk")[:limit])


def export_for(actor: Actor, export_id: int) -> ListExport:
    """Return one file that the actor asked for. Raises: NotAllowed, NoSuchDossier."""
    actor.require(Power.EXPORT_DOSSIERS)
    found = ListExport.objects.filter(pk=export_id, owner_id=actor.id).first()
    if found is None:
        message = "Không có tệp này, hoặc tệp đã được dọn."
        raise NoSuchDossier(message)
    return found


def parts_of(export: ListExport) -> Iterator[bytes]:
    """Yield the compressed pieces of a file in order.

    Costs: one query for each piece.
    """
    seq = 0
    while True:
        part = ListExportPart.objects.filter(export=export, seq=seq).first()
        if part is None:
            return
        yield bytes(part.content)
        seq += 1
