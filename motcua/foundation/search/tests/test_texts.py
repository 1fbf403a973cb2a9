from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from motcua.foundation.search import api as search
from motcua.foundation.search.models import TextPage
from motcua.lib import work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
UNIT, OTHER_UNIT, DUNG = 11, 22, -31


@work.story
def remember(
    subject_id: int,
    *pages: str,
    kind: str = "document",
    scope: Sequence[int] = (UNIT,),
    days: int = 0,
) -> None:
    sort_at = NOW - timedelta(days=days) + timedelta(minutes=subject_id)
    search.remember_text(kind, subject_id, pages, scope, sort_at)


def found(question: str, **how: object) -> list[int]:
    page = search.find_text(question, **how)  # type: ignore[arg-type]  # -- passed on as they are
    return [hit.subject_id for hit in page.rows]


@pytest.fixture
def documents() -> None:
    remember(1, "Kế hoạch chuyển đổi số của tỉnh")
    remember(2, "Trang bìa", "Chuyển biến trong đổi mới, con số của kế toán")
    remember(3, "Ke hoach chuyen doi so")
    remember(4, "Báo cáo kết quả chuyển đổi số năm 2025")
    remember(5, "Quyết định về đất đai")


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("chuyển đổi số", [4, 1, 3, 2]),
        ("chuyen doi so", [4, 3, 1, 2]),
        ("“chuyển đổi số”", [4, 1, 3]),
        ("“đổi số” kế", [1, 3]),
        ("đất", [5]),
        ("dat", [5]),
        ("đạt", [5]),
        ("CHUYỂN ĐỔI SỐ 2025", [4]),
        ("không có", []),
        ("", []),
    ],
)
def test_words_as_they_stand_come_first_then_the_newest(question: str, expected: list[int]) -> None:
    assert found(question) == expected


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9])
def test_pages_go_on_without_loss_or_doubling(limit: int) -> None:
    pages = list(pages_of("chuyển đổi số", limit))

    assert [number for page in pages for number in page] == [4, 1, 3, 2]
    assert {len(page) for page in pages[:-1]} <= {limit}


def pages_of(question: str, limit: int) -> Iterator[list[int]]:
    page = search.find_text(question, limit=limit)
    yield [hit.subject_id for hit in page.rows]
    while page.next:
        page = search.find_text(question, limit=limit, after=page.next)
        yield [hit.subject_id for hit in page.rows]


@pytest.mark.usefixtures("documents")
def test_a_hit_names_its_page_and_shows_the_words() -> None:
    (hit,) = search.find_text("kế toán").rows

    marked = [piece.text for piece in hit.snippet if piece.is_hit]
    assert (hit.kind, hit.subject_id, hit.page, hit.is_exact, marked) == (
        "document",
        2,
        2,
        True,
        ["kế toán"],
    )


def test_nobody_finds_what_is_outside_of_his_scope() -> None:
    remember(1, "Kế hoạch thanh tra", scope=(UNIT,))
    remember(2, "Kế hoạch thanh tra", scope=(OTHER_UNIT, DUNG))

    seen = [found("thanh tra", scope_ids=scope) for scope in ((UNIT,), (DUNG,), (33,), (), None)]

    assert seen == [[1], [2], [], [], [2, 1]]


def test_a_new_scope_holds_at_once() -> None:
    remember(1, "Kế hoạch thanh tra", "Trang hai", scope=(UNIT,))

    work.story(search.rescope_text)("document", 1, (OTHER_UNIT,))

    assert (found("thanh tra", scope_ids=(UNIT,)), found("trang", scope_ids=(OTHER_UNIT,))) == (
        [],
        [1],
    )


def test_new_pages_take_the_place_of_old_ones() -> None:
    remember(1, "Bản cũ", "Hai trang")
    remember(1, "Bản mới")

    assert (found("bản cũ"), found("hai trang"), found("bản mới")) == ([], [], [1])


def test_what_is_forgotten_is_not_found() -> None:
    remember(1, "Bản nháp")
    remember(2, "Bản nháp")

    work.story(search.forget_text)("document", 1)

    assert found("bản nháp") == [2]


def test_kinds_are_told_apart() -> None:
    remember(1, "Đường liên bản", kind="document")
    remember(2, "Đường liên bản", kind="workfile_item")

    asked = (("document",), ("workfile_item",), ("document", "workfile_item"), ())
    assert [found("liên bản", kinds=kinds) for kinds in asked] == [[1], [2], [2, 1], [2, 1]]


def test_what_is_rare_is_found_however_old() -> None:
    for number in range(1, 6):
        remember(number, "Mới đây", days=number)
    remember(6, "Mới đây xưa cũ", days=900)
    remember(7, "Mới đây xưa cũ", days=200)

    assert (found("xưa cũ"), found("mới đây")) == ([7, 6], [1, 2, 3, 4, 5, 7, 6])


def test_a_subject_of_many_pages_is_one_hit() -> None:
    remember(1, *["Điều khoản chung"] * 150)
    remember(2, "Điều khoản chung", days=1)

    page = search.find_text("điều khoản", limit=1)

    rest = search.find_text("điều khoản", limit=1, after=page.next)
    assert (
        [(hit.subject_id, hit.page) for hit in page.rows],
        [h.subject_id for h in rest.rows],
    ) == (
        [(1, 1)],
        [2],
    )


def test_empty_pages_keep_their_number() -> None:
    remember(1, "", "  ", "Chữ ở trang ba")

    assert [(row.page, row.body) for row in TextPage.objects.order_by("page")] == [
        (3, "Chữ ở trang ba")
    ]


def test_a_search_in_nothing_finds_nothing() -> None:
    assert found("gì đó") == []
