"""The follow-up register of a desk (paper 07) and the report of reception and settlement.

Source: docs/law/one-stop.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from motcua.casework.dossiers.choices import BookKind, ReturnWay
from motcua.casework.dossiers.models import ClosedRegister, Dossier, DossierOutcome
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib import text, work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day
from motcua.lib.errors import NotAllowed

from . import letterheads
from .books import closing_of, find_closed, kept_register
from .signed_books import signed_book

_CHUNK = 500
_READERS = (Power.RECEIVE_DOSSIERS, Power.CORRECT_RECEPTION, Power.EXPORT_DOSSIERS)


def register_rows(unit_id: int, first: date, latest: date) -> Iterator[papers.RegisterEntry]:
    """Yield what the desk received between two days, both counted, in order of reception.

    A book closed for these days says what it said when it was closed.

    Costs: two queries, the second streamed, and one for every 500 rows.
    """
    closed = find_closed(unit_id, first, latest, BookKind.FOLLOW_UP)
    return kept_register(closed) if closed else received_rows(unit_id, first, latest)


def received_rows(unit_id: int, first: date, latest: date) -> Iterator[papers.RegisterEntry]:
    """Yield the register of these days as it stands now."""
    received = Dossier.objects.filter(
        receiving_unit_id=unit_id,
        received_at__gte=_midnight(first),
        received_at__lt=_midnight(latest + timedelta(days=1)),
    ).order_by("received_at", "id")
    serial = 0
    stream = received.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        takers = _takers(chunk)
        for dossier in chunk:
            serial += 1
            yield _entry(serial, dossier, takers.get(dossier.pk, ""))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HANOI)


def _takers(dossiers: Sequence[Dossier]) -> dict[int, str]:
    handed = DossierOutcome.objects.filter(dossier_id__in=[dossier.pk for dossier in dossiers])
    rows = handed.exclude(handed_to="").order_by("dossier_id", "seq")
    return dict(rows.values_list("dossier_id", "handed_to"))


def _entry(serial: int, dossier: Dossier, taker: str) -> papers.RegisterEntry:
    received = dossier.received_at or dossier.submitted_at
    contact = [dossier.submitter_address, dossier.submitter_phone]
    return papers.RegisterEntry(
        serial=serial,
        code=dossier.code,
        procedure_name=procedures.definition_of(dossier.procedure_version_id).name,
        sets=dossier.number_of_sets,
        applicant_name=dossier.applicant_name,
        contact="; ".join(part for part in contact if part),
        competent_unit=organisation.name_of_unit(dossier.competent_unit_id, on=local_day(received)),
        received_at=received,
        due_at=dossier.due_at,
        outcome_received_at=dossier.resolved_at,
        returned_at=dossier.returned_at,
        return_way=ReturnWay(dossier.return_way).label,
        received_by=taker,
        note=dossier.get_status_display() if dossier.closed_at and not taker else "",
    )


def register_pdf(actor: Actor, unit_id: int, first: date, latest: date) -> bytes:
    """Return the register of these days as a printable book, closed if it was closed.

    Where the closed book was signed digitally, that file is what is handed out.

    Raises: NotAllowed, PaperTooLong over 10,000 lines.
    """
    check_reader(actor, unit_id)
    closed = find_closed(unit_id, first, latest, BookKind.FOLLOW_UP)
    if closed is not None:
        return signed_book(closed) or papers.render_paper(book_paper(closed))
    return papers.render_paper(
        _register_paper(unit_id, first, latest, received_rows(unit_id, first, latest))
    )


def book_paper(book: ClosedRegister) -> papers.FollowUpRegister:
    """Return a closed register as it is printed."""
    days = book.unit_id, book.from_day, book.to_day
    return replace(_register_paper(*days, kept_register(book)), closing=closing_of(book))


def _register_paper(
    unit_id: int, first: date, latest: date, rows: Iterator[papers.RegisterEntry]
) -> papers.FollowUpRegister:
    return papers.FollowUpRegister(
        letterhead=letterheads.of_unit(unit_id, _midnight(latest)),
        book_number=f"{first:%d/%m/%Y}–{latest:%d/%m/%Y}",
        from_day=first,
        to_day=latest,
        entries=tuple(rows),
    )


def units_to_report(actor: Actor) -> list[organisation.UnitInfo]:
    """Return the living units whose books and reports the actor may read.

    What stands for a whole agency comes first, then desks; over the whole province these are the
    agencies.
    """
    tree = organisation.tree()
    if any(power in actor.province_powers for power in _READERS):
        return [tree.unit(one.root_unit_id) for one in tree.agencies() if one.is_living]
    held = frozenset().union(*(actor.powers.get(power, frozenset()) for power in _READERS))
    units = [unit for unit in map(tree.unit, held) if unit.is_living]
    desks = {desk.id for desk in tree.desks()}
    return sorted(units, key=lambda one: (one.parent_id is not None, one.id not in desks, one.code))


def check_reader(actor: Actor, unit_id: int) -> None:
    """Raises: NotAllowed unless the actor keeps or exports the books of the unit."""
    if not any(actor.can(power, unit_id=unit_id) for power in _READERS):
        message = "Ông/bà không có quyền xem sổ của đơn vị này."
        raise NotAllowed(message)


def report_of(unit_id: int, first: date, latest: date) -> tuple[papers.Tally, ...]:
    """Return what the unit and those below it received and settled, by field of service.

    A dossier belongs to a unit that received it or decides on it, and counts once: settled, still
    open, or ended otherwise. Days are those of Hà Nội, both counted.

    Costs: one statement.
    """
    units = list(organisation.tree().descendants(unit_id))
    params = {
        "units": units,
        "first": _midnight(first),
        "end": _midnight(latest + timedelta(days=1)),
    }
    rows = work.fetch(_REPORT, params, prepare=False)
    return tuple(
        papers.Tally(name=row[0], **dict(zip(_COUNTS, row[1:], strict=True)))
        for row in sorted(rows, key=lambda row: text.sort_key(row[0]))
    )


_COUNTS = (
    "carried_over",
    "received_online",
    "received_otherwise",
    "settled_early",
    "settled_on_time",
    "settled_late",
    "open_in_time",
    "open_late",
    "ended_otherwise",
)
_REPORT = """
WITH d AS (
  SELECT f.name, d.submitted_at, d.channel, d.due_at, d.resolved_at,
         coalesce(d.resolved_at, d.closed_at) AS ended_at,
         d.paused_at IS NOT NULL AND d.paused_at <= d.due_at AS stands
  FROM dossiers_dossier d
  JOIN procedures_procedure p ON p.id = d.procedure_id
  JOIN procedures_servicefield f ON f.id = p.service_field_id
  WHERE (d.receiving_unit_id = ANY(%(units)s) OR d.competent_unit_id = ANY(%(units)s))
    AND d.submitted_at < %(end)s
    AND (coalesce(d.resolved_at, d.closed_at) IS NULL
         OR coalesce(d.resolved_at, d.closed_at) >= %(first)s)
), s AS (
  SELECT d.*, d.resolved_at IS NOT NULL AND d.resolved_at < %(end)s AS settled,
         d.ended_at IS NULL OR d.ended_at >= %(end)s AS open,
         (d.resolved_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           < (d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS early,
         coalesce(d.resolved_at > d.due_at, false) AS late,
         coalesce(d.due_at < %(end)s AND NOT coalesce(d.stands, false), false) AS overdue
  FROM d
)
SELECT name,
  count(*) FILTER (WHERE submitted_at < %(first)s),
  count(*) FILTER (WHERE submitted_at >= %(first)s AND channel = 'portal'),
  count(*) FILTER (WHERE submitted_at >= %(first)s AND channel <> 'portal'),
  count(*) FILTER (WHERE settled AND coalesce(early, false)),
  count(*) FILTER (WHERE settled AND NOT late AND NOT coalesce(early, false)),
  count(*) FILTER (WHERE settled AND late),
  count(*) FILTER (WHERE open AND NOT overdue),
  count(*) FILTER (WHERE open AND overdue),
  count(*) FILTER (WHERE NOT open AND NOT settled)
FROM s GROUP BY name
"""


def report_pdf(actor: Actor, unit_id: int, first: date, latest: date, *, at: datetime) -> bytes:
    """Return the report of the period as PDF. Raises: NotAllowed."""
    check_reader(actor, unit_id)
    paper = papers.ReceptionReport(
        letterhead=letterheads.of_unit(unit_id, at),
        unit_name=letterheads.contact_of(unit_id, at),
        from_day=first,
        to_day=latest,
        rows=report_of(unit_id, first, latest),
        author_name=actor.name,
        signer=papers.Signer(title=actor.title or "Thủ trưởng đơn vị", name=actor.name),
    )
    return papers.render_paper(paper)
