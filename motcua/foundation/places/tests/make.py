"""A small map for tests: three old wards of Điện Biên Phủ and the new ward made of them."""

from datetime import UTC, date, datetime

from motcua.foundation.places.choices import PlaceChange, PlaceKind
from motcua.foundation.places.operations import load_places
from motcua.foundation.places.rules.rows import LinkRow, LoadReport, PlaceList, PlaceRow
from motcua.lib.actor import Actor

SINCE = date(2004, 1, 1)
LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)
AT = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
HOA = Actor(1, "Lò Thị Hoa", province_powers=frozenset({"organisation.edit"}))
DUNG = Actor(2, "Quàng Văn Dũng", powers={"organisation.edit": frozenset({5})})

SMALL_MAP = PlaceList(
    places=[
        PlaceRow("11", "Tỉnh Điện Biên", PlaceKind.PROVINCE, "", SINCE),
        PlaceRow("094", "Thành phố Điện Biên Phủ", PlaceKind.DISTRICT, "11", SINCE, LAST_OLD_DAY),
        PlaceRow("03127", "Phường Him Lam", PlaceKind.WARD, "094", SINCE, LAST_OLD_DAY),
        PlaceRow("03130", "Phường Thanh Bình", PlaceKind.WARD, "094", SINCE, LAST_OLD_DAY),
        PlaceRow("03316", "Xã Nà Tấu", PlaceKind.COMMUNE, "094", SINCE),
        PlaceRow("03127", "Phường Điện Biên Phủ", PlaceKind.WARD, "11", FIRST_NEW_DAY),
        PlaceRow("03316", "Xã Nà Tấu", PlaceKind.COMMUNE, "11", FIRST_NEW_DAY, continues="03316"),
    ],
    links=[
        LinkRow("03127", "03127", PlaceChange.MERGE, FIRST_NEW_DAY, "NQ 202/2025"),
        LinkRow("03130", "03127", PlaceChange.MERGE, FIRST_NEW_DAY, "NQ 202/2025"),
        LinkRow("094", "", PlaceChange.ABOLISH, FIRST_NEW_DAY, "NQ 202/2025/QH15"),
    ],
)


def make_map(rows: PlaceList = SMALL_MAP) -> LoadReport:
    """Load a map as Hoa, who may."""
    return load_places(rows, by=HOA, at=AT)
