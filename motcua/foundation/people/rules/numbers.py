"""Personal numbers, other papers and tax codes: what they say and whether they can be.

Source: docs/law/identity.md
"""

import re
from dataclasses import dataclass
from datetime import date

from motcua.foundation.people.choices import PaperKind, Sex
from motcua.foundation.people.errors import NumberNotUsable
from motcua.lib.tongue import lowered, said

_PERSONAL = re.compile(r"[0-9]{12}")
_OLD_CARD = re.compile(r"[0-9]{9}")
_PAPER = re.compile(r"[A-Z0-9]{5,20}")
_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SEPARATORS = re.compile(r"[\s.]")
FIRST_FOREIGN = 100
# The provinces in which a birth was registered before 1 July 2025; the numbers stay for life.
PROVINCES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)


@dataclass(frozen=True, slots=True)
class NumberSays:
    """What can be read from a personal number."""

    sex: Sex
    birth_year: int
    origin: str


def tidy_number(typed: str) -> str:
    """Return the number without the spaces and dots people put in."""
    return _SEPARATORS.sub("", typed).upper()


def read_personal_id(number: str) -> NumberSays:
    """Return what the twelve digits say.

    Raises: NumberNotUsable.
    """
    if not _PERSONAL.fullmatch(number):
        message = said("Số định danh cá nhân gồm đúng 12 chữ số.")
        raise NumberNotUsable(message, field="personal_id")
    mark = int(number[3])
    return NumberSays(
        sex=Sex.FEMALE if mark % 2 else Sex.MALE,
        birth_year=1900 + mark // 2 * 100 + int(number[4:6]),
        origin=number[:3],
    )


def check_personal_id(
    number: str, sex: Sex | None = None, birth_date: date | None = None
) -> list[str]:
    """Return warnings about a number that can be; compare it with what else is known.

    Raises: NumberNotUsable if it has not twelve digits, or contradicts the sex or year of birth.
    """
    says = read_personal_id(number)
    if sex and says.sex != sex:
        message = said(
            "Chữ số thứ 4 của số định danh là của %(words)s, không khớp giới tính.",
            words=lowered(says.sex.label),
        )
        raise NumberNotUsable(message, field="personal_id")
    if birth_date and says.birth_year != birth_date.year:
        message = said(
            "Số định danh là của người sinh năm %(birth_year)s, không khớp ngày sinh.",
            birth_year=says.birth_year,
        )
        raise NumberNotUsable(message, field="personal_id")
    if says.origin not in PROVINCES and int(says.origin) < FIRST_FOREIGN:
        return [f"Ba chữ số đầu “{says.origin}” không thuộc danh mục tỉnh đã biết; hãy xem lại."]
    return []


def check_paper(kind: PaperKind, number: str) -> None:
    """Raises: NumberNotUsable if it cannot be the number of such a paper."""
    if kind == PaperKind.OLD_ID_CARD and not _OLD_CARD.fullmatch(number):
        raise NumberNotUsable(
            said("Số chứng minh nhân dân cũ gồm đúng 9 chữ số."), field="paper_number"
        )
    if not _PAPER.fullmatch(number):
        message = said("Số giấy tờ gồm 5 đến 20 chữ cái không dấu và chữ số.")
        raise NumberNotUsable(message, field="paper_number")


def check_tax_code(code: str) -> None:
    """Check ten digits with their check digit, three more for a dependent unit.

    An individual's tax code is the personal number.

    Raises: NumberNotUsable.
    """
    if _PERSONAL.fullmatch(code):
        return
    if not _TAX_CODE.fullmatch(code):
        message = said("Mã số thuế gồm 10 chữ số, thêm “-” và 3 chữ số nếu là đơn vị phụ thuộc.")
        raise NumberNotUsable(message, field="tax_code")
    digits = [int(digit) for digit in code[:10]]
    weighed = sum(w * d for w, d in zip(_TAX_WEIGHTS, digits[:9], strict=True))
    if 10 - weighed % 11 != digits[9]:
        message = said("Chữ số kiểm tra của mã số thuế không đúng; hãy xem lại từng chữ số.")
        raise NumberNotUsable(message, field="tax_code")
