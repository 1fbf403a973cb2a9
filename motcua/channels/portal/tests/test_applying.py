"""Applying on-line, from the first question to the code."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import Commune, make_all, make_commune
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, TEXT, make_procedure
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day, now

from .make import PEOPLE, PLACE_AND_WAY

pytestmark = pytest.mark.django_db
PDF = make_pdf()
ANSWERS = {"ho_ten": "Nguyễn Thị Lan", "muc_dich": "Đăng ký kết hôn", "so_ban": "2"}


@pytest.fixture
def commune() -> Commune:
    make_procedure()
    return make_commune()


@pytest.fixture
def lan(client: Client) -> Client:
    """Lan's browser, signed in."""
    client.force_login(make_account(username="lan"))
    return client


def begun(browser: Client, commune: Commune, *, case: str = "thuong") -> str:
    """Return the address of a draft just begun."""
    answer = browser.post("/nop-ho-so/1.004873/", {"case": case, "agency": str(commune.agency_id)})
    assert answer.status_code == HTTPStatus.FOUND
    return answer.headers["Location"].removesuffix("nguoi-nop/")


def filled(browser: Client, commune: Commune, **people: Any) -> str:
    """Return the address of a draft on which only the last page is open."""
    draft = begun(browser, commune)
    browser.post(f"{draft}nguoi-nop/", PEOPLE | people)
    browser.post(f"{draft}to-khai/1/", ANSWERS)
    browser.post(f"{draft}giay-to/", {"tep.to-khai": SimpleUploadedFile("to khai.pdf", PDF)})
    browser.post(f"{draft}nhan-ket-qua/", PLACE_AND_WAY)
    return draft


def test_a_stranger_is_led_to_the_sign_in_and_back(client: Client) -> None:
    answer = client.get("/nop-ho-so/1.004873/?truong-hop=thuong")

    assert answer.headers["Location"].endswith(
        "?next=%2Fnop-ho-so%2F1.004873%2F%3Ftruong-hop%3Dthuong"
    )


def test_an_officers_account_does_not_apply(client: Client) -> None:
    make_procedure()
    client.force_login(make_officer_account())

    answer = client.get("/nop-ho-so/1.004873/")

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "tài khoản công dân" in answer.content.decode()


def test_a_whole_application_ends_with_its_code(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune)

    answer = lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    code = answer.headers["Location"].split("/")[2]
    found = dossiers.find_dossier(code)
    assert found is not None
    assert (found.applicant_name, found.authority, found.submitter_phone, found.return_way) == (
        "Nguyễn Thị Lan",
        "self",
        "0912345678",
        "counter",
    )


def test_pressing_twice_files_once(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune)
    told = {"declared": "on", "request_key": "k"}

    places = {lan.post(f"{draft}kiem-tra/", told).headers["Location"] for _ in range(2)}

    assert len(places) == 1


def test_without_the_declaration_nothing_is_filed(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune)

    answer = lan.post(f"{draft}kiem-tra/", {})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Hãy đánh dấu ô này" in answer.content.decode()


def test_the_last_look_shows_everything_with_a_way_to_change_it(
    lan: Client, commune: Commune
) -> None:
    draft = filled(lan, commune)

    page = lan.get(f"{draft}kiem-tra/").content.decode()

    shown = ("Đăng ký kết hôn", "30.000 đồng", "to khai.pdf", "0912345678", "UBND xã Mường Phăng")
    assert [words for words in shown if words not in page] == []
    assert page.count(">Sửa<") == 11


