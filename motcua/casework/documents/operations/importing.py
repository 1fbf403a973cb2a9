"""Documents that another system recorded are taken over to be found; they get no number of ours.

Source: docs/law/documents.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from django.db.models import Q

from motcua.casework.documents.choices import Act, Direction, ScopeRole, Source, State
from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.names import agency_key, in_words, match_key, new_code
from motcua.casework.documents.rules.records import Record
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .arriving import enter
from .finding import remember
from .telling import let_see, tell

BATCH = 200
_LONGEST_SOURCE = 60


class Taken(StrEnum):
    """What became of a record."""

    NEW = "new"
    KNOWN = "known"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record; `code` is the document it is now, or is the same as."""

    line: int
    taken: Taken
    code: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ImportInto:
    """Whose documents they become, and from where they come."""

    agency_id: int
    unit_id: int
    source: str


def import_target(agency_code: str, source: str, *, at: datetime) -> ImportInto:
    """Return the agency and its registry; where nobody keeps one yet, its leaders' unit.

    Raises: BadInput.
    """
    found = organisation.tree().agency_by_code(agency_code.strip())
    if found is None:
        raise BadInput(f"Không có cơ quan nào mã {agency_code}.", field="agency")
    if not 0 < len(tidy(source)) <= _LONGEST_SOURCE:
        raise BadInput(f"Tên nguồn phải có, không quá {_LONGEST_SOURCE} ký tự.", field="source")
    try:
        unit_id = signing.registry_unit(found.id, at)
    except signing.SigningError:
        unit_id = found.root_unit_id
    return ImportInto(found.id, unit_id, tidy(source))


@dataclass(slots=True)
class _Held:
    """What the agency holds already of what a batch brings."""

    refs: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def add(self, ref: str, identifier: str, key: str, code: str) -> None:
        """Note a document; an earlier one of the same name stays."""
        for names, name in ((self.refs, ref), (self.identifiers, identifier), (self.keys, key)):
            if name:
                names.setdefault(name, code)


@work.story
def import_records(
    records: Sequence[Record], into: ImportInto, *, by: Actor, at: datetime
) -> list[Outcome]:
    """Take over records that the agency does not hold yet, and say what became of each.

    Known is what was imported before; the same is what has the same identifier, or number, symbol,
    issuer and day. At most `BATCH` at once.

    Raises: NotAllowed for anybody but the system.
    """
    if by.kind != "system":
        raise NotAllowed("Chỉ người vận hành hệ thống nhập văn bản bằng lệnh.")
    held = _held(records, into)
    return [_take(record, into, held, by=by, at=at) for record in records]


def _held(records: Iterable[Record], into: ImportInto) -> _Held:
    """Return what is held of these records. Costs: one query."""
    chosen = list(records)
    names = [one.identifier for one in chosen if one.identifier]
    keys = [key for one in chosen if (key := _key(one))]
    conditions = Q(imported_from=into.source, imported_ref__in=[one.ref for one in chosen])
    conditions |= Q(identifier__in=names) | Q(match_key__in=keys)
    found = _Held()
    rows = Document.objects.filter(conditions, agency_id=into.agency_id).order_by("pk")
    for row in rows.only("code", "identifier", "match_key", "imported_from", "imported_ref"):
        ref = row.imported_ref if row.imported_from == into.source else ""
        found.add(ref, row.identifier, row.match_key, row.code)
    return found


def _key(record: Record) -> str:
    entry = record.entry
    return match_key(entry.number, entry.notation, entry.issuer_name, entry.issued_on)


def _take(record: Record, into: ImportInto, held: _Held, *, by: Actor, at: datetime) -> Outcome:
    key = _key(record)
    if record.ref in held.refs:
        return Outcome(record.line, Taken.KNOWN, held.refs[record.ref])
    if record.identifier in held.identifiers:
        code = held.identifiers[record.identifier]
        return Outcome(record.line, Taken.SAME, code, "cùng mã định danh")
    if key in held.keys:
        why = "cùng số, ký hiệu, cơ quan ban hành và ngày"
        return Outcome(record.line, Taken.SAME, held.keys[key], why)
    document = _document(record, into, at)
    held.add(record.ref, record.identifier, document.match_key, document.code)
    detail = {"source": into.source, "ref": record.ref, "as_written": record.as_written}
    if record.ordinal:
        detail["ordinal_there"] = record.ordinal
    note = f"Nhập từ {into.source}."
    tell(document, Act.IMPORT, by=by, at=at, was="", note=note, detail=detail, is_new=True)
    let_see(document, [(into.unit_id, ScopeRole.REGISTRY)])
    remember(document)
    return Outcome(record.line, Taken.NEW, document.code)


def _document(record: Record, into: ImportInto, at: datetime) -> Document:
    """Return the row: over and done with, in no book, at its own day."""
    ours = organisation.tree().agency(into.agency_id).name
    is_ours = agency_key(record.entry.issuer_name) == agency_key(ours)
    day = record.arrived_on or record.entry.issued_on
    moment = datetime.combine(day, time(), HANOI) if day else at
    document = Document(
        id=work.new_id(Document),
        code=new_code(),
        direction=Direction.OUTGOING if is_ours else Direction.INCOMING,
        state=State.ISSUED if is_ours else State.DONE,
        is_open=False,
        agency_id=into.agency_id,
        unit_id=into.unit_id,
        sort_at=moment,
        source=Source.IMPORT,
        arrived_at=None if is_ours else moment,
        issued_at=moment if is_ours else None,
        identifier=record.identifier,
        imported_from=into.source,
        imported_ref=record.ref,
    )
    enter(document, record.entry)
    return document


def shown(record: Record) -> str:
    """Return how a record is named in a report."""
    entry = record.entry
    named = in_words(entry.number, entry.notation) or entry.named()
    return f"{named} – {entry.issuer_name}"
