"""The page on which people find documents, and keep what they ask for."""

import pytest
from pytest_django import DjangoAssertNumQueries

from .make import make_arrival, make_office

pytestmark = pytest.mark.django_db
FIND = "/van-ban/tra-cuu/"


def page_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # -- a response


def test_a_document_is_found_by_its_number_as_people_type_it() -> None:
    office = make_office()
    document = make_arrival(office)

    shown = page_of(office.dung.get(FIND, {"words": "số 123/snv-cchc"}))

    assert f"/van-ban/vb/{document.code}/" in shown


def test_who_may_not_see_it_does_not_find_it() -> None:
    office = make_office()
    document = make_arrival(office)

    shown = page_of(office.tuan.get(FIND, {"words": "số 123/snv-cchc"}))

    assert document.code not in shown
    assert "Không tìm thấy văn bản nào" in shown


def test_days_in_disorder_are_told_beside_the_day() -> None:
    office = make_office()

    answer = office.dung.get(FIND, {"since": "02/03/2026", "until": "01/03/2026"})

    assert (answer.status_code, "“Đến ngày” phải từ" in page_of(answer)) == (422, True)


def test_nothing_is_found_before_anything_is_asked() -> None:
    office = make_office()
    document = make_arrival(office)

    shown = page_of(office.dung.get(FIND, {"words": ""}))

    assert document.code not in shown
    assert "Gõ số, ký hiệu hoặc từ trong trích yếu." in shown


def test_a_question_is_kept_and_dropped() -> None:
    office = make_office()
    question = "words=kế hoạch&kind=2&lạ=1"

    kept = office.dung.post(f"{FIND}luu/", {"name": "Của quý ba", "question": question})
    shown = page_of(office.dung.get(FIND))
    pk = shown.partition("/van-ban/tra-cuu/bo/")[2].partition("/")[0]
    office.dung.post(f"{FIND}bo/{pk}/")

    assert kept.headers["Location"] == f"{FIND}?words=k%E1%BA%BF+ho%E1%BA%A1ch&kind=2"
    assert "Của quý ba" in shown
    assert 'action="/van-ban/tra-cuu/bo/' not in page_of(office.dung.get(FIND))


def test_the_full_text_search_does_not_show_what_is_kept_here() -> None:
    office = make_office()

    office.dung.post(f"{FIND}luu/", {"name": "Của riêng tôi", "question": "words=x"}, follow=True)

    assert "Của riêng tôi" not in page_of(office.dung.get("/van-ban/tim/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_found(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    for _ in range(count):
        make_arrival(office)
    office.dung.get(FIND)

    with django_assert_num_queries(2):
        office.dung.get(FIND, {"words": "báo cáo"})
