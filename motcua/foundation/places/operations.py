"""Load places and what became of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import exact, fold, sort_key, tidy

from .errors import BadPlaces
from .models import Place, PlaceSuccession, PlaceVersion
from .rules.rows import LinkRow, LoadReport, PlaceList, PlaceRow

EDIT = "organisation.edit"
NOWHERE = 0  # the map belongs to no unit: only a power over the whole province reaches it
ONE_DAY = timedelta(days=1)
BATCH = 1000


class _Map:
    """All versions by code while a list is loaded, those of the list included."""

    def __init__(self) -> None:
        self.versions: dict[str, list[PlaceVersion]] = defaultdict(list)
        self.created: list[PlaceVersion] = []
        self.updated: list[PlaceVersion] = []
        self.founded: list[Place] = []
        self.unchanged = 0
        for version in PlaceVersion.objects.select_related("place"):
            self.versions[version.code].append(version)

    def on(self, code: str, day: date) -> PlaceVersion:
        """Raises: BadPlaces."""
        for version in self.versions[code]:
            if version.holds_on(day):
                return version
        raise BadPlaces(f"Không có địa danh nào mang mã {code} vào ngày {day:%d/%m/%Y}.")

    def known(self, code: str, valid_from: date) -> PlaceVersion | None:
        same = [one for one in self.versions[code] if one.valid_from == valid_from]
        return same[0] if same else None

    def take(self, row: PlaceRow) -> None:
        """Compare a row with what is known; note what has to be written."""
        parent = self.on(row.parent_code, row.valid_from).place if row.parent_code else None
        known = self.known(row.code, row.valid_from)
        if known is None:
            version = PlaceVersion(place=self._place_of(row), code=row.code)
            _fill(version, row, parent)
            self.versions[row.code].append(version)
            self.created.append(version)
        elif _differs(known, row, parent):
            _fill(known, row, parent)
            self._note(known)
        else:
            self.unchanged += 1

    def _place_of(self, row: PlaceRow) -> Place:
        if not row.continues:
            place = Place(origin=f"{row.code} từ {row.valid_from:%d/%m/%Y}")
            self.founded.append(place)
            return place
        before = self.on(row.continues, row.valid_from - ONE_DAY)
        if before.valid_to is None:
            before.valid_to = row.valid_from - ONE_DAY
            self._note(before)
        return before.place

    def _note(self, version: PlaceVersion) -> None:
        if version.pk and version not in self.updated:
            self.updated.append(version)

    def save(self) -> None:
        """Write everything; ended versions before new ones, because codes are used again."""
        fields = ["name", "kind", "parent", "valid_to", "basis", "name_exact", "name_folded"]
        Place.objects.bulk_create(self.founded, batch_size=BATCH)
        PlaceVersion.objects.bulk_update(self.updated, [*fields, "sort_key"], batch_size=BATCH)
        PlaceVersion.objects.bulk_create(self.created, batch_size=BATCH)


@work.story
def load_places(rows: PlaceList, *, by: Actor, at: datetime) -> LoadReport:
    """Bring the map up to a list; loading the same list again changes nothing.

    Raises: NotAllowed, BadPlaces.
    """
    by.require(EDIT, unit_id=NOWHERE)
    known = _Map()
    for row in sorted(rows.places, key=lambda one: (one.valid_from, len(one.code))):
        known.take(row)
    known.save()
    report = LoadReport(
        created=len(known.created),
        updated=len(known.updated),
        unchanged=known.unchanged,
        linked=_link(rows.links, known),
    )
    if report.created or report.updated or report.linked:
        detail = {"created": report.created, "updated": report.updated, "linked": report.linked}
        audit.record("places.loaded", "places", by=by, at=at, detail=detail)
    return report


def _link(rows: Iterable[LinkRow], known: _Map) -> int:
    """Write the links that are not there yet; return how many."""
    fields = ("from_place_id", "to_place_id", "on")
    there = set(PlaceSuccession.objects.values_list(*fields))
    fresh: dict[tuple[int, int | None, date], PlaceSuccession] = {}
    for row in rows:
        link = PlaceSuccession(
            from_place=known.on(row.from_code, row.on - ONE_DAY).place,
            to_place=known.on(row.to_code, row.on).place if row.to_code else None,
            kind=row.kind,
            on=row.on,
            basis=row.basis,
        )
        key = (link.from_place_id, link.to_place_id, link.on)
        if key not in there:
            fresh.setdefault(key, link)
    PlaceSuccession.objects.bulk_create(list(fresh.values()), batch_size=BATCH)
    return len(fresh)


def _fill(version: PlaceVersion, row: PlaceRow, parent: Place | None) -> None:
    version.name = tidy(row.name)
    version.kind = row.kind
    version.parent = parent
    version.valid_from = row.valid_from
    version.valid_to = row.valid_to or version.valid_to
    version.basis = row.basis
    version.name_exact = exact(version.name)
    version.name_folded = fold(version.name)
    version.sort_key = sort_key(version.name)


def _differs(known: PlaceVersion, row: PlaceRow, parent: Place | None) -> bool:
    parent_id = parent.pk if parent else None
    stored = (known.name, known.kind, known.parent_id, known.basis)
    ends = row.valid_to is not None and known.valid_to != row.valid_to
    return ends or stored != (tidy(row.name), row.kind, parent_id, row.basis)
