"""Row 8: many copies in one act, paid by the page, in the book, nothing kept and no slip."""

from motcua.casework.dossiers import api as dossiers

from .hall import Hall, due, whole
from .visitor import Visitor

CODE, SCREEN = "2.000815", "/mot-cua/chung-thuc/"
PAPERS = {
    "name": ["Căn cước", "Bằng tốt nghiệp", "Học bạ"],
    "pages": ["1", "4", "300"],
    "copies": ["3", "2", "1"],
}


def certified(hall: Hall, papers: dict[str, list[str]], receipt: str) -> Visitor:
    """Let the desk certify for somebody with originals in hand."""
    empty = {"name": "", "pages": "", "copies": "1"}
    lines = {name: [*said, *[empty[name]] * (5 - len(said))] for name, said in papers.items()}
    desk = hall("binh").go(SCREEN)
    asked = {"applicant_name": "Lò Thị Lan", "receipt_number": receipt}
    return desk.press("Chứng thực", {**asked, **lines})


def code_of(desk: Visitor) -> str:
    return next(link for link in desk.links("Mở hồ sơ")).rstrip("/").rpartition("/")[2]


def test_each_copy_costs_by_its_pages_and_never_more_than_two_hundred_thousand(hall: Hall) -> None:
    desk = certified(hall, PAPERS, "BL-0100")

    desk.reads("6.000 đồng", "12.000 đồng", "200.000 đồng", "218.000 đồng", "biên lai BL-0100")
    amounts = [one.amount_vnd for one in whole(code_of(desk)).fees]
    assert amounts == [3 * 2000, 2 * (2 * 2000 + 2 * 1000), 200_000]


def test_every_paper_stands_in_the_book_with_a_number_of_its_own(hall: Hall) -> None:
    first = code_of(certified(hall, PAPERS, "BL-0100"))
    second = code_of(certified(hall, {name: said[:1] for name, said in PAPERS.items()}, "BL-0101"))

    lines = [*dossiers.certified_lines(whole(first).dossier)]
    lines += dossiers.certified_lines(whole(second).dossier)
    assert [one.book_number for one in lines] == [1, 2, 3, 4]
    assert {one.book for one in lines} == {"SCT/BS-H18.101-2026"}
    outcome = whole(first).outcomes[0]
    assert (outcome.result_code, outcome.number) == ("KQ.G15.000021", "1–3/SCT/BS-H18.101-2026")
    assert hall("binh").fetch(f"{SCREEN}so/in/")[:5] == b"%PDF-"


def test_it_is_over_in_one_act_with_no_file_and_no_slip(hall: Hall) -> None:
    code = code_of(certified(hall, PAPERS, "BL-0100"))

    found = whole(code)
    assert (found.dossier.status, found.dossier.channel) == ("returned", "counter")
    assert not any(one.file_id for one in found.papers)
    assert not any(one.file_id for one in found.outcomes)
    assert list(found.issued) == []


def test_what_comes_after_three_may_take_until_the_next_working_day(hall: Hall) -> None:
    assert due(code_of(certified(hall, PAPERS, "BL-0100"))) == "11/03 17:00"
    hall.set("13/03/2026 15:01")

    assert due(code_of(certified(hall, PAPERS, "BL-0101"))) == "16/03 17:00"


def test_it_is_done_at_desks_only_because_of_the_original(hall: Hall) -> None:
    page = hall.passer_by().go(f"/thu-tuc/{CODE}/")

    page.reads("Phải đối chiếu trực tiếp với bản chính giấy", "2.000")
    assert page.links("Nộp trực tuyến") == []
