"""A procedure written on pages: begun, each part filled in, nothing lost, nothing written over."""

from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.forms.api import mark_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, make_procedure

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.005280"
PAGE = f"thu-tuc/{CODE}/1/noi-dung/"
NEW = {
    "code": CODE,
    "name": "Đăng ký thành lập hợp tác xã",
    "plain_name": "Thành lập hợp tác xã",
    "sector_name": "Hợp tác xã",
    "level": "commune",
}


def post(client: Client, path: str, **values: object) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


@pytest.fixture
def begun(quan: Client) -> Client:
    procedures.forget_kept()
    assert post(quan, "thu-tuc/them-moi/", **NEW) == f"/quan-tri/{PAGE}"
    return quan


def procedures_mark(part: str, code: str) -> str:
    """Return the mark of an entry as a page shows it."""
    return mark_of(procedures.find_entry(procedures.entries_of(part, said()[part]), code))


def said() -> dict[str, object]:
    return procedures.read_text(procedures.get_version(CODE, 1).source)


def test_a_procedure_is_begun_with_its_code_and_names(begun: Client) -> None:
    page = page_of(begun, PAGE)

    assert said() == NEW
    assert "Chưa có trường hợp nào có thời hạn" in page
    assert "Chưa có quy trình" in page


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"code": "5280"}, "Mã có dạng"),
        ({"code": CODE}, "đã có"),
        ({"code": "1.005281", "sector_name": ""}, "Hãy chọn lĩnh vực"),
    ],
)
def test_what_is_wrong_at_the_beginning_is_said(
    begun: Client, values: dict[str, str], complaint: str
) -> None:
    page = post(begun, "thu-tuc/them-moi/", **{**NEW, **values})

    assert complaint in page
    assert "Thành lập hợp tác xã" in page


def test_the_pages_are_for_the_whole_province_only(
    begun: Client, xuan: Client, dung: Client
) -> None:
    paths = [PAGE, f"{PAGE}chung/", f"{PAGE}giay-to/them/", "thu-tuc/them-moi/"]

    assert {page_of(one, path) for one in (xuan, dung) for path in paths} == {"403"}
    assert all("<h1" in page_of(begun, path) for path in paths)


def test_every_part_is_written_on_its_page(begun: Client) -> None:
    limits = {"counter": "3 ngày làm việc", "portal": "8 Giờ làm việc"}
    post(begun, f"{PAGE}truong-hop/them/", name="Thành lập mới", **limits)
    post(
        begun, f"{PAGE}giay-to/them/", name="Điều lệ", handling="hand_in", always="on", originals=1
    )
    post(begun, f"{PAGE}giay-to/them/", name="Giấy cũ", handling="show", required="chuyen_doi")
    fee = {"kind": "charge", "amount_vnd": "100.000", "collected": "at_return"}
    post(begun, f"{PAGE}khoan-thu/them/", name="Lệ phí", **fee)
    post(begun, f"{PAGE}ket-qua/them/", name="Giấy chứng nhận", body="Một\nHai {applicant}")

    text = said()
    assert text["cases"] == [
        {
            "code": "thanh-lap-moi",
            "name": "Thành lập mới",
            "limits": {"counter": "3 working_day", "portal": "8 working_hour"},
        }
    ]
    assert [one.get("required") for one in text["papers"]] == [None, "chuyen_doi"]  # type: ignore[attr-defined]  # -- plain data
    assert text["fees"][0]["amount_vnd"] == 100_000  # type: ignore[index]  # -- plain data
    assert text["outcomes"][0]["body"] == ["Một", "Hai {applicant}"]  # type: ignore[index]  # -- plain data
    assert "Trực tiếp: 3 ngày làm việc; Trực tuyến: 8 giờ làm việc" in page_of(begun, PAGE)
    procedures.parse_text(procedures.get_version(CODE, 1).source)