def test_wrong_answers_stay_typed_beside_the_complaint(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    answer = lan.post(f"{draft}to-khai/1/", ANSWERS | {"so_ban": "hai mươi"})

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="hai mươi"' in page
    assert "phải là một số nguyên, từ 1 đến 10" in page


def test_what_is_typed_is_kept_before_the_page_is_finished(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    answer = lan.post(f"{draft}to-khai/1/?luu=1", {"muc_dich": "Vay vốn"})

    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert "Vay vốn" in lan.get(f"{draft}to-khai/1/").content.decode()


def test_known_facts_are_filled_in(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    assert 'value="Nguyễn Thị Lan"' in lan.get(f"{draft}to-khai/1/").content.decode()


def test_a_page_the_form_has_not_is_not_found(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    assert lan.get(f"{draft}to-khai/9/").status_code == HTTPStatus.NOT_FOUND


def test_nobody_else_sees_a_draft(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    stranger = Client()
    stranger.force_login(make_account(username="dung", full_name="Lê Văn Dũng"))

    assert stranger.get(f"{draft}to-khai/1/").status_code == HTTPStatus.NOT_FOUND


def test_the_draft_is_found_again(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    assert f'href="{draft}nguoi-nop/"' in lan.get("/nop-ho-so/").content.decode()
    assert f'href="{draft}nguoi-nop/"' in lan.get("/nop-ho-so/1.004873/").content.decode()


def test_a_missing_paper_is_named_beside_its_field(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    answer = lan.post(f"{draft}giay-to/", {})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Hãy tải lên “Tờ khai theo mẫu”." in answer.content.decode()


@pytest.mark.parametrize(
    ("end", "found"),
    [(b"", (422, True)), (b"\n%/ByteRange [0 1 2 3]\n%%EOF\n", (302, False))],
    ids=["unsigned", "signed"],
)
def test_a_paper_that_must_be_signed_is_taken_only_with_a_signature(
    lan: Client, end: bytes, found: tuple[int, bool]
) -> None:
    paper = "name: Tờ khai theo mẫu, originals: 1"
    commune = make_all(text_change=(paper, f"{paper}, must_be_signed: true"))
    draft = begun(lan, commune)
    asked = lan.get(f"{draft}giay-to/").content.decode()

    file = SimpleUploadedFile("to khai.pdf", PDF + end)
    answer = lan.post(f"{draft}giay-to/", {"tep.to-khai": file})

    assert "Tệp phải được ký số trước khi gửi." in asked
    refused = "phải được ký số trước khi nộp" in answer.content.decode()
    assert (answer.status_code, refused) == found


def test_a_disguised_file_is_refused_with_a_sentence(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    fake = SimpleUploadedFile("to khai.pdf", b"MZ not a pdf at all")

    answer = lan.post(f"{draft}giay-to/", {"tep.to-khai": fake})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "kit-files__item" not in answer.content.decode()


def test_an_attached_file_can_be_looked_at_and_taken_away(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune)
    first = lan.get(f"{draft}giay-to/0/")

    lan.post(f"{draft}giay-to/0/bo/")

    assert b"".join(first.streaming_content) == PDF  # type: ignore[attr-defined]  # -- a stream
    assert lan.get(f"{draft}giay-to/0/").status_code == HTTPStatus.NOT_FOUND


def test_a_written_authority_asks_for_its_end_and_its_paper(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    written = PEOPLE | {"authority": "written", "full_name": "Lò Thị Mai"}

    answer = lan.post(f"{draft}nguoi-nop/", written)
    lan.post(f"{draft}nguoi-nop/", written | {"authority_until": "31/12/2026"})

    assert "Hãy nhập văn bản ủy quyền có giá trị đến ngày." in answer.content.decode()
    assert "Văn bản ủy quyền" in lan.get(f"{draft}giay-to/").content.decode()


def test_a_parent_files_for_a_child_without_a_number(lan: Client, commune: Commune) -> None:
    child = {
        "authority": "guardian",
        "full_name": "Lò Văn Nam",
        "subject_name": "Lò Văn Nam",
        "subject_birth_date_day": "1",
        "subject_birth_date_month": "3",
        "subject_birth_date_year": "2026",
    }
    draft = filled(lan, commune, **child)

    answer = lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    found = dossiers.find_dossier(answer.headers["Location"].split("/")[2])
    assert found is not None
    assert (found.applicant_name, found.subject_name, found.submitter_name) == (
        "Lò Văn Nam",
        "Lò Văn Nam",
        "Nguyễn Thị Lan",
    )


def test_a_wrong_number_is_refused_and_the_rest_kept(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    wrong = {"authority": "guardian", "full_name": "Lò Thị Mai", "personal_id": "12345"}

    answer = lan.post(f"{draft}nguoi-nop/", PEOPLE | wrong)

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Lò Thị Mai"' in page
    assert "đúng 12 chữ số" in page


def test_numbers_of_people_are_not_kept_in_the_draft(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    other = {"authority": "guardian", "full_name": "Lò Thị Mai", "personal_id": "011185000123"}

    lan.post(f"{draft}nguoi-nop/", PEOPLE | other)

    kept = dossiers.Draft.objects.get()
    assert "011185000123" not in str(kept.parties)
    assert kept.parties["parties"][0]["number_hint"] == "123"


def test_the_post_needs_an_address(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)

    answer = lan.post(f"{draft}nhan-ket-qua/", PLACE_AND_WAY | {"return_way": "post"})

    assert "Hãy nhập địa chỉ nhận kết quả." in answer.content.decode()


def test_a_procedure_that_is_not_filed_here_says_so(lan: Client) -> None:
    make_procedure(text=TEXT + "filing_mode: national_only\n")

    answer = lan.get("/nop-ho-so/1.004873/", follow=True)

    assert "chưa nộp trực tuyến được" in answer.content.decode()


def test_staff_file_for_their_organisation(lan: Client, commune: Commune) -> None:
    staff = {
        "authority": "staff",
        "full_name": "",
        "organisation_kind": "enterprise",
        "organisation": "Hợp tác xã Mường Thanh",
        "tax_code": "0100109106",
    }
    draft = filled(lan, commune, **staff)

    answer = lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    found = dossiers.find_dossier(answer.headers["Location"].split("/")[2])
    assert found is not None
    assert (found.applicant_name, found.applicant_kind, found.submitter_name) == (
        "Hợp tác xã Mường Thanh",
        "enterprise",
        "Nguyễn Thị Lan",
    )


def test_a_wrong_tax_code_is_refused_beside_its_field(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    staff = {"authority": "staff", "organisation": "Hợp tác xã Mường Thanh", "tax_code": "12"}

    answer = lan.post(f"{draft}nguoi-nop/", staff | {"organisation_kind": "enterprise"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_tax_code-error"' in answer.content.decode()


def test_who_really_helped_is_kept(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune, authority="helper", full_name="Sùng A Páo")

    answer = lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    found = dossiers.find_dossier(answer.headers["Location"].split("/")[2])
    assert found is not None
    assert (found.applicant_name, found.helper_name) == ("Sùng A Páo", "Nguyễn Thị Lan")


def test_a_draft_is_thrown_away_after_one_more_question(lan: Client, commune: Commune) -> None:
    draft = filled(lan, commune)
    asked = lan.get(f"{draft}bo/").content.decode()

    answer = lan.post(f"{draft}bo/")

    assert "Bỏ bản nháp này?" in asked
    assert answer.headers["Location"] == "/nop-ho-so/"
    assert lan.get(f"{draft}kiem-tra/").status_code == HTTPStatus.NOT_FOUND


def test_nobody_else_throws_a_draft_away(lan: Client, commune: Commune) -> None:
    draft = begun(lan, commune)
    stranger = Client()
    stranger.force_login(make_account(username="dung"))

    answer = stranger.post(f"{draft}bo/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert lan.get(f"{draft}nguoi-nop/").status_code == HTTPStatus.OK


def test_what_is_on_paper_only_is_not_offered_as_a_file(lan: Client) -> None:
    make_procedure(text=TEXT.replace("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,"))
    draft = begun(lan, make_commune())

    page = lan.get(f"{draft}nhan-ket-qua/").content.decode()
    answer = lan.post(f"{draft}nhan-ket-qua/", PLACE_AND_WAY | {"return_way": "electronic"})

    assert ("Nhận bản điện tử" in page, "Chỉ cấp bản giấy: Giấy xác nhận" in page) == (False, True)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_procedure_withdrawn_while_it_is_filled_in_is_told_and_nothing_is_lost(
    lan: Client, commune: Commune
) -> None:
    draft = filled(lan, commune)
    token = draft.rstrip("/").rsplit("/", maxsplit=1)[-1]
    owner = Actor(id=int(lan.session["_auth_user_id"]), name="Lan", kind=ActorKind.CITIZEN)
    kept = dossiers.draft_for(owner, token)
    found = procedures.get_procedure("1.004873")
    at = now()
    yesterday = local_day(at) - timedelta(days=1)
    procedures.withdraw_procedure(found.pk, on=yesterday, by=EDITOR, at=at)

    told = lan.get(f"{draft}to-khai/1/").content.decode()
    lan.post(f"{draft}to-khai/1/", ANSWERS | {"muc_dich": "Xin việc"})
    lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    after = dossiers.draft_for(owner, token)
    assert "đã ngừng tiếp nhận nên chưa nộp được" in told
    assert "Đăng ký kết hôn" in told
    assert (after.filed_code, after.papers) == ("", kept.papers)
    assert after.answers == {**kept.answers, "muc_dich": "Xin việc"}
