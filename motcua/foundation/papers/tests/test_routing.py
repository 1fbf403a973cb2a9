"""The slip on which an incoming document's handling is directed."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.foundation.papers import api as papers

from .make import make_letterhead
from .said import reader, text_of

SLIP = papers.RoutingSlip(
    letterhead=make_letterhead(),
    named="Công văn 0123/SNV-CCHC ngày 27/02/2026 của Sở Nội vụ",
    about="V/v báo cáo kết quả giải quyết thủ tục hành chính quý I",
    arrival_number="7",
    arrived_on=date(2026, 3, 2),
    due_on=date(2026, 3, 10),
    of_agency=(
        papers.RoutingOpinion(
            by="Nguyễn Thị Hoa, Chủ tịch",
            given_on=date(2026, 3, 3),
            words="Phòng Kinh tế chủ trì, báo cáo trước ngày 10.",
            lines=(
                papers.RoutingLine(
                    part="Chủ trì", name="Phòng Kinh tế", due_on=date(2026, 3, 9), words="Gấp"
                ),
                papers.RoutingLine(part="Phối hợp", name="Văn phòng"),
            ),
        ),
    ),
)


def test_the_slip_says_document_directions_parts_and_days() -> None:
    said = text_of(SLIP)

    for words in (
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN",
        "Công văn 0123/SNV-CCHC ngày 27/02/2026 của Sở Nội vụ",
        "Số đến: 7. Ngày đến: 02/03/2026.",
        "Chủ trì: Phòng Kinh tế, hạn 09/03/2026. Gấp",
        "Nguyễn Thị Hoa, Chủ tịch, ngày 03/03/2026",
        "Ý kiến của lãnh đạo đơn vị",
        "Ý kiến đề xuất của người giải quyết",
    ):
        assert words in said


def test_a_slip_without_directions_leaves_room_for_a_pen_on_one_page() -> None:
    empty = replace(SLIP, of_agency=(), due_on=None)

    assert len(reader(empty).pages) == 1


def test_a_slip_without_number_is_incomplete() -> None:
    with pytest.raises(papers.PaperIncomplete, match="số đến"):
        papers.render_paper(replace(SLIP, arrival_number=""))