@pytest.mark.parametrize(
    ("slug", "values", "complaint"),
    [
        ("truong-hop", {"name": "A", "counter": "3 hôm"}, "Hãy ghi số rồi đơn vị"),
        ("truong-hop", {"name": "A"}, "thời hạn của ít nhất một cách nộp"),
        ("truong-hop", {"name": "A", "counter": "3 ngày", "when": "a = "}, "sai ở vị trí"),
        ("khoan-thu", {"name": "A", "kind": "fee", "collected": "at_return"}, "Hãy ghi mức thu"),
        ("giay-to", {"name": "", "handling": "show"}, "Hãy nhập"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    begun: Client, slug: str, values: dict[str, str], complaint: str
) -> None:
    page = post(begun, f"{PAGE}{slug}/them/", **values)

    assert complaint in page
    assert "govuk-error-summary" in page
    assert set(said()) == set(NEW)


def test_two_editors_of_one_entry_do_not_write_over_each_other(begun: Client) -> None:
    post(begun, f"{PAGE}ket-qua/them/", name="Giấy")
    first = page_of(begun, f"{PAGE}ket-qua/giay/")
    seen = first.split('name="seen" value="')[1].split('"')[0]
    assert post(begun, f"{PAGE}ket-qua/giay/", name="Của Quản", seen=seen).startswith("/quan-tri")

    page = post(begun, f"{PAGE}ket-qua/giay/", name="Của tôi", seen=seen)

    assert "Chưa có gì bị ghi đè" in page
    assert "Của tôi" in page
    assert said()["outcomes"] == [{"code": "giay", "name": "Của Quản"}]


def test_general_facts_are_kept_and_emptied(begun: Client) -> None:
    page = page_of(begun, f"{PAGE}chung/")
    seen = page.split('name="seen" value="')[1].split('"')[0]
    values = {**NEW, "valid_from": "1/2/2026", "service_level": "full", "plain_name": ""}
    values |= {"legal_basis": "17/2023/QH15 | Luật Hợp tác xã", "how": "Một\nHai", "seen": seen}

    went = post(begun, f"{PAGE}chung/", **values)

    text = said()
    assert went == f"/quan-tri/{PAGE}"
    assert "plain_name" not in text
    assert text["legal_basis"] == [{"number": "17/2023/QH15", "title": "Luật Hợp tác xã"}]
    assert text["how"] == ["Một", "Hai"]
    assert f"{procedures.get_version(CODE, 1).valid_from:%d/%m/%Y}" == "01/02/2026"


def test_an_entry_is_taken_out_and_an_old_page_of_it_leads_back(begun: Client) -> None:
    post(begun, f"{PAGE}ket-qua/them/", name="Giấy")
    asked = page_of(begun, f"{PAGE}ket-qua/giay/bo/")
    kept = said()["outcomes"]
    post(begun, f"{PAGE}ket-qua/giay/bo/")

    assert "Bỏ kết quả “Giấy” khỏi bản thảo?" in asked
    assert isinstance(kept, list)
    assert len(kept) == 1
    assert said()["outcomes"] == []
    assert begun.get(f"/quan-tri/{PAGE}ket-qua/giay/").headers["Location"] == f"/quan-tri/{PAGE}"
    assert begun.get(f"/quan-tri/{PAGE}la/them/").status_code == 404


def test_what_is_published_is_shown_and_not_changed(quan: Client) -> None:
    procedures.forget_kept()
    make_procedure()

    page = page_of(quan, "thu-tuc/1.004873/1/noi-dung/")
    post(quan, "thu-tuc/1.004873/1/noi-dung/ket-qua/them/", name="Giấy lạ")

    assert "Chỉ bản thảo mới sửa được" in page
    assert "Thêm giấy tờ" not in page
    assert "Giấy lạ" not in procedures.get_version("1.004873", 1).source


def test_a_form_without_a_case_is_not_tried_but_says_why(begun: Client) -> None:
    procedures.change_part(
        procedures.get_version(CODE, 1).pk,
        "form",
        lambda _: {
            "code": "a",
            "title": "A",
            "pages": [{"title": "B", "fields": [{"name": "ho_ten", "label": "Tên"}]}],
        },
        by=EDITOR,
        at=procedures.get_version(CODE, 1).edited_at,
    )

    answer = begun.post(f"/quan-tri/thu-tuc/{CODE}/1/thu/", {"ho_ten": "Lan"}, follow=True)

    assert "Chưa có trường hợp nào" in answer.content.decode()


def test_facts_that_follow_are_written_on_their_page_and_named_to_conditions(begun: Client) -> None:
    there = f"{PAGE}dieu-suy-ra/"
    fact = {"name": "nhieu_von", "value": "von > 1000", "flag": "Vốn lớn"}
    post(begun, f"{there}them/", **fact)
    seen = procedures_mark("derived", "nhieu_von")

    assert "von &gt; 1000; nhắc: Vốn lớn" in page_of(begun, PAGE)
    assert "nhieu_von" in page_of(begun, f"{PAGE}giay-to/them/")
    assert "nhieu_von" not in page_of(begun, f"{there}nhieu_von/").partition("<summary")[2]
    post(begun, f"{there}nhieu_von/", **{**fact, "name": "von_lon"}, seen=seen)
    assert said()["derived"] == [{**fact, "name": "von_lon"}]
    post(begun, f"{there}von_lon/bo/")
    assert "derived" not in said()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"name": "Vốn lớn", "value": "a > 1"}, "Tên bắt đầu bằng chữ thường"),
        ({"name": "von_lon", "value": "a > "}, "sai ở vị trí"),
        ({"name": "da_co", "value": "a > 2"}, "đã là tên một ô hoặc một điều suy ra khác"),
    ],
)
def test_a_fact_that_does_not_follow_is_refused_in_words(
    begun: Client, values: dict[str, str], complaint: str
) -> None:
    post(begun, f"{PAGE}dieu-suy-ra/them/", name="da_co", value="a > 1")

    page = post(begun, f"{PAGE}dieu-suy-ra/them/", **values)

    assert complaint in page
    assert [one["name"] for one in said()["derived"]] == ["da_co"]  # type: ignore[attr-defined]  # -- plain data


