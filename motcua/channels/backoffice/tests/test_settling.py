"""An imported text that is unclear: listed, settled point by point, then published."""

import pytest
from django.test import Client

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import (
    FEE_TOO_SMALL,
    PAPERS_ELSEWHERE,
    WITHOUT_UNIT,
    bring_text,
)

from .people import page_of
from .test_procedures import post

CODE = "1.900001"
pytestmark = pytest.mark.django_db


def bring(**fields: object) -> str:
    """Import one unclear text and return where its first doubt is settled."""
    return f"thu-tuc/{CODE}/1/lam-ro/{procedures.key_of(bring_text(**fields).unclear[0])}/"


def definition() -> procedures.Definition:
    return procedures.draft_definition(procedures.get_version(CODE, 1))


def test_what_is_unclear_is_listed_with_a_way_to_settle_it(quan: Client) -> None:
    place = bring(cach_thuc_thuc_hien=WITHOUT_UNIT)

    rows = page_of(quan, "thu-tuc/?state=unclear")
    version = page_of(quan, f"thu-tuc/{CODE}/1/")

    assert (CODE in rows, "Đã công khai" in rows.split("<table")[1]) == (True, False)
    assert f'href="/quan-tri/{place}"' in version


def test_a_limit_is_settled_and_the_version_published(quan: Client) -> None:
    place = bring(cach_thuc_thuc_hien=WITHOUT_UNIT)

    went = post(quan, place, amount="7", unit="working_day")
    page = page_of(quan, f"thu-tuc/{CODE}/1/")
    post(quan, f"thu-tuc/{CODE}/1/cong-khai/")

    assert went == f"/quan-tri/thu-tuc/{CODE}/1/"
    assert "Mọi điểm đã được làm rõ" in page
    assert procedures.get_version(CODE, 1).state == procedures.VersionState.PUBLISHED
    limit = definition().cases[0].limits[procedures.FilingChannel.COUNTER]
    assert (limit.amount, str(limit.unit)) == (7, "working_day")


@pytest.mark.parametrize(
    ("fields", "typed", "complaint"),
    [
        ({"cach_thuc_thuc_hien": WITHOUT_UNIT}, {"unit": "working_day"}, "Hãy ghi số của thời hạn"),
        ({"cach_thuc_thuc_hien": FEE_TOO_SMALL}, {}, "Hãy ghi số tiền"),
        ({"thanh_phan_ho_so": PAPERS_ELSEWHERE}, {}, "Hãy ghi mỗi giấy tờ một dòng"),
    ],
)
def test_an_empty_answer_is_asked_for_again(
    quan: Client, fields: dict[str, str], typed: dict[str, str], complaint: str
) -> None:
    place = bring(**fields)

    page = post(quan, place, **typed)

    assert complaint in page
    assert len(procedures.get_version(CODE, 1).unclear) == 1


def test_a_fee_is_settled(quan: Client) -> None:
    post(quan, bring(cach_thuc_thuc_hien=FEE_TOO_SMALL), amount_vnd="15.000")

    assert [fee.amount_vnd for fee in definition().fees] == [15_000]


def test_words_may_stay(quan: Client) -> None:
    post(quan, bring(cach_thuc_thuc_hien=WITHOUT_UNIT), unit="words")

    assert procedures.get_version(CODE, 1).unclear == []
    assert definition().cases[0].limit_words == "7"


def test_settling_is_for_the_whole_province_only(xuan: Client, dung: Client) -> None:
    place = bring(cach_thuc_thuc_hien=WITHOUT_UNIT)

    assert [page_of(person, place) for person in (xuan, dung)] == ["403", "403"]
