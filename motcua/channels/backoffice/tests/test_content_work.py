"""What steps do besides, written on pages: findings in the field, what is posted, the slip."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, NOW

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.005280"
PAGE = f"thu-tuc/{CODE}/1/noi-dung/"
FINDING = {"step": "do-dac", "label": "Có mốc", "kind": "yes_no", "always": "on"}
POSTING = {"code": "niem-yet", "title": "Đất của {applicant}", "body": "Thửa {so_thua}\nHết"}
SLIP = {"step": "thue", "to": "Thuế tỉnh", "title": "PHIẾU", "blocks": "# I. Đất\nSố {so_thua}"}
TEXT = f"""code: "{CODE}"
name: Đăng ký đất
sector_name: Đất đai
level: commune
cases: [{{code: moi, name: Mới, limits: {{counter: 9 working_day}}}}]
derived: [{{name: thua_lon, value: so_thua > 100}}]
form:
  code: don
  title: Đơn
  pages: [{{title: Đất, fields: [{{name: so_thua, kind: number, label: Thửa}}]}}]
process:
  - {{code: do-dac, name: Đo đạc, kind: field_visit, duty: land, role: handler}}
  - {{code: niem-yet, name: Dán, kind: posting, duty: land, role: handler,
     budget: {{amount: 15, unit: calendar_day}}}}
  - {{code: dan-mai, name: Dán mãi, kind: posting, duty: land, role: handler}}
  - {{code: thue, name: Thuế, kind: outside_wait, duty: land, role: handler,
     pause_ground: tax_authority}}
  - {{code: ky, name: Ký, kind: decision, duty: leadership, role: agency_leader}}
