"""The process editor: each change is kept at once, words name the step, nothing is lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import make_procedure
from motcua.casework.processes.api import StepDef, read_bpmn
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
CODE = "1.004873"
PAGE = f"thu-tuc/{CODE}/2/quy-trinh/"


@pytest.fixture(autouse=True)
def _procedure() -> None:
    procedures.forget_kept()
    make_procedure()


@pytest.fixture
def draft(quan: Client) -> None:
    post(quan, f"thu-tuc/{CODE}/quy-trinh/")


def post(client: Client, path: str, **values: object) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


def steps() -> dict[str, StepDef]:
    process = procedures.draft_definition(procedures.get_version(CODE, 2)).process
    return {step.code: step for step in process.steps} if process else {}


def seen(client: Client, step: str) -> str:
    """Return the mark that the form of a step carries."""
    return page_of(client, f"{PAGE}buoc/{step}/").split('name="seen" value="')[1].split('"')[0]


CHECK = {
    "name": "Thẩm định kỹ",
    "kind": "task",
    "duty": "justice",
    "role": "handler",
    "amount": "3",
    "unit": "working_day",
}


@pytest.mark.parametrize(
    "path", ["", "them/", "nhap/", "xuat/", "thu-thoi-gian/", "buoc/tham-dinh/"]
)
@pytest.mark.usefixtures("draft")
def test_the_editor_is_for_who_edits_procedures_of_the_whole_province(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, PAGE + path) for person in (quan, xuan, dung)]

    assert [pages[0].isdecimal(), *pages[1:]] == [False, "403", "403"]


@pytest.mark.usefixtures("draft")
def test_who_may_not_edit_changes_nothing(xuan: Client) -> None:
    before = steps()

    for path in ("them/", "nhap/", "buoc/duyet/", "buoc/duyet/bo/"):
        xuan.post(f"/quan-tri/{PAGE}{path}", CHECK)

    assert steps() == before


@pytest.mark.usefixtures("draft")
def test_the_steps_are_a_table_and_a_picture(quan: Client) -> None:
    told = page_of(quan, PAGE)

    assert told.count("<svg") >= 1
    assert [told.count(name) >= 2 for name in ("Thẩm định", "Trình lãnh đạo")] == [True, True]
    assert "Quy trình dùng được." in told


@pytest.mark.usefixtures("draft")
def test_a_changed_step_is_kept_at_once(quan: Client) -> None:
    went = post(quan, f"{PAGE}buoc/tham-dinh/", **CHECK, seen=seen(quan, "tham-dinh"))

    found = steps()["tham-dinh"]
    assert went == f"/quan-tri/{PAGE}"
    assert found.budget is not None
    assert (found.name, found.budget.amount, found.budget.unit) == (
        "Thẩm định kỹ",
        3,
        "working_day",
    )


@pytest.mark.usefixtures("draft")
def test_a_step_is_put_between_two_others(quan: Client) -> None:
    added = {**CHECK, "name": "Hỏi ý kiến", "kind": "consultation", "when": "so_ban > 2"}
    post(quan, f"{PAGE}them/", **added, after=["tham-dinh"], between="on")

    assert {code: one.after for code, one in steps().items()} == {
        "tham-dinh": (),
        "hoi-y-kien": ("tham-dinh",),
        "duyet": ("hoi-y-kien",),
        "ky": ("duyet",),
    }


@pytest.mark.usefixtures("draft")
def test_whoever_presses_drop_is_asked_first_and_nothing_is_lost(quan: Client) -> None:
    before = steps()

    asked = page_of(quan, f"{PAGE}buoc/tham-dinh/bo/")

    assert f"Bỏ bước “{before['tham-dinh'].name}” khỏi bản thảo?" in asked
    assert steps() == before


@pytest.mark.usefixtures("draft")
def test_a_step_taken_out_is_bridged(quan: Client) -> None:
    post(quan, f"{PAGE}buoc/duyet/bo/")

    assert {code: one.after for code, one in steps().items()} == {
        "tham-dinh": (),
        "ky": ("tham-dinh",),
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"when": "1 +"}, "bước “tham-dinh”: Điều kiện"),
        ({"after": ["ky"]}, "chờ lẫn nhau"),
        ({"kind": "timer", "amount": ""}, "bước “tham-dinh”: bước chờ đủ thời gian phải có"),
    ],
)
@pytest.mark.usefixtures("draft")
def test_what_does_not_fit_is_said_with_the_step_and_stays_in_the_form(
    quan: Client, change: dict[str, object], told: str
) -> None:
    before = steps()

    said = post(quan, f"{PAGE}buoc/tham-dinh/", **{**CHECK, **change}, seen=seen(quan, "tham-dinh"))

    assert told in said
    assert "Thẩm định kỹ" in said
    assert steps() == before


@pytest.mark.usefixtures("draft")
def test_the_second_editor_of_a_step_is_told_and_loses_nothing(
    quan: Client, province: organisation.Agency
) -> None:
    lien = signed_in(seat(province, PostRole.ADMINISTRATOR, "Cà Thị Liên", "lien"))
    hers = seen(lien, "tham-dinh")
    post(quan, f"{PAGE}buoc/tham-dinh/", **CHECK, seen=seen(quan, "tham-dinh"))
    other = {**CHECK, "name": "Thẩm định nhanh"}

    said = post(lien, f"{PAGE}buoc/tham-dinh/", **other, seen=hers)
    kept = steps()["tham-dinh"].name
    again = said.split('name="seen" value="')[1].split('"')[0]
    post(lien, f"{PAGE}buoc/tham-dinh/", **other, seen=again)

    assert ["Vũ Thị Quản vừa sửa bước này" in said, "Thẩm định nhanh" in said] == [True, True]
    assert [kept, steps()["tham-dinh"].name] == ["Thẩm định kỹ", "Thẩm định nhanh"]


@pytest.mark.usefixtures("draft")
def test_editors_of_different_steps_do_not_meet(quan: Client) -> None:
    marks = {step: seen(quan, step) for step in ("tham-dinh", "duyet")}

    post(quan, f"{PAGE}buoc/tham-dinh/", **CHECK, seen=marks["tham-dinh"])
    values = {**CHECK, "name": "Xem lại", "kind": "approval", "after": ["tham-dinh"]}
    post(quan, f"{PAGE}buoc/duyet/", **values, seen=marks["duyet"])

    assert [steps()[code].name for code in marks] == ["Thẩm định kỹ", "Xem lại"]


def seen_on(client: Client, path: str) -> str:
    return page_of(client, path).split('name="seen" value="')[1].split('"')[0]


def bring(client: Client, content: bytes, seen: str = "") -> str:
    """Bring a file to the draft as it is now, or as it was seen before."""
    file = SimpleUploadedFile("a.bpmn", content)
    return post(client, f"{PAGE}nhap/", file=file, seen=seen or seen_on(client, f"{PAGE}nhap/"))


@pytest.mark.usefixtures("draft")
def test_a_file_replaces_only_the_process_that_was_seen(quan: Client) -> None:
    written = quan.get(f"/quan-tri/{PAGE}xuat/").content
    seen = seen_on(quan, f"{PAGE}nhap/")
    post(quan, f"{PAGE}buoc/duyet/bo/")
    changed = steps()

    said = bring(quan, written, seen)

    assert ("Chưa có gì bị ghi đè" in said, steps()) == (True, changed)
    again = said.split('name="seen" value="')[1].split('"')[0]
    bring(quan, written, again)
    assert "duyet" in steps()


@pytest.mark.usefixtures("draft")
def test_a_process_goes_out_as_bpmn_and_comes_back(quan: Client) -> None:
    written = quan.get(f"/quan-tri/{PAGE}xuat/").content
    before = steps()
    post(quan, f"{PAGE}buoc/duyet/bo/")

    bring(quan, written)

    assert steps() == before
    assert list(before.values()) == list(read_bpmn(written).steps)


@pytest.mark.usefixtures("draft")
def test_a_file_that_is_refused_changes_nothing(quan: Client) -> None:
    written = quan.get(f"/quan-tri/{PAGE}xuat/").content
    bad = written.replace(b"userTask", b"scriptTask")
    before = steps()

    said = bring(quan, bad)

    assert "Không nhận “scriptTask” (id “tham-dinh”" in said
    assert steps() == before


def test_a_version_in_force_is_only_looked_at(quan: Client) -> None:
    told = page_of(quan, f"thu-tuc/{CODE}/1/quy-trinh/")
    path = f"thu-tuc/{CODE}/1/quy-trinh/buoc/tham-dinh/"
    mark = page_of(quan, path).split('name="seen" value="')[1].split('"')[0]

    said = post(quan, path, **CHECK, seen=mark)

    assert "Thêm bước" not in told
    assert "không còn là bản thảo" in said
