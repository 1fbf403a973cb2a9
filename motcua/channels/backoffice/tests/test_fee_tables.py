"""Fee tables on the screen: list, grid, import, trying, publishing, print."""

import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.fees import api as fees
from motcua.casework.fees.tests.make import EDITOR, NOW, RULES, TABLE, _fresh, model_with, publish
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.lib.decisions import Table, read_dmn, write_dmn

from .people import page_of

__all__ = ["_fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fresh")]
CODE = TABLE.code
PAGE = f"muc-thu/bang/{CODE}/"
CELL = re.compile(r'name="c-\d+-0"\s+value="([^"]*)"')
META = {
    "name": "Lệ phí xác nhận",
    "valid_from": "1/4/2026",
    "basis": "Nghị quyết 9/2026/NQ-HĐND",
    "basis_on": "20/3/2026",
    "basis_issuer": "HĐND tỉnh",
}


def post(client: Client, path: str, **values: Any) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


def form_of(**changes: Any) -> dict[str, Any]:
    """Return the fields of the editor as the page of the table carries them."""
    model = write_dmn(model_with(annotations=("Căn cứ",))).decode()
    columns = [
        ("in", "ho_ngheo", "Hộ nghèo", "boolean"),
        ("out", "amount_vnd", "Số tiền", "integer"),
        ("out", "reason", "", "string"),
        ("note", "Căn cứ", "", "string"),
    ]
    rows = [["có", "0", "Hộ nghèo", "Luật"], ["not(true)", "20.000", "-", "NQ 9"]]
    heads = {
        f"{name}-{place}": value
        for place, column in enumerate(columns)
        for name, value in zip(("side", "name", "label", "kind"), column, strict=True)
    }
    cells = {
        f"c-{row}-{place}": cell
        for row, texts in enumerate(rows)
        for place, cell in enumerate(texts)
    }
    example = {"examples": "1", "fact": "ho_ngheo", "xname-0": "thường", "x-0": "20.000"}
    shape = {"width": "4", "height": "2", "policy": "UNIQUE", "model": model, "at": "0"}
    return {**META, **heads, **cells, **example, **shape, **changes}


@pytest.mark.parametrize(
    "path",
    [
        "muc-thu/",
        "muc-thu/them/",
        "muc-thu/nhap/",
        PAGE,
        f"{PAGE}soan/",
        f"{PAGE}1/",
        f"{PAGE}1/thu/",
    ],
)
def test_tables_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    publish()
    pages = [page_of(person, path) for person in (quan, xuan, dung)]
    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_grid_is_saved_as_a_draft_with_cells_as_people_type_them(quan: Client) -> None:
    publish()
    went = post(quan, f"{PAGE}soan/", **form_of(do="save"))
    draft = fees.draft_of(CODE)
    assert draft is not None
    table = read_dmn(draft.model.encode()).decisions[0]
    assert (went, draft.number, draft.basis_words) == (
        f"/quan-tri/{PAGE}2/",
        2,
        "Nghị quyết 9/2026/NQ-HĐND ngày 20/03/2026 của HĐND tỉnh",
    )
    assert isinstance(table, Table)
    assert [rule.inputs + rule.outputs for rule in table.rules] == [
        ("true", "0", '"Hộ nghèo"'),
        ("not(true)", "20000", "-"),
    ]
    assert draft.examples == [{"name": "thường", "facts": {}, "amount_vnd": 20000}]


def test_a_draft_is_published_from_its_page_and_shows_what_differs(quan: Client) -> None:
    publish()
    post(quan, f"{PAGE}soan/", **form_of(do="save"))
    page = page_of(quan, f"{PAGE}2/")
    draft = fees.draft_of(CODE)
    assert draft is not None
    went = post(quan, f"{PAGE}2/cong-bo/", seen=draft.digest)
    states = [(one.number, one.state) for one in fees.versions_of(CODE)]
    assert ("not(true) | 20000" in page, "not(true) | 15000" in page) == (True, True)
    assert (went, states) == (f"/quan-tri/{PAGE}", [(2, "published"), (1, "published")])


def test_a_draft_that_changed_meanwhile_is_not_published(quan: Client) -> None:
    post(quan, "muc-thu/them/", **form_of(do="save", code=CODE))
    went = post(quan, f"{PAGE}1/cong-bo/", seen="x")
    assert (went, fees.versions_of(CODE)[0].state) == (f"/quan-tri/{PAGE}1/", "draft")


def test_a_button_changes_the_grid_and_keeps_nothing(quan: Client) -> None:
    publish()
    page = post(quan, f"{PAGE}soan/", **form_of(do="row-up:1"))
    assert (CELL.findall(page), fees.draft_of(CODE)) == (["not(true)", "true"], None)


def test_cells_of_a_spreadsheet_are_pasted_and_rows_added(quan: Client) -> None:
    publish()
    sent = form_of(do="paste", pasted="không\t1.250.000\nđúng", paste_row="3", paste_column="0")
    page = post(quan, f"{PAGE}soan/", **sent)
    assert ("Đã dán 2 hàng từ hàng 3" in page, CELL.findall(page)) == (
        True,
        ["true", "not(true)", "false", "true"],
    )


def test_numbers_that_no_button_sends_change_nothing(quan: Client) -> None:
    publish()
    long = "9" * 5000
    sent = {"do": f"row-drop:{long}", "at": long, "examples": "0", "paste_row": long}
    page = post(quan, f"{PAGE}soan/", **form_of(**sent))
    assert CELL.findall(page) == ["true", "not(true)"]


