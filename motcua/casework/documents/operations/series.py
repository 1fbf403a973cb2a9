"""Which series number an agency's own documents, as its head decides.

All kinds share one series, unless the head gives some a series of their own. A change within a
year goes on from the numbers its kinds have, so that no number and symbol come twice.

Source: docs/law/documents.md
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.casework.documents.choices import KINDS, Direction, State
from motcua.casework.documents.errors import DocumentError, NoSuchBook
from motcua.casework.documents.models import Book, Document, Series, SeriesKind
from motcua.casework.documents.queries.books import holds_there, latest_in
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .books import DEPARTURES, standard_series

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class SeriesIn:
    """A series of its own for some kinds: from which day, by which decision of the head."""

    agency_id: int
    name: str
    kinds: Collection[int]
    valid_from: date
    basis: str


@work.story
def begin_series(wanted: SeriesIn, *, by: Actor, at: datetime) -> Series:
    """Give some kinds of documents a series of their own.

    Raises: NotAllowed, BadInput that names the field, DocumentError while one is being numbered.
    Locks: the series of the agency.
    """
    _check_keeper(wanted.agency_id, by)
    work.fetch(_LOCK, [f"documents.series:{wanted.agency_id}"])
    kinds = sorted(set(wanted.kinds))
    _check_wanted(wanted, kinds, local_day(at))
    if wanted.valid_from == local_day(at):
        _check_nothing_signed(wanted.agency_id, kinds)
    series = Series.objects.create(
        agency_id=wanted.agency_id,
        direction=Direction.OUTGOING,
        code=_new_code(wanted.agency_id),
        name=tidy(wanted.name)[:200],
        kinds=kinds,
        basis=tidy(wanted.basis)[:300],
        valid_from=wanted.valid_from,
    )
    SeriesKind.objects.bulk_create(
        SeriesKind(
            series=series, agency_id=series.agency_id, kind=kind, valid_from=series.valid_from
        )
        for kind in kinds
    )
    detail = {"code": series.code, "kinds": kinds, "basis": series.basis}
    owner = f"agency:{series.agency_id}"
    audit.record("documents.begin_series", owner, by=by, at=at, detail=detail)
    return series


def _check_keeper(agency_id: int, by: Actor) -> None:
    if not holds_there(by, Power.MANAGE_BOOKS, agency_id):
        raise NotAllowed("Chỉ người được giao quản lý sổ văn bản của cơ quan làm việc này.")


def _check_wanted(wanted: SeriesIn, kinds: list[int], today: date) -> None:
    """Raises: BadInput."""
    if not tidy(wanted.name):
        raise BadInput("Hãy đặt tên sổ.", field="name")
    if not kinds:
        raise BadInput("Hãy chọn ít nhất một loại văn bản.", field="kinds")
    if not tidy(wanted.basis):
        message = "Hãy ghi số, ngày văn bản của người đứng đầu quyết định lập sổ."
        raise BadInput(message, field="basis")
    if wanted.valid_from < today:
        raise BadInput("Sổ chỉ lập từ hôm nay trở đi, không lùi ngày.", field="valid_from")
    open_ended = SeriesKind.objects.filter(agency_id=wanted.agency_id, kind__in=kinds)
    taken = open_ended.exclude(valid_to__lt=wanted.valid_from).select_related("series").first()
    if taken is not None:
        named = dict(KINDS)[taken.kind]
        message = f"“{named}” đang lấy số ở “{taken.series.name}”; hãy kết thúc sổ đó trước."
        raise BadInput(message, field="kinds")


def _check_nothing_signed(agency_id: int, kinds: Collection[int]) -> None:
    """Raises: DocumentError while a document of these kinds takes its number."""
    signing = Document.objects.filter(agency_id=agency_id, state=State.SIGNING, kind__in=kinds)
    first = signing.first()
    if first is not None:
        message = f"“{first.subject}” đang ký, lấy số theo sổ cũ; hãy cấp số xong rồi đổi sổ."
        raise DocumentError(message)


def _new_code(agency_id: int) -> str:
    return f"{DEPARTURES}{Series.objects.filter(agency_id=agency_id).count() + 1}"


@work.story
def end_series(
    series_id: int, valid_to: date | None, basis: str, *, by: Actor, at: datetime
) -> None:
    """Let the kinds of a series be numbered with all others again; its books stay as they are.

    At the end of a year, or at once (no `valid_to`) where no number can come twice. One that was
    never used is given up.

    Raises: NoSuchBook, NotAllowed, BadInput, DocumentError.
    Locks: the series of the agency.
    """
    series = _get_series(series_id, by)
    work.fetch(_LOCK, [f"documents.series:{series.agency_id}"])
    if not tidy(basis):
        message = "Hãy ghi số, ngày văn bản của người đứng đầu quyết định kết thúc sổ."
        raise BadInput(message, field="basis")
    _check_nothing_signed(series.agency_id, series.kinds)
    detail = {"code": series.code, "name": series.name, "basis": tidy(basis)}
    owner = f"agency:{series.agency_id}"
    audit.record("documents.end_series", owner, by=by, at=at, detail=detail)
    if not Book.objects.filter(series=series).exists():
        series.delete()
        return
    last = valid_to or _ends_at_once(series, at)
    if valid_to is not None:
        _check_year_end(valid_to, local_day(at))
    series.valid_to = last
    series.basis = f"{series.basis}; kết thúc: {tidy(basis)}"[:300]
    series.save(update_fields=["valid_to", "basis"])
    SeriesKind.objects.filter(series=series).update(valid_to=last)


def _get_series(series_id: int, by: Actor) -> Series:
    found = Series.objects.select_for_update(of=("self",)).filter(pk=series_id).first()
    if found is None or by.agency_id != found.agency_id:
        raise NoSuchBook("Không tìm thấy sổ này, hoặc sổ của cơ quan khác.")
    _check_keeper(found.agency_id, by)
    if not found.kinds:
        raise DocumentError("Sổ chung của cơ quan không kết thúc được.")
    if found.valid_to is not None:
        raise DocumentError(f"Sổ này đã kết thúc ngày {found.valid_to:%d/%m/%Y}.")
    return found


def _check_year_end(valid_to: date, today: date) -> None:
    """Raises: BadInput."""
    if (valid_to.month, valid_to.day) != (12, 31) or valid_to < today:
        raise BadInput("Chọn 31/12 của năm nay hoặc năm sau.", field="valid_to")


def _ends_at_once(series: Series, at: datetime) -> date:
    """Return yesterday, if the kinds can go on in the common series from today.

    Raises: DocumentError if a number was given today, or a number and symbol would come twice.
    """
    today = local_day(at)
    book = Book.objects.select_related("series").filter(series=series, year=today.year).first()
    if book is not None and Document.objects.filter(book=book, issued_on=today).exists():
        raise DocumentError("Hôm nay sổ này đã cấp số; hãy kết thúc vào ngày chưa cấp số nào.")
    common = standard_series(series.agency_id, DEPARTURES, today)
    other = Book.objects.select_related("series").filter(series=common, year=today.year).first()
    own, theirs = (latest_in(one) if one else 0 for one in (book, other))
    if other is not None and own > theirs:
        raise DocumentError(
            f"Sổ này đã cấp đến số {own}, sổ chung mới đến số {theirs}: nhập vào giữa năm thì số "
            f"sẽ trùng. Hãy kết thúc vào 31/12/{today.year}."
        )
    yesterday = today - timedelta(days=1)
    if series.valid_from > yesterday:
        raise DocumentError("Sổ này mới dùng từ hôm nay; hãy kết thúc vào 31/12.")
    return yesterday
