"""What certifying copies costs: by page, in tiers, with a most for each copy.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.casework.procedures.api import FeeLine
from motcua.lib.errors import BadInput

MOST_LINES = 50
MOST_PAGES, MOST_COPIES = 2000, 500
PER_PAGE = "trang"


@dataclass(frozen=True, slots=True)
class CertLine:
    """One paper to certify: how many pages it has and how many copies are made."""

    paper_name: str
    pages: int
    copies: int


def check_lines(lines: Sequence[CertLine]) -> None:
    """Raises: BadInput."""
    if not 0 < len(lines) <= MOST_LINES:
        message = f"Mỗi lần chứng thực từ 1 đến {MOST_LINES} giấy tờ."
        raise BadInput(message, field="lines")
    for line in lines:
        is_right = 0 < line.pages <= MOST_PAGES and 0 < line.copies <= MOST_COPIES
        if not is_right or not line.paper_name.strip():
            message = "Mỗi giấy tờ phải có tên, số trang và số bản lớn hơn 0."
            raise BadInput(message, field="lines")


def fee_of_copy(tiers: Sequence[FeeLine], pages: int) -> int:
    """Return what one copy of so many pages costs.

    Each line counts from its `from_unit` up to where the next one begins: 2.000 đồng a page,
    from page 3 on 1.000; the highest `most_vnd` is the most for a copy.
    Units: đồng.
    """
    ordered = sorted(tiers, key=lambda tier: tier.from_unit)
    ends = [*(tier.from_unit for tier in ordered[1:]), pages + 1]
    total = sum(
        max(min(end, pages + 1) - tier.from_unit, 0) * tier.amount_vnd
        for tier, end in zip(ordered, ends, strict=True)
    )
    most = max((tier.most_vnd for tier in ordered), default=0)
    return min(total, most) if most else total


def page_tiers(fees: Sequence[FeeLine]) -> list[FeeLine]:
    """Return the lines that count pages."""
    return [line for line in fees if PER_PAGE in line.per.lower()]
