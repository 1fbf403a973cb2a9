"""Invented names of officers, always the same for the same number."""

from collections.abc import Sequence
from dataclasses import dataclass

KINH_MEN = ("Anh", "Bách", "Chung", "Đạt", "Hải", "Khánh", "Long", "Minh", "Phong", "Quân", "Sơn")
KINH_WOMEN = ("Ánh", "Bích", "Diệp", "Hà", "Hương", "Liên", "Mai", "Nga", "Oanh", "Thảo", "Yến")


@dataclass(frozen=True, slots=True)
class Names:
    """The family, middle and given names of one sex among one people."""

    families: Sequence[str]
    middle: str
    given: Sequence[str]


THAI = ("Lò", "Quàng", "Cà", "Tòng", "Lường", "Vì", "Bạc", "Điêu")
KINH = ("Nguyễn", "Trần", "Phạm", "Đỗ", "Bùi", "Vũ", "Hoàng")
MONG = ("Giàng", "Vàng", "Sùng", "Thào", "Mùa", "Hạng", "Ly")

IN_TURN = (
    Names(THAI, "Văn", KINH_MEN),
    Names(KINH, "Thị", KINH_WOMEN),
    Names(MONG, "A", ("Chìa", "Dơ", "Páo", "Sính", "Tủa", "Vừ")),
    Names(THAI, "Thị", KINH_WOMEN),
    Names(KINH, "Văn", KINH_MEN),
    Names(MONG, "Thị", ("Dí", "Mảy", "Pà", "Sua", "Xía", "Ý")),
)


def officer_name(number: int) -> str:
    """Return a full name for an officer's number."""
    turn, names = number // len(IN_TURN), IN_TURN[number % len(IN_TURN)]
    family, given = turn % len(names.families), turn // len(names.families) + turn
    return f"{names.families[family]} {names.middle} {names.given[given % len(names.given)]}"