def test_what_waiting_does_to_the_limit_is_said_in_words(begun: Client) -> None:
    there = f"{PAGE}thoi-gian-cho/"
    asked = {"rule": "reset", "reset_to": "18 ngày làm việc", "window": "1 ngày làm việc"}
    post(begun, f"{there}them/", code="supplement", **asked)
    post(begun, f"{there}them/", code="payment", rule="counts")

    assert said()["waiting"] == {
        "supplement": {"rule": "reset", "reset_to": "18 working_day", "window": "1 working_day"},
        "payment": {"rule": "counts"},
    }
    page = page_of(begun, PAGE)
    assert "Chờ bổ sung hồ sơ" in page
    assert "Tính một thời hạn mới; 18 ngày làm việc; được yêu cầu trong 1 ngày làm việc" in page
    assert 'value="payment"' not in page_of(begun, f"{there}them/")
    assert "18 ngày làm việc" in page_of(begun, f"{there}supplement/")
    question = page_of(begun, f"{there}supplement/bo/")
    assert "Bỏ quy định khi chờ “Chờ bổ sung hồ sơ” khỏi bản thảo?" in question
    post(begun, f"{there}supplement/bo/")
    assert said()["waiting"] == {"payment": {"rule": "counts"}}


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"code": "supplement", "rule": "reset"}, "Hãy ghi thời hạn mới"),
        ({"code": "payment", "rule": "pause", "reset_to": "3 ngày"}, "Chỉ ghi khi chọn"),
        ({"code": "payment", "rule": "pause", "window": "3 ngày"}, "Chỉ ghi khi chờ bổ sung"),
        ({"code": "supplement", "rule": "reset", "reset_to": "3 hôm"}, "Hãy ghi số rồi đơn vị"),
        ({"code": "moon", "rule": "pause"}, "Hãy chọn"),
    ],
)
def test_a_term_of_waiting_that_cannot_be_is_refused(
    begun: Client, values: dict[str, str], complaint: str
) -> None:
    page = post(begun, f"{PAGE}thoi-gian-cho/them/", **values)

    assert complaint in page
    assert "waiting" not in said()
