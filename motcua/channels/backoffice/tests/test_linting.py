"""What the linter found, on the screen: the catalogue's report, the version's own, the table."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import NOW, make_procedure

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.004873"
REPORT = "thu-tuc/ra-soat/"


@pytest.fixture(autouse=True)
def _judged() -> None:
    procedures.forget_kept()
    make_procedure()
    procedures.lint_shown(at=NOW)


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}bang/"])
def test_the_report_is_for_the_whole_province_only(xuan: Client, dung: Client, path: str) -> None:
    assert [page_of(person, path) for person in (xuan, dung)] == ["403", "403"]


def test_findings_are_told_by_rule_and_lead_to_the_version(quan: Client) -> None:
    everything = page_of(quan, REPORT)
    of_one_rule = page_of(quan, f"{REPORT}?loai=step_without_owner")
    of_another = page_of(quan, f"{REPORT}?loai=basis_ended")
    of_its_own = page_of(quan, f"thu-tuc/{CODE}/1/")

    assert f"/quan-tri/thu-tuc/{CODE}/1/" in everything
    assert "Chưa đơn vị nào được giao việc “justice”" in of_one_rule
    assert "Không có phát hiện nào như vậy" in of_another
    assert "Chưa đơn vị nào được giao việc “justice”" in of_its_own


def test_the_table_tells_every_finding_of_a_rule(quan: Client) -> None:
    answer = quan.get(f"/quan-tri/{REPORT}bang/?loai=step_without_owner")

    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Mã,Thủ tục,Lĩnh vực,Mức,Loại")
    assert len(lines) == 3
    assert all(line.startswith(CODE) for line in lines[1:])


def test_the_report_costs_the_same_however_many(
    quan: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(quan, REPORT)
    for number in range(2, 5):
        make_procedure(code=f"1.90000{number}")
    procedures.lint_shown(at=NOW)

    with django_assert_max_num_queries(4):
        page_of(quan, REPORT)
