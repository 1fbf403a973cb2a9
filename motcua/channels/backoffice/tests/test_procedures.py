"""Procedures on the screen: the list, editing, publishing, ending, trying, who does what."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_unit

from .people import page_of

pytestmark = pytest.mark.django_db
CODE = "1.004873"
NEW = TEXT.format(code=CODE).replace("amount_vnd: 15000", "amount_vnd: 8000")
PAGE = f"thu-tuc/{CODE}/"


@pytest.fixture(autouse=True)
def _procedure() -> None:
    procedures.forget_kept()
    make_procedure()


def post(client: Client, path: str, **values: str) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "thu-tuc/",
        "thu-tuc/them/",
        PAGE,
        f"{PAGE}soan/",
        f"{PAGE}bai-bo/",
        f"{PAGE}1/",
        f"{PAGE}1/cong-khai/",
        f"{PAGE}1/thu/",
    ],
)
def test_procedures_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_text_is_saved_as_a_draft_and_published(quan: Client) -> None:
    went = post(quan, f"{PAGE}soan/", source=NEW, valid_from="1/12/2025")
    changed = page_of(quan, f"{PAGE}2/")
    published = post(quan, f"{PAGE}2/cong-khai/")

    versions = [(one.number, one.state) for one in procedures.versions_of(made().pk)]
    assert (went, published) == (f"/quan-tri/{PAGE}2/", f"/quan-tri/{PAGE}")
    assert versions == [(2, "published"), (1, "published")]
    assert "Khác phiên bản hiện hành" in changed


def made() -> procedures.Procedure:
    return procedures.get_procedure(CODE)


def test_what_is_wrong_is_said_with_its_place_and_kept(quan: Client) -> None:
    wrong = NEW.replace("level: commune", "level: village")

    page = post(quan, f"{PAGE}soan/", source=wrong, valid_from="1/12/2025")

    assert ("Chỗ cần sửa" in page, 'id="id_source-error"' in page) == (True, True)
    assert "level: village" in page
    assert len(procedures.versions_of(made().pk)) == 1


def test_broken_syntax_names_the_line(quan: Client) -> None:
    page = post(quan, f"{PAGE}soan/", source="code: x\nname: [a", valid_from="1/12/2025")

    assert "Văn bản sai cú pháp ở dòng 2" in page


def test_checking_shows_a_preview_and_keeps_nothing(quan: Client) -> None:
    page = post(quan, f"{PAGE}soan/", source=NEW, valid_from="1/12/2025", do="check")

    assert ("Người dân" in page or "Xem trước" in page, "8.000 đồng" in page) == (True, True)
    assert len(procedures.versions_of(made().pk)) == 1


def test_an_unclear_version_shows_its_doubts_and_is_not_published(quan: Client) -> None:
    doubt = {"doubt": "fee_below_1000", "words": "Lệ phí: 8", "hint": "8.000 đồng"}
    post(quan, f"{PAGE}soan/", source=NEW, valid_from="1/12/2025")
    procedures.ProcedureVersion.objects.filter(number=2).update(state="unclear", unclear=[doubt])

    page = page_of(quan, f"{PAGE}2/")
    went = post(quan, f"{PAGE}2/cong-khai/")

    assert [words in page for words in ("Lệ phí: 8", "Phí, lệ phí dưới 1.000 đồng")] == [True, True]
    assert (went, f"{PAGE}2/cong-khai/" in page) == (f"/quan-tri/{PAGE}2/", False)


def test_a_text_written_anew_waits_beside_the_unclear_one(quan: Client) -> None:
    doubt = {"doubt": "fee_below_1000", "words": "Lệ phí: 8", "hint": ""}
    post(quan, f"{PAGE}soan/", source=NEW, valid_from="1/12/2025")
    procedures.ProcedureVersion.objects.filter(number=2).update(state="unclear", unclear=[doubt])

    went = post(quan, f"{PAGE}soan/", source=NEW, valid_from="1/12/2025")

    assert (went, procedures.get_version(CODE, 3).unclear) == (f"/quan-tri/{PAGE}3/", [])
    assert procedures.get_version(CODE, 2).unclear == [doubt]


def test_a_procedure_is_withdrawn(quan: Client) -> None:
    went = post(quan, f"{PAGE}bai-bo/", on="31/12/2026")

    assert (went, made().can_be_filed) == (f"/quan-tri/{PAGE}", False)


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("q=doc than", True), ("q=đất", False), ("state=draft", False), ("state=published", True)],
)
def test_the_list_is_narrowed(quan: Client, query: str, *, is_there: bool) -> None:
    assert (f'href="/quan-tri/{PAGE}"' in page_of(quan, f"thu-tuc/?{query}")) is is_there


@pytest.mark.parametrize("how_many", [0, 2])
def test_the_list_costs_one_statement(
    quan: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(how_many):
        make_procedure(code=f"2.00000{number}")
    page_of(quan, "thu-tuc/")

    with django_assert_num_queries(1):
        page_of(quan, "thu-tuc/")


def test_trying_the_form_shows_what_the_answers_lead_to(quan: Client) -> None:
    page = post(
        quan,
        f"{PAGE}1/thu/",
        a_ho_ten="Lò Thị Lan",
        a_muc_dich="Kết hôn",
        a_so_ban="2",
        a_cap_lai="true",
    )

    assert [words in page for words in ("Cấp lại", "30.000 đồng")] == [True, True]


def test_trying_the_form_with_too_little_complains(quan: Client) -> None:
    answer = quan.post(f"/quan-tri/{PAGE}1/thu/", {"a_ho_ten": "Lò Thị Lan"})

    assert (answer.status_code, 'value="Lò Thị Lan"' in answer.content.decode()) == (422, True)


def test_a_commune_says_which_unit_does_what(xuan: Client, commune: organisation.Agency) -> None:
    unit = make_unit(commune, "H18.101.TP", "Văn phòng")
    organisation.forget_tree()

    went = post(xuan, f"viec/?co-quan={commune.code}", justice=str(unit.pk), leadership="")

    assert went == f"/quan-tri/viec/?co-quan={commune.code}"
    assert procedures.duties_of(commune.pk) == {"justice": unit.pk}


def test_a_duty_goes_back_to_the_leadership(xuan: Client, commune: organisation.Agency) -> None:
    unit = make_unit(commune, "H18.101.TP", "Văn phòng")
    organisation.forget_tree()
    post(xuan, f"viec/?co-quan={commune.code}", justice=str(unit.pk))

    post(xuan, f"viec/?co-quan={commune.code}", justice="")

    assert procedures.duties_of(commune.pk) == {}


def test_nobody_says_it_for_others(xuan: Client, dung: Client) -> None:
    assert (page_of(xuan, "viec/?co-quan=H18"), page_of(dung, "viec/")) == ("403", "403")
