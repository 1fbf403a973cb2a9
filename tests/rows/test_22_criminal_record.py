"""Row 22: a ministry's procedure is shown and linked, never filed here, never counted as ours."""

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.organisation.api import PostRole

from .acts import LAN
from .hall import Hall

RECORD, LINK = "3.000333", "https://dichvucong.bocongan.gov.vn/"


def test_its_page_tells_and_links_and_offers_no_filing(hall: Hall) -> None:
    lan = hall(LAN).go(f"/thu-tuc/{RECORD}/")

    lan.reads("Dữ liệu minh họa", "10 ngày")
    assert LINK in lan.links("Xem trên")
    assert lan.links("Nộp trực tuyến") == []


def test_neither_on_line_nor_at_a_desk_is_it_received(hall: Hall) -> None:
    hall(LAN).go(f"/nop-ho-so/{RECORD}/").reads("chưa nộp trực tuyến được")
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)
    desk.go(f"/mot-cua/tiep-nhan/?procedure={RECORD}")

    assert "Cấp Phiếu lý lịch tư pháp" not in desk.options("procedure").values()
    assert not dossiers.Dossier.objects.exists()


def test_a_code_from_there_leads_there(hall: Hall) -> None:
    visitor = hall.passer_by().go("/tra-cuu/?ma=G01.DBI-260311-0007", refused=True)

    visitor.reads("không do tỉnh giải quyết", "Giám đốc Công an tỉnh")
    assert LINK in visitor.links("Theo dõi tại hệ thống giải quyết")
    hall.passer_by().go("/tra-cuu/H18.101-260311-0007/", refused=True).reads("Không có hồ sơ")