def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(quan: Client) -> None:
    publish()
    page = post(quan, f"{PAGE}soan/", **form_of(do="look", **{"c-1-0": "< 5", "c-1-1": "x +"}))
    for words in ("Hàng 2, cột “Hộ nghèo”", "Hàng 2, cột “Số tiền”"):
        assert words in page


def test_gaps_are_told_with_an_example_before_publishing(quan: Client) -> None:
    post(quan, "muc-thu/them/", **form_of(do="save", code=CODE, **{"c-1-0": "null"}))
    page = page_of(quan, f"{PAGE}1/")
    assert ("Không hàng nào trả lời khi Hộ nghèo sai." in page, "cong-bo/" in page) == (True, False)


def test_two_editors_do_not_overwrite_each_other(quan: Client) -> None:
    post(quan, "muc-thu/them/", **form_of(do="save", code=CODE))
    page = post(quan, f"{PAGE}soan/", **form_of(do="save", seen="x"))
    assert "Người khác vừa lưu dự thảo này" in page


def upload(client: Client, content: bytes, code: str = "nhap-tu-tep", seen: str = "") -> str:
    """Send a DMN file."""
    file = SimpleUploadedFile("a.dmn", content)
    return post(client, "muc-thu/nhap/", code=code, file=file, seen=seen)


def test_a_file_becomes_a_draft_and_is_handed_out_alike(quan: Client) -> None:
    content = write_dmn(model_with(annotations=("Căn cứ",)))
    went = upload(quan, content)
    out = quan.get("/quan-tri/muc-thu/bang/nhap-tu-tep/1/tep/")
    assert (went, out.content) == ("/quan-tri/muc-thu/bang/nhap-tu-tep/1/", content)


def test_a_file_replaces_only_the_draft_that_was_seen(quan: Client) -> None:
    upload(quan, write_dmn(model_with(annotations=("Căn cứ",))))
    other = write_dmn(model_with((RULES[0],), annotations=("Căn cứ",)))
    before = fees.versions_of("nhap-tu-tep")[0].digest

    said = upload(quan, other)

    assert "Chưa có gì bị ghi đè" in said
    assert fees.versions_of("nhap-tu-tep")[0].digest == before
    upload(quan, other, seen=said.split('name="seen" value="')[1].split('"')[0])
    assert fees.versions_of("nhap-tu-tep")[0].digest != before


@pytest.mark.parametrize(
    ("put_in", "complaint"),
    [
        (b"<script>x</script>", "đoạn mã"),
        (b"<functionDefinition kind='Java'/>", "“functionDefinition” ở dòng"),
        (b"<invocation/>", "lời gọi hàm"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(
    quan: Client, put_in: bytes, complaint: str
) -> None:
    content = write_dmn(model_with()).replace(b"</decisionTable>", put_in + b"</decisionTable>")
    page = upload(quan, content)
    assert complaint in page
    with pytest.raises(fees.NoSuchTable):
        fees.get_table("nhap-tu-tep")


def test_a_file_that_declares_entities_is_refused(quan: Client) -> None:
    assert "khai báo thực thể" in upload(quan, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_trying_shows_the_row_that_fired_and_why(quan: Client) -> None:
    publish()
    page = post(quan, f"{PAGE}1/thu/", fact_ho_ngheo="không", do="try")
    for words in ("15.000 đồng", "Vì sao: Lệ phí, hàng 2", "not(true)", "Nghị quyết 12/2025"):
        assert words in page


def test_trying_without_an_answer_says_why(quan: Client) -> None:
    publish()
    model = model_with((RULES[0],), annotations=("Căn cứ",))
    fees.save_table(replace(TABLE, model=model), by=EDITOR, at=NOW)
    page = post(quan, f"{PAGE}2/thu/", fact_ho_ngheo="không", do="try")
    assert "không có hàng nào cho trường hợp này" in page


def test_facts_of_a_dossier_one_may_not_see_are_not_fetched(quan: Client) -> None:
    publish()
    page = post(quan, f"{PAGE}1/thu/", dossier="H18.101-260102-0001", do="fetch")
    assert "không có quyền xem" in page


def test_a_table_in_force_is_printed(quan: Client) -> None:
    publish()
    answer = quan.get(f"/quan-tri/{PAGE}1/in/")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{CODE}-v1.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_list_says_what_is_in_force_and_who_uses_it(quan: Client) -> None:
    publish()
    named = TEXT.replace("amount_vnd: 15000", f"table: {CODE}").replace(
        "exempt_when: ho_ngheo = true, ", ""
    )
    make_procedure(text=named)
    procedures.forget_kept()
    page = page_of(quan, "muc-thu/")
    for words in ("Đang có hiệu lực", "1.004873", "Nghị quyết 12/2025/NQ-HĐND"):
        assert words in page


def test_a_table_is_ended_with_a_last_day(quan: Client) -> None:
    publish()
    went = post(quan, f"{PAGE}het-hieu-luc/", on="31/12/2026")
    last = fees.versions_of(CODE)[0].valid_to
    assert (went, f"{last:%d/%m/%Y}") == (f"/quan-tri/{PAGE}", "31/12/2026")


def test_a_draft_is_thrown_away(quan: Client) -> None:
    post(quan, "muc-thu/them/", **form_of(do="save", code=CODE))
    post(quan, f"{PAGE}1/bo/")
    assert fees.draft_of(CODE) is None
