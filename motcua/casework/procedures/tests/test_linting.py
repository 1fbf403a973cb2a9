"""What the once-only linter finds, and what it leaves in peace."""

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.casework.procedures.choices import LintRule
from motcua.casework.procedures.models import LintedVersion, Procedure
from motcua.casework.procedures.operations.linting import lint_shown, lint_version
from motcua.casework.procedures.operations.publishing import set_duty
from motcua.casework.procedures.queries.linted import (
    every_finding,
    lint_overview,
    linted_procedures,
)
from motcua.casework.procedures.rules.linting import Surroundings, Weight, lint
from motcua.casework.procedures.rules.parse import parse_definition
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency

from .make import EDITOR, NOW, bring_text, make_procedure
from .sources import as_lines, text_row

DAY = date(2026, 11, 23)
CASE: dict[str, object] = {"code": "chung", "name": "Chung", "limits": {"counter": "3 working_day"}}
BARE = {
    "code": "1.900001",
    "name": "Cấp giấy phép mở quán",
    "sector_name": "Thương mại",
    "level": "commune",
    "decided_by": "Chủ tịch UBND xã",
    "subjects": ["Công dân Việt Nam"],
    "how": ["Bước 1: Người đề nghị nộp hồ sơ tại bộ phận một cửa."],
    "legal_basis": [{"number": "1/2026/NĐ-CP", "title": "Nghị định"}],
    "cases": [CASE],
    "papers": [{"code": "don", "name": "Đơn đề nghị", "originals": 1}],
    "outcomes": [{"code": "gp", "name": "Giấy phép"}],
}


def found(*doubts: dict[str, str], **parts: object) -> list[tuple[str, str, str]]:
    around = Surroundings(DAY, frozenset({"economy"}), doubts)
    judged = lint(parse_definition({**BARE, **parts}), around)
    return [(one.rule.value, one.weight.value, one.place) for one in judged]


def paper(name: str, **more: object) -> list[tuple[str, str, str]]:
    return found(papers=[{"code": "p", "name": name, "originals": 1, **more}])


def test_a_plain_procedure_has_nothing_to_find() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("name", "rule", "weight"),
    [
        ("Bản sao Giấy khai sinh", "register_supplies", "fault"),
        ("GIẤY KHAI SINH (xuất trình)", "register_supplies", "look"),
        ("Thẻ căn cước hoặc hộ chiếu", "register_supplies", "look"),
        ("Giấy chứng nhận đăng ký doanh nghiệp", "register_supplies", "fault"),
        ("Phiếu lý lịch tư pháp số 1", "register_supplies", "fault"),
        ("Bản sao có chứng thực văn bằng", "certified_copy", "fault"),
        ("Bản sao điện tử được chứng thực văn bằng", "certified_copy", "look"),
        ("Sơ yếu lý lịch có xác nhận của UBND cấp xã", "signature_without_purpose", "look"),
        ("Các giấy tờ khác có liên quan", "open_paper", "fault"),
        ("Tài liệu liên quan (nếu có)", "open_paper", "look"),
        ("Tờ khai theo mẫu", "form_missing", "fault"),
        ("Tờ khai theo Mẫu số 03", "form_missing", "look"),
    ],
)
def test_papers_are_judged_by_their_words(name: str, rule: str, weight: str) -> None:
    assert paper(name) == [(rule, weight, "Giấy tờ p")]


@pytest.mark.parametrize(
    "name",
    [
        "Giấy chứng sinh",
        "01 ảnh màu cỡ 3 x 4 cm, kiểu thẻ căn cước",
        "Giấy khai sinh, trừ trường hợp đã có trong cơ sở dữ liệu",
        "Bản sao văn bằng, kèm bản chính để đối chiếu",
        "Đơn đề nghị bổ nhiệm công chứng viên",
        "Hợp đồng ủy quyền có công chứng",
    ],
)
def test_papers_that_are_needed_are_left_in_peace(name: str) -> None:
    assert paper(name) == []


def test_a_paper_that_is_replaced_or_changed_by_the_procedure_is_no_fault() -> None:
    assert paper("Giấy khai sinh", replaced_by_data="CSDL hộ tịch") == []
    again = [{"code": "p", "name": "Giấy khai sinh", "originals": 1}]
    assert found(name="Cải chính nội dung Giấy khai sinh", papers=again) == []


def test_the_same_paper_twice_is_found_only_where_one_applicant_meets_both() -> None:
    twice = [
        {"code": "a", "name": "Bản vẽ", "originals": 1},
        {"code": "b", "name": "Bản  vẽ", "originals": 1},
    ]
    assert found(papers=twice) == [("asked_twice", "fault", "Giấy tờ a, b")]
    cases = [{**CASE, "code": code} for code in ("x", "y")]
    apart = [{**one, "cases": [case]} for one, case in zip(twice, "xy", strict=True)]
    assert found(papers=apart, cases=cases) == []


def form(*fields: dict[str, object]) -> dict[str, object]:
    return {"code": "tk", "title": "Tờ khai", "pages": [{"title": "Trang", "fields": [*fields]}]}


