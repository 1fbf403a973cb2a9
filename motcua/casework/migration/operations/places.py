"""Whose a dossier is: agencies and communes of before July 2025 by what came in their place."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyInfo, UnitInfo
from motcua.foundation.places import api as places
from motcua.lib.errors import BadInput
from motcua.lib.text import fold

LAST_OLD_DAY = date(2025, 6, 30)
_KINDS = ("xa ", "phuong ", "thi tran ", "dac khu ")
_OFFICES = ("uy ban nhan dan ", "ubnd ")


class Offices:
    """Finds agencies and units by code or name; asks the map once for each word."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._tree = organisation.tree()
        self._names: dict[str, list[AgencyInfo]] = {}
        for one in self._tree.agencies():
            for name in {fold(one.name), fold(one.short_name), _bare(one.name)} - {""}:
                self._names.setdefault(name, []).append(one)
        self._by_place = {one.place_code: one for one in self._tree.agencies() if one.place_code}
        self._found = lru_cache(maxsize=5000)(self._agency_or_why)
        self.commune = lru_cache(maxsize=5000)(self._commune)

    def agency(self, word: str) -> AgencyInfo:
        """Return the living agency a word means, by succession where it has ended.

        Raises: BadInput where there is none, or several are in its place.
        """
        found = self._found(word)
        if isinstance(found, str):
            raise BadInput(found)
        return found

    def _agency_or_why(self, word: str) -> AgencyInfo | str:
        """Return the agency, or why there is none: kept, like what is found."""
        try:
            return self._agency(word)
        except BadInput as error:
            return str(error)

    def _agency(self, word: str) -> AgencyInfo:
        known = self._tree.agency_by_code(word)
        if known is not None:
            return self._only([known] if known.is_living else self._heirs(known), word)
        named = self._names.get(fold(word)) or self._names.get(_bare(word))
        if named:
            return self._only(named, word)
        successor = self.commune(_bare(word))
        if successor is not None and successor.code in self._by_place:
            return self._by_place[successor.code]
        raise BadInput(f"Không có cơ quan “{word[:80]}”; hãy đổi sang mã cơ quan.")

    def _heirs(self, ended: AgencyInfo) -> list[AgencyInfo]:
        return [self._tree.agency(i) for i in organisation.living_heirs_of_agency(ended.id)]

    @staticmethod
    def _only(found: Sequence[AgencyInfo], word: str) -> AgencyInfo:
        if len(found) == 1:
            return found[0]
        why = "không còn và không có cơ quan thay" if not found else "ứng với nhiều cơ quan"
        raise BadInput(f"Cơ quan “{word[:80]}” {why}; hãy đổi sang một mã cơ quan.")

    def unit(self, agency: AgencyInfo, word: str) -> UnitInfo:
        """Return the living unit of an agency with this code or name. Raises: BadInput."""
        found = self._tree.unit_by_code(word)
        if found is not None and found.is_living and found.agency_id == agency.id:
            return found
        named = [
            one
            for one in self._tree.units_of(agency.id)
            if fold(word) in {fold(one.name), fold(one.short_name)}
        ]
        if len(named) == 1:
            return named[0]
        raise BadInput(f"{agency.name} không có đơn vị “{word[:80]}”; hãy đổi sang mã đơn vị.")

    def desk(self, agency: AgencyInfo) -> UnitInfo:
        """Return where the agency's dossiers are received and handed out. Raises: BadInput."""
        found = self._tree.desk_of(agency.id) or next(iter(self._tree.desks()), None)
        if found is None:
            raise BadInput("Chưa có bộ phận một cửa nào để nhận hồ sơ.")
        return found

    def _commune(self, word: str) -> places.PlaceVersion | None:
        """Return today's commune for an old code or name; None where several or none came of it."""
        if word.isdecimal():
            now = places.place_on(word, self._today)
            kin = places.successors_of(word, LAST_OLD_DAY)
            return kin[0].place if len(kin) == 1 else now if not kin else None
        old = self._named(word, LAST_OLD_DAY)
        found = {
            one.place.code: one.place
            for place in old
            for one in places.successors_of(place.code, LAST_OLD_DAY)
        }
        if not found:
            found = {one.code: one for one in self._named(word, self._today)}
        return next(iter(found.values())) if len(found) == 1 else None

    @staticmethod
    def _named(word: str, day: date) -> list[places.PlaceVersion]:
        wanted = {fold(word), _bare(word)}
        rows = places.find_places(word, day, limit=50)
        return [one for one in rows if fold(one.name) in wanted or _bare(one.name) in wanted]


def _bare(name: str) -> str:
    """Return a name without what kind of place or office it is."""
    text = fold(name)
    for before in (*_OFFICES, *_KINDS):
        text = text.removeprefix(before)
    return text.strip()