"""


@pytest.fixture
def drafted(quan: Client) -> Client:
    procedures.forget_kept()
    procedures.save_draft(TEXT, by=EDITOR, at=NOW, valid_from=NOW.date())
    return quan


def post(client: Client, path: str, **values: object) -> str:
    """Send a form and return where it leads, or what the page says."""
    sent = {"request_key": str(uuid4()), **values}
    answer = client.post(f"/quan-tri/{PAGE}{path}", sent)
    return answer.headers.get("Location") or answer.content.decode()


def said() -> dict[str, Any]:
    return procedures.read_text(procedures.get_version(CODE, 1).source)


def mark_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_all_three_are_written_on_their_pages_and_can_be_published(drafted: Client) -> None:
    places = {"places": "Nhà văn hóa bản"}
    assert post(drafted, "thuc-dia/them/", **FINDING) == f"/quan-tri/{PAGE}#thuc-dia"
    why = {"step": "do-dac", "label": "Vì sao", "kind": "long_text", "name": "vi_sao"}
    post(drafted, "thuc-dia/them/", **why, required_when="co_moc = false")
    post(drafted, "niem-yet/them/", **POSTING, **places)
    post(drafted, "phieu-chuyen/them/", **SLIP)

    text = said()
    assert text["findings"]["do-dac"] == [
        {"label": "Có mốc", "kind": "yes_no", "name": "co_moc"},
        {"label": "Vì sao", "kind": "long_text", "name": "vi_sao", "required": "co_moc = false"},
    ]
    assert text["postings"] == {
        "niem-yet": {"title": POSTING["title"], "body": ["Thửa {so_thua}", "Hết"], **places}
    }
    blocks = [{"title": "I. Đất", "lines": ["Số {so_thua}"]}]
    assert text["slip"] == {"step": "thue", "to": "Thuế tỉnh", "title": "PHIẾU", "blocks": blocks}
    page = page_of(drafted, PAGE)
    assert "bước Đo đạc; chữ nhiều dòng; bắt buộc khi co_moc = false" in page
    assert "bước Dán; dán tại Nhà văn hóa bản" in page
    assert "gửi Thuế tỉnh; bước Thuế; 1 phần" in page
    procedures.publish_version(procedures.get_version(CODE, 1).pk, by=EDITOR, at=NOW)


@pytest.mark.parametrize(
    ("path", "values", "complaint"),
    [
        ("thuc-dia", {"label": ""}, "Hãy nhập điều phải ghi nhận"),
        ("thuc-dia", {"step": "mat-trang"}, "Hãy chọn"),
        ("thuc-dia", {"name": "Có mốc"}, "Tên bắt đầu bằng chữ thường"),
        ("thuc-dia", {"name": "so_thua"}, "đã là tên một ô của tờ khai"),
        ("thuc-dia", {"name": "thua_lon"}, "hoặc một điều suy ra"),
        ("thuc-dia", {"name": "da_co"}, "Bước này đã có điều mang tên “da_co”"),
        ("thuc-dia", {"required_when": "la = true"}, "không có điều nào khác tên “la”"),
        ("thuc-dia", {"required_when": "da_co = "}, "sai ở vị trí"),
        ("thuc-dia", {"kind": "choice", "options": "a = A"}, "từ hai mục khác nhau"),
        ("thuc-dia", {"kind": "choice", "options": "a = A\na = B"}, "từ hai mục khác nhau"),
        ("thuc-dia", {"options": "a = A\nb = B"}, "Chỉ ghi khi cách ghi là “Chọn một”"),
        ("thuc-dia", {"minimum": "1"}, "Chỉ ghi khi cách ghi là số hoặc số tiền"),
        ("thuc-dia", {"kind": "number", "minimum": "9", "maximum": "1"}, "phải từ 9 trở lên"),
        ("thuc-dia", {"kind": "number", "decimals": "9"}, "một số nguyên từ 0 đến 4"),
        ("thuc-dia", {"kind": "number", "minimum": "mười"}, "Hãy ghi một số nguyên"),
        ("thuc-dia", {"place": "0"}, "một số nguyên từ 1 đến 40"),
        ("thuc-dia", {"kind": "money", "decimals": "1"}, "Chỉ ghi khi cách ghi là số;"),
        ("niem-yet", {"code": "dan-mai"}, "chưa ghi thời gian"),
        ("niem-yet", {"code": "ky"}, "Hãy chọn"),
        ("niem-yet", {"title": "Của {ten_la}"}, "Không có ô nào tên “ten_la”"),
        ("niem-yet", {"body": "Một\nCủa {ten_la}"}, "Dòng 2: Không có ô nào tên “ten_la”"),
        ("niem-yet", {"body": "  "}, "Hãy nhập nội dung niêm yết"),
        ("phieu-chuyen", {"step": "ky"}, "Hãy chọn"),
        ("phieu-chuyen", {"to": " "}, "Hãy nhập cơ quan nhận phiếu"),
        ("phieu-chuyen", {"blocks": "Tên: a"}, "dòng đầu phải là tên một phần"),
        ("phieu-chuyen", {"blocks": "# I\n{thua_lon}"}, "Không có ô nào tên “thua_lon”"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(
    drafted: Client, path: str, values: dict[str, str], complaint: str
) -> None:
    usual = {"thuc-dia": FINDING, "niem-yet": POSTING, "phieu-chuyen": SLIP}[path]
    if "da_co" in str(values):
        post(drafted, "thuc-dia/them/", **{**FINDING, "name": "da_co"})
    before = said()

    page = post(drafted, f"{path}/them/", **{**usual, "hint": "Gợi ý cũ", **values})

    assert complaint in page
    assert 'class="govuk-error-message"' in page
    kept = {"thuc-dia": "Gợi ý cũ", "niem-yet": "Hết", "phieu-chuyen": "PHIẾU"}[path]
    assert kept in page or "body" in values
    assert said() == before


@pytest.mark.parametrize(
    ("path", "one", "values"),
    [
        ("thuc-dia", "do-dac:co_moc", FINDING),
        ("niem-yet", "niem-yet", POSTING),
        ("phieu-chuyen", "phieu", SLIP),
    ],
)
def test_the_later_of_two_editors_is_told(
    drafted: Client, path: str, one: str, values: dict[str, str]
) -> None:
    post(drafted, f"{path}/them/", **values)
    seen = mark_in(page_of(drafted, f"{PAGE}{path}/{one}/"))
    field = "label" if path == "thuc-dia" else "title"
    post(drafted, f"{path}/{one}/", **{**values, field: "Của Quản"}, seen=seen)
    kept = said()

    page = post(drafted, f"{path}/{one}/", **{**values, field: "Của tôi"}, seen=seen)

    assert "Chưa có gì bị ghi đè" in page
    assert "Của tôi" in page
    assert said() == kept
    assert "Của Quản" in str(kept)
    again = mark_in(page_of(drafted, f"{PAGE}{path}/{one}/"))
    post(drafted, f"{path}/{one}/bo/", seen=again)
    assert not {"findings", "postings", "slip"} & {*said()}


def test_what_cannot_be_added_says_why_and_a_late_second_slip_keeps_its_words(
    drafted: Client,
) -> None:
    post(drafted, "phieu-chuyen/them/", **SLIP)
    second = post(drafted, "phieu-chuyen/them/", **{**SLIP, "to": "Kho bạc tỉnh"})
    answer = drafted.get(f"/quan-tri/{PAGE}phieu-chuyen/them/", follow=True)
    procedures.change_part(
        procedures.get_version(CODE, 1).pk,
        "process",
        lambda steps: [one for one in steps if one["code"] == "ky"],
        by=EDITOR,
        at=NOW,
    )
    bare = drafted.get(f"/quan-tri/{PAGE}thuc-dia/them/", follow=True)

    assert "chỉ có một phiếu" in second
    assert "Kho bạc tỉnh" in second
    assert "chỉ có một phiếu" in answer.content.decode()
    assert "không có bước loại “Kiểm tra thực địa” nào;" in bare.content.decode()


def test_names_found_are_told_to_steps_and_results_and_no_fact_takes_them(drafted: Client) -> None:
    post(drafted, "thuc-dia/them/", **FINDING)
    post(drafted, "niem-yet/them/", **POSTING)
    step = page_of(drafted, f"thu-tuc/{CODE}/1/quy-trinh/buoc/ky/")
    fact = {"name": "co_moc", "value": "so_thua > 1"}

    assert "<code>co_moc</code>" in step
    assert "<code>objections</code>" in step
    assert "<code>co_moc</code>" in page_of(drafted, f"{PAGE}ket-qua/them/")
    assert "<code>co_moc</code>" in page_of(drafted, f"{PAGE}niem-yet/niem-yet/")
    assert "đã là tên" in post(drafted, "dieu-suy-ra/them/", **fact)


def test_one_list_of_a_strange_shape_does_not_hide_the_others(drafted: Client) -> None:
    version = procedures.get_version(CODE, 1)
    slip = {**SLIP, "blocks": [{"title": "I", "lines": ["# lạ"]}]}
    procedures.change_part(version.pk, "slip", lambda _: slip, by=EDITOR, at=NOW)

    page = page_of(drafted, PAGE)

    assert "viết khác thường" in page
    assert "Trực tiếp: 9 ngày làm việc" in page
    assert "Thêm phiếu chuyển thông tin" not in page


def test_the_pages_are_for_the_whole_province_only(drafted: Client, xuan: Client) -> None:
    paths = [f"{PAGE}{slug}/them/" for slug in ("thuc-dia", "niem-yet", "phieu-chuyen")]

    assert {page_of(xuan, path) for path in paths} == {"403"}
    assert all("<h1" in page_of(drafted, path) for path in paths)