def test_what_a_form_asks_twice_or_could_know_is_found() -> None:
    twice = form(
        {"name": "ten", "label": "Họ và tên người nộp"},
        {"name": "quan", "label": "Tên quán"},
        {"name": "quan2", "label": "tên  quán"},
        {"name": "a", "label": "Nơi ở", "prefill": "person.address"},
        {"name": "b", "label": "Nơi gửi kết quả", "prefill": "person.address"},
    )
    paid = [{"code": "don", "name": "Tờ khai", "originals": 1}]
    assert found(form=twice, papers=paid) == [
        ("asked_twice", "fault", "Giấy tờ don"),
        ("asked_twice", "fault", "Ô quan, quan2"),
        ("asked_twice", "fault", "Ô a, b"),
        ("asked_twice", "look", "Ô ten"),
    ]


def test_a_step_needs_a_unit_that_does_it() -> None:
    end = {"name": "Ký", "kind": "decision", "duty": "leadership", "role": "agency_leader"}
    steps = [
        {"code": "mot", "name": "Thẩm định", "duty": "economy", "role": "handler"},
        {"code": "hai", "name": "Kiểm tra", "duty": "water", "role": "handler"},
        {"code": "ba", **end},
    ]
    assert found(process=steps) == [("step_without_owner", "fault", "Bước hai")]
    assert found(decided_by="") == [("step_without_owner", "fault", "Cơ quan có thẩm quyền")]
    assert found(how=["Bước 2: Thẩm định hồ sơ trong 03 ngày."]) == [
        ("step_without_owner", "look", "Trình tự, đoạn 1")
    ]


def test_limits_and_law_are_judged() -> None:
    doubt = {"doubt": "limit_without_unit", "words": "7"}
    assert found(doubt) == [("unclear_limit", "fault", "Thời hạn")]
    slow = {"counter": "3 working_day", "portal": "5 working_day"}
    case = {"code": "chung", "name": "Chung", "limits": slow}
    assert found(cases=[case]) == [("unclear_limit", "look", "Trường hợp chung")]
    none = {"code": "chung", "name": "Chung", "limits": {}, "unlimited": ["counter"]}
    assert found(cases=[none]) == [("unclear_limit", "look", "Trường hợp chung")]
    assert found(legal_basis=[]) == [("no_legal_basis", "fault", "Căn cứ pháp lý")]
    old = [{"number": "45/2013/QH13", "title": "Luật Đất đai"}]
    assert found(legal_basis=old) == [("basis_ended", "fault", "Căn cứ pháp lý")]
    assert found(subjects=[]) == [("part_missing", "fault", "Đối tượng thực hiện")]


@pytest.mark.django_db
def test_the_catalogue_is_judged_once_and_again_after_a_change() -> None:
    bring_text()
    make_procedure()

    assert (lint_shown(at=NOW), lint_shown(at=NOW)) == (2, 0)

    assert lint_overview()[0] == 2
    before = LintedVersion.objects.get(version__procedure__code="1.004873")
    assert LintRule.STEP_WITHOUT_OWNER in before.rules
    codes = {one.code for one in linted_procedures(LintRule.STEP_WITHOUT_OWNER)}
    assert "1.004873" in codes
    assert not linted_procedures(after="9")
    assert {one.code for one, _ in every_finding()} == {one.code for one in linted_procedures()}


@pytest.mark.django_db
def test_a_version_that_is_no_longer_shown_is_forgotten() -> None:
    procedure = make_procedure()
    lint_shown(at=NOW)

    Procedure.objects.filter(pk=procedure.pk).update(current_version_id=None)

    assert lint_shown(at=NOW) == 0
    assert lint_overview()[0] == 0


@pytest.mark.django_db
def test_a_duty_that_is_given_to_a_unit_ends_the_finding() -> None:
    version, agency = make_procedure().current_version_id, make_agency()
    unit_id = organisation.tree().agency(agency.pk).root_unit_id
    by = replace(EDITOR, province_powers=frozenset({Power.EDIT_ORGANISATION}))
    set_duty(agency.pk, "justice", unit_id, by=by, at=NOW)

    lint_shown(at=NOW)

    row = LintedVersion.objects.get(version_id=version)
    assert LintRule.STEP_WITHOUT_OWNER not in row.rules
    again = lint_version(row.version, at=NOW)
    assert [one.as_plain() for one in again] == row.found
    assert row.faults == sum(one.weight == Weight.FAULT for one in again)


@pytest.mark.django_db
def test_the_command_tells_by_code_by_file_and_for_all(tmp_path: Path) -> None:
    bring_text(can_cu_phap_ly="")
    file = tmp_path / "van-ban.jsonl"
    file.write_bytes(as_lines(text_row(can_cu_phap_ly="")))
    told = []
    for words in ([], ["1.900001"], [str(file)]):
        out = StringIO()
        call_command("procedures_lint", *words, stdout=out, stderr=StringIO())
        told.append(out.getvalue())

    assert "LỖI Thiếu căn cứ pháp lý. Căn cứ pháp lý: (để trống)" in told[0]
    assert told == [told[0]] * 3


@pytest.mark.django_db
def test_an_unknown_code_is_named() -> None:
    with pytest.raises(CommandError, match=r"9\.999999"):
        call_command("procedures_lint", "9.999999")
